/** Sealed tips about officials. */
export const tipsPage = {
  lede: 'Only this service reads these notes. No link to the child is kept.',
  none: 'No tip',
  no_measure: 'no measure yet',
  record: 'Record the measure',
  measure: 'Measure',
  measure_verified: 'Verified',
  measure_disciplinary: 'Disciplinary',
  measure_criminal_report: 'Criminal report',
  measure_unfounded: 'Unfounded',
  measure_passed_on: 'Passed on',
} as const
