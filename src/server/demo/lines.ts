/** Two weeks of line 116 006 in the demo country, all invented: one operator's shifts, calls in codes, nights that nobody took. */
import { addDays, fromTirana, tiranaDay } from '#domain/clock/tirana.ts'
import type { Caller, CallOutcome, CallTopic } from '#domain/hotline/state.ts'
import { idOf } from './random.ts'
import type { Act } from './stage.ts'

const operator = 'hotline'
const calls: readonly (readonly [hour: number, minutes: number, Caller, CallTopic, CallOutcome])[] = [
  [9, 14, 'citizen', 'child_in_danger', 'advice'],
  [10, 3, 'silent', 'nothing', 'none'],
  [11, 22, 'relative', 'missing_person', 'emergency_112'],
  [13, 9, 'professional', 'services', 'service'],
  [14, 31, 'person_concerned', 'trafficking', 'call_back'],
  [16, 6, 'child', 'advice', 'advice'],
]

export const lines = (now: string): Act[] => {
  const today = tiranaDay(now)
  return Array.from({ length: 14 }, (_, n) => addDays(today, -1 - n)).flatMap((day, n): Act[] => {
    const at = (hour: number) => Date.parse(fromTirana(day, hour))
    const shift = idOf('shift 116006', at(8))
    // One Sunday nobody came.
    if (n === 6) return []
    return [
      {
        at: at(8),
        lane: 'line',
        play: (stage, moment) =>
          stage.do(operator, moment, 'line.begin_shift', shift, { trained: n !== 3 }).then(() => undefined),
      },
      {
        at: at(18),
        lane: 'line',
        play: async (stage, moment) => {
          for (const [hour, minutes, caller, topic, outcome] of calls.slice(n % 3, 3 + (n % 4)))
            await stage.do(operator, moment, 'line.record_call', idOf(`call ${hour}`, at(hour)), {
              at: new Date(at(hour)).toISOString(),
              minutes,
              channel: hour === 16 ? 'chat' : 'phone',
              caller,
              topic,
              anonymous: caller !== 'professional',
              county: n % 2 === 0 ? 'AL-11' : null,
              outcomes: [outcome],
            })
          await stage.do(operator, moment, 'line.count_missed', idOf('missed', at(3)), {
            hour: new Date(at(3)).toISOString(),
            missed: 1 + (n % 3),
            calledBack: n % 2,
          })
          await stage.do(operator, moment, 'line.end_shift', shift, {}, 1)
        },
      },
    ]
  })
}
