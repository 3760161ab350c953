/** Why what is known of a person is not taken over. */
export const personRefusals = ['person_nothing_changed', 'person_number_malformed'] as const
