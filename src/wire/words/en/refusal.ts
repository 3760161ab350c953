/** One sentence for each reason the domain says no; keys are `RefusalCode`s. */
export const refusal = {
  in_future: 'This date is in the future.',
  needs_second_person: 'A second person is needed.',
  not_allowed: 'Your role cannot do this here.',
  reason_required: 'Write the reason.',
  wrong_state: 'This is not possible now: the record is “{{state}}”.',
} as const
