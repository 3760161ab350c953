import { useNow } from './now.ts'
import { ClockSign, type ClockSignKind } from './signs.tsx'
import { daysFromToday, exactTime, nearDate, span } from './time.ts'
import { type Say, useWords } from './words.tsx'

/** What a clock needs to be shown; the wire's `ClockView` fits it, and so do bare due dates. */
export interface ShownClock {
  readonly dueAt: string
  readonly startedAt?: string | null
  readonly warnAt?: string | null
  readonly stoppedAt?: string | null
  readonly pausedAt?: string | null
  /** A statutory limit is breached (octagon); an agreed date is late (circle). */
  readonly statutory?: boolean
  /** The value was not read in a law; said beside it. */
  readonly unconfirmed?: boolean
  readonly rule?: string
  readonly legalSource?: string
  /** `hours` speaks of hours; everything else counts days on Tirana's calendar. */
  readonly unit?: string
  /** What the server counted, needed for working days alone. */
  readonly words?: { readonly code: string; readonly params: Readonly<Record<string, number>> }
}

export interface ClockFace {
  readonly kind: ClockSignKind
  readonly tone: 'plain' | 'soon' | 'late' | 'breach' | 'done'
  readonly words: string
  readonly below: string
  readonly part: number
}

const hours = 3_600_000

const wordsOf = (clock: ShownClock, left: number, now: string, t: Say): string => {
  const { unit, words } = clock
  if (unit === undefined || unit === 'hours' || unit === 'immediately')
    return t('web', left < 0 ? 'late_by' : 'left', { span: span(left) })
  const days = daysFromToday(clock.dueAt, now)
  if (left < 0) return t('clock', 'late_days', { count: Math.max(1, -days) })
  if (days === 0) return t('clock', 'due_today')
  if (unit === 'working_days' && words?.code === 'left_working_days')
    return t('clock', 'left_working_days', words.params)
  return t('clock', 'left_days', { count: days })
}

/** How a clock looks at `now`: sign, tone and words. Near begins where the rule warns, or on the last day. */
export const clockFace = (clock: ShownClock, now: string, t: Say): ClockFace => {
  const due = Date.parse(clock.dueAt)
  const left = due - Date.parse(now)
  const start = clock.startedAt ? Date.parse(clock.startedAt) : due - 7 * 24 * hours
  const part = due > start ? Math.min(1, Math.max(0, 1 - left / (due - start))) : 1
  const when = nearDate(clock.dueAt, now)
  if (clock.stoppedAt)
    return {
      kind: 'done',
      tone: 'done',
      words: t('web', Date.parse(clock.stoppedAt) > due ? 'done_late' : 'done_in_time'),
      below: nearDate(clock.stoppedAt, now),
      part: 1,
    }
  if (clock.pausedAt) return { kind: 'paused', tone: 'plain', words: t('web', 'paused'), below: '', part }
  const words = wordsOf(clock, left, now, t)
  if (left < 0) {
    const kind = clock.statutory ? 'breach' : 'late'
    return { kind, tone: kind, words, below: t('web', 'was_due', { when }), part: 1 }
  }
  const warned = clock.warnAt ? Date.parse(clock.warnAt) <= Date.parse(now) : left < 12 * hours
  const near = warned || daysFromToday(clock.dueAt, now) === 0
  return {
    kind: near ? 'near' : clock.unconfirmed ? 'unconfirmed' : 'later',
    tone: near ? 'soon' : 'plain',
    words,
    below: daysFromToday(clock.dueAt, now) <= 1 ? t('web', 'by_when', { when }) : when,
    part,
  }
}

const title = (clock: ShownClock, t: Say): string =>
  [
    exactTime(clock.dueAt),
    clock.rule && t('web', 'rule', { code: clock.rule }),
    clock.unconfirmed && t('web', 'unconfirmed'),
    clock.legalSource,
  ]
    .filter(Boolean)
    .join(' · ')

/** Sign and words in one line, tinted when near or past. */
export function ClockChip({
  clock,
  bare,
  short,
}: {
  clock: ShownClock
  bare?: boolean
  /** In narrow cells the octagon alone says that the limit is the law's. */
  short?: boolean
}) {
  const t = useWords()
  const face = clockFace(clock, useNow(), t)
  return (
    <span className="chip" data-tone={face.tone} data-bare={bare || undefined} title={title(clock, t)}>
      <ClockSign kind={face.kind} part={face.part} />
      <span>
        {face.tone === 'breach' && !bare && !short ? t('web', 'breached', { words: face.words }) : face.words}
        {clock.unconfirmed &&
          !short &&
          face.tone === 'plain' &&
          !clock.stoppedAt &&
          `, ${t('web', 'unconfirmed_short')}`}
      </span>
    </span>
  )
}

/** Two lines: how long, and until when. The unconfirmed rule is said in dashed words. */
export function ClockLines({ clock }: { clock: ShownClock }) {
  const t = useWords()
  const face = clockFace(clock, useNow(), t)
  return (
    <span className="clock-lines" data-tone={face.tone} title={title(clock, t)}>
      <ClockSign kind={face.kind} part={face.part} />
      <span>
        <b>{face.words}</b> <small>{face.below}</small>
        {clock.unconfirmed && (
          <small>
            <span className="unconfirmed">{t('web', 'unconfirmed')}</span>
          </small>
        )}
      </span>
    </span>
  )
}
