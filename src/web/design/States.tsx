import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { Icon, type IconName } from './Icon.tsx'
import { useNow } from './now.ts'
import { nearDate } from './time.ts'
import { useWords } from './words.tsx'

/** Says what comes next. */
export function Empty({
  title,
  children,
  icon = 'sun-horizon',
}: {
  title: string
  children?: ReactNode
  icon?: IconName
}) {
  return (
    <div className="empty stack">
      <Icon name={icon} size={32} />
      <h3>{title}</h3>
      {children}
    </div>
  )
}

/** Still bars after 400 ms. */
export function Loading() {
  const t = useWords()
  return (
    <div className="bars" role="status">
      <span className="only-heard">{t('web', 'loading')}</span>
      <i className="bar-60" />
      <i className="bar-90" />
      <i className="bar-40" />
    </div>
  )
}

/** Two people changed the same thing: both values, the one in force with the strong edge, equal buttons. */
export function Conflict({
  title,
  theirs,
  mine,
  keep,
  insist,
  onKeep,
  onInsist,
}: {
  title: ReactNode
  theirs: { by: string; at: string; value: ReactNode }
  mine: { value: ReactNode }
  keep: string
  insist: string
  onKeep: () => void
  onInsist: () => void
}) {
  const t = useWords()
  const now = useNow()
  return (
    <section className="stack" aria-label={t('web', 'changed_meanwhile')}>
      <p>{title}</p>
      <div className="conflict-pair">
        <div data-holds="">
          <p className="note quiet">
            {t('web', 'holds_now')} · {theirs.by}
            {theirs.at && `, ${nearDate(theirs.at, now)}`}
          </p>
          {theirs.value}
        </div>
        <div>
          <p className="note quiet">{t('web', 'yours')}</p>
          {mine.value}
        </div>
      </div>
      <div className="row">
        <Button onClick={onKeep}>{keep}</Button>
        <Button onClick={onInsist}>{insist}</Button>
      </div>
    </section>
  )
}
