import { type ReactNode, useState } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import { useNow } from './now.ts'
import { type StageKind, StageSign } from './signs.tsx'
import { clockTime, exactTime, shortDate } from './time.ts'
import { useWords } from './words.tsx'

export interface Task {
  id: string
  name: string
  /** A sentence: done when, due when, or why it cannot start. */
  status: ReactNode
  kind: StageKind
  href?: ReactNode
}

const toneOf: Partial<Record<StageKind, string>> = {
  done: 'done',
  going: 'going',
  near: 'soon',
  late: 'late',
  breach: 'late',
}

/** Stages of a case, in any order; what cannot start says why. */
export function TaskList({ tasks, label }: { tasks: readonly Task[]; label: string }) {
  return (
    <ul className="tasks" aria-label={label}>
      {tasks.map((task) => (
        <li key={task.id} data-kind={task.kind}>
          <span className="tone" data-tone={toneOf[task.kind] ?? 'plain'}>
            <StageSign kind={task.kind} />
          </span>
          <span>
            {task.kind === 'going' ? <b>{task.name}</b> : task.name}
            <small
              className={task.kind === 'near' || task.kind === 'late' ? 'tone' : undefined}
              data-tone={toneOf[task.kind]}
            >
              {task.status}
            </small>
          </span>
        </li>
      ))}
    </ul>
  )
}

export interface TimelineEntry {
  id: string
  at: string
  /** Only the day is known. */
  dayOnly?: boolean
  icon: IconName
  /** Filled node for decisions, dashed for what only some may read. */
  node?: 'decision' | 'restricted' | undefined
  kind: string
  title: ReactNode
  body?: ReactNode
  author?: ReactNode
}

const page = 25

export function Timeline({
  entries,
  label,
  all,
}: {
  entries: readonly TimelineEntry[]
  label: string
  /** Paged already: show what is given. */
  all?: boolean
}) {
  const t = useWords()
  const now = useNow()
  const [opened, setShown] = useState(page)
  const shown = all ? entries.length : opened
  return (
    <>
      <ol className="timeline" aria-label={label}>
        {entries.slice(0, shown).map((e) => (
          <li key={e.id}>
            <time dateTime={e.at} title={exactTime(e.at)}>
              <b>{shortDate(e.at, now)}</b>
              {!e.dayOnly && <span>{clockTime(e.at)}</span>}
            </time>
            <span className="node" data-kind={e.node}>
              <Icon name={e.icon} size={18} />
            </span>
            <div className="entry">
              <p>
                <span className="quiet">{e.kind} · </span>
                <b>{e.title}</b>
              </p>
              {e.body}
              {e.author && <p className="note quiet">{e.author}</p>}
            </div>
          </li>
        ))}
      </ol>
      {entries.length > shown && (
        <button type="button" className="link" onClick={() => setShown(shown + page)}>
          {t('web', 'show_older', { count: entries.length - shown })}
        </button>
      )}
    </>
  )
}

/** The child's own words, apart from anybody's judgement. */
export function Said({ whose, children }: { whose: string; children: ReactNode }) {
  return (
    <blockquote className="said">
      <small>{whose}</small>
      {children}
    </blockquote>
  )
}

/** A heavy account stays closed until the reader opens it. */
export function Heavy({ note, children }: { note: string; children: ReactNode }) {
  const t = useWords()
  const [open, setOpen] = useState(false)
  if (open) return <div className="stack">{children}</div>
  return (
    <div className="restricted">
      {note}{' '}
      <button type="button" className="link" onClick={() => setOpen(true)}>
        {t('web', 'open_when_ready')}
      </button>
    </div>
  )
}
