/** What the law refuses of measures over time and of matters before a court (domain specification §3.3). */
export const courtRefusals = [
  'case_court_open',
  'case_emergency_too_long',
  'case_measure_after_18',
  'case_measure_not_replaced',
  'court_appeal_late',
  'court_appeal_open',
  'court_before_filing',
  'court_hearing_past',
  'court_hearing_to_come',
  'court_measure_taken',
  'court_needs_measure',
  'court_no_hearing',
  'court_nothing_to_execute',
  'court_report_missing',
  'court_step',
  'court_unknown',
] as const
