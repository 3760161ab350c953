/** Reasons for which a step of a report is refused. */
export const reportingRefusals = [
  'reporting_period_closed',
  'reporting_period_running',
  'reporting_nothing_said',
  'reporting_own_only',
  'reporting_office_only',
  'reporting_known_period',
] as const
