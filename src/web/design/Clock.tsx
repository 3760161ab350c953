import { useNow } from './now.ts'
import { ClockSign, type ClockSignKind } from './signs.tsx'
import { clockTime, exactTime, nearDate, span } from './time.ts'
import { type Say, useWords } from './words.tsx'

/** What a clock needs to be shown; the wire's clock rows fit it. Instants are UTC. */
export interface ClockView {
  dueAt: string
  startedAt?: string | null | undefined
  /** A statutory limit is breached (octagon); an agreed date is late (circle). */
  statutory?: boolean | undefined
  /** The rule's value is not confirmed against the law's text. */
  unconfirmed?: boolean | undefined
  state?: 'running' | 'paused' | 'met' | 'breached' | 'cancelled' | undefined
  metAt?: string | null | undefined
  rule?: string | undefined
  source?: string | undefined
  /** Only a day was agreed, not an hour. */
  dayOnly?: boolean | undefined
}

export interface ClockFace {
  kind: ClockSignKind
  tone: 'plain' | 'soon' | 'late' | 'breach' | 'done'
  words: string
  below: string
  part: number
}

const day = 86_400_000
/** How a clock looks at `now`: sign, tone and words. Near means under a day, or under a quarter of its time. */
export const clockFace = (clock: ClockView, now: string, t: Say): ClockFace => {
  const due = Date.parse(clock.dayOnly ? `${clock.dueAt.slice(0, 10)}T22:59:00Z` : clock.dueAt)
  const left = due - Date.parse(now)
  const start = clock.startedAt ? Date.parse(clock.startedAt) : due - 7 * day
  const part = due > start ? 1 - left / (due - start) : 1
  if (clock.state === 'met') {
    const late = clock.metAt ? Date.parse(clock.metAt) > due : false
    return {
      kind: 'done',
      tone: 'done',
      words: t('web', late ? 'done_late' : 'done_in_time'),
      below: clock.metAt ? nearDate(clock.metAt, now) : '',
      part: 1,
    }
  }
  if (clock.state === 'paused')
    return { kind: 'paused', tone: 'plain', words: t('web', 'paused'), below: '', part }
  if (left < 0) {
    const kind = clock.statutory ? 'breach' : 'late'
    return {
      kind,
      tone: kind,
      words: t('web', 'late_by', { span: span(left) }),
      below: t('web', 'was_due', { when: nearDate(clock.dueAt, now) }),
      part: 1,
    }
  }
  const sameDay = nearDate(clock.dueAt, now).startsWith(t('web', 'today'))
  const near = sameDay || left < day / 2 || (left < day && part > 0.5)
  return {
    kind: clock.unconfirmed && !near ? 'unconfirmed' : near ? 'near' : 'later',
    tone: near ? 'soon' : 'plain',
    words: clock.dayOnly && sameDay ? t('web', 'today') : t('web', 'left', { span: span(left) }),
    below: t('web', 'by_when', {
      when: sameDay && !clock.dayOnly ? nearDate(clock.dueAt, now) : nearDate(clock.dueAt, now),
    }),
    part,
  }
}

const title = (clock: ClockView, t: Say): string =>
  [
    exactTime(clock.dueAt),
    clock.rule && t('web', 'rule', { code: clock.rule }),
    clock.unconfirmed && t('web', 'unconfirmed'),
    clock.source,
  ]
    .filter(Boolean)
    .join(' · ')

/** Sign and words in one line, tinted when near or past. */
export function ClockChip({ clock, bare }: { clock: ClockView; bare?: boolean }) {
  const t = useWords()
  const face = clockFace(clock, useNow(), t)
  return (
    <span className="chip" data-tone={face.tone} data-bare={bare || undefined} title={title(clock, t)}>
      <ClockSign kind={face.kind} part={face.part} />
      <span>
        {face.tone === 'breach' && !bare ? t('web', 'breached', { words: face.words }) : face.words}
        {clock.unconfirmed &&
          face.tone === 'plain' &&
          clock.state !== 'met' &&
          `, ${t('web', 'unconfirmed_short')}`}
      </span>
    </span>
  )
}

/** Two lines: how long, and until when. The unconfirmed rule is said in dashed words. */
export function ClockLines({ clock }: { clock: ClockView }) {
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

export const timeOfDay = clockTime
