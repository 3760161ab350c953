/** Reasons for which a clock's extension, or a change of the calendar, is refused. */
export const clockRefusals = [
  'clock_holiday_known',
  'clock_holiday_moved',
  'clock_needs_supervisor',
  'clock_not_later',
  'clock_stopped',
] as const
