/** Reasons for which a clock's extension is refused. */
export const clockRefusals = ['clock_needs_supervisor', 'clock_not_later', 'clock_stopped'] as const
