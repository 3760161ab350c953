/** Why intake says no: dates and codes that every noun shares, then what only a report can break. */
export const reportRefusals = [
  'child_is_adult',
  'impossible_date',
  'report_already_protected',
  'report_duplicates_unchecked',
  'report_immediacy_unset',
  'report_line_passes_on',
  'report_own_screen_out',
  'report_place_needed',
  'report_review_over',
  'report_source_not_yours',
  'report_unit_needed',
  'report_unit_not_cpu',
  'report_unrouted',
  'unknown_code',
] as const
