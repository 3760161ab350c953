/** Reasons for which the register takes no figure. */
export const indicatorRefusals = [
  'indicator_is_counted',
  'indicator_not_theirs',
  'indicator_out_of_range',
  'indicator_period_known',
  'indicator_unchanged',
  'survey_question_unknown',
  'survey_too_many_answers',
  'survey_wave_before_last',
] as const
