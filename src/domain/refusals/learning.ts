/** Reasons for which an act of the library, of a course or of its test is refused. */
export const learningRefusals = [
  'learning_answers_incomplete',
  'learning_answers_wrong',
  'learning_attempt_done',
  'learning_attempt_open',
  'learning_attempt_over',
  'learning_not_linked',
  'learning_proposed_already',
  'learning_read_already',
  'learning_right_unclear',
  'learning_too_few_questions',
  'learning_wait',
] as const
