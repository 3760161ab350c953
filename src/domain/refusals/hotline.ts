/** Why an act at a national line is refused. */
export const hotlineRefusals = [
  'hotline_call_linked',
  'hotline_called_back_more',
  'hotline_outcome_none',
  'hotline_outcome_report',
  'hotline_shift_hours',
  'hotline_shift_of_another',
  'hotline_shift_over',
  'hotline_shift_stands',
  'hotline_too_late',
  'hotline_whole_hour',
] as const
