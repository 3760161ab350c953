import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { RiskBars } from '#web/design/Chip.tsx'
import { ClockLines } from '#web/design/Clock.tsx'
import { Icon } from '#web/design/Icon.tsx'
import { useNow } from '#web/design/now.ts'
import { nearDate } from '#web/design/time.ts'
import { type Say, sayIfKnown, useWords } from '#web/design/words.tsx'
import type { Group, WorkItem } from './shape.ts'

const hrefOf = (item: WorkItem): string =>
  item.path ??
  (item.kind === 'report'
    ? `/reports/${item.recordId}`
    : item.kind === 'referral'
      ? `/referrals/${item.recordId}`
      : `/cases/${item.caseId ?? item.recordId}`)

export const taskOf = (item: WorkItem): string =>
  item.title ??
  (item.clock && sayIfKnown('clock', `rule_${item.clock.rule}`)) ??
  sayIfKnown('work', `do_${item.kind}`) ??
  item.code

/** «Besmir D., 11 vjeç», or no more than the reader may know. */
const whoOf = (item: WorkItem, t: Say): string => {
  const age = item.age === null ? '' : t('web', 'age_years', { count: item.age })
  const who = item.name ?? (item.sex ? t('web', `sex_${item.sex}`) : '')
  return [who, age].filter(Boolean).join(', ')
}

/** One thing to do. `before` is a way to choose it, `after` says whose it is where others’ work stands beside one's own. */
export function Row({ item, before, after }: { item: WorkItem; before?: ReactNode; after?: ReactNode }) {
  const t = useWords()
  const now = useNow()
  const who = whoOf(item, t)
  return (
    <li className="work-row" data-row="" data-breach={item.group === 'breached' || undefined}>
      {before}
      <div className="work-when">{item.clock && <ClockLines clock={item.clock} />}</div>
      <div className="work-what">
        <Link to={hrefOf(item)} className="work-link">
          <b>{taskOf(item)}</b>
          {who && ` · ${who}`}
        </Link>
        <small>
          {item.code}
          {after}
          {item.clock &&
            item.clock.rule !== 'DATED' &&
            ` · ${t('work', 'since', { when: nearDate(item.clock.startedAt, now) })}`}
        </small>
      </div>
      <div className="work-risk">
        {(item.risk !== null || item.kind === 'case' || item.kind === 'plan_action') && (
          <RiskBars level={item.risk} long />
        )}
      </div>
      <span className="work-go" aria-hidden="true">
        <span>{t('work', item.kind === 'report' ? 'decide' : 'open')}</span>
        <Icon name="caret-right" />
      </span>
    </li>
  )
}

const noteOf: Partial<Record<Group, 'note_breach' | 'note_late' | 'note_week'>> = {
  breached: 'note_breach',
  overdue: 'note_late',
  week: 'note_week',
}

export function GroupSection({
  group,
  items,
  folded,
}: {
  group: Group
  items: readonly WorkItem[]
  folded: number
}) {
  const t = useWords()
  const [open, setOpen] = useState(false)
  const shown = open || folded === 0 ? items : items.slice(0, Math.max(0, items.length - folded))
  return (
    <section className="work-group" data-group={group} aria-labelledby={`g-${group}`}>
      <div className="spread">
        <h2 id={`g-${group}`}>
          {t('work', `group_${group}`)} <span className="count">{items.length}</span>
        </h2>
        {noteOf[group] && <p className="note quiet">{t('work', noteOf[group])}</p>}
      </div>
      <ul className="sheet work-rows">
        {shown.map((item) => (
          <Row key={item.id} item={item} />
        ))}
        {shown.length < items.length && (
          <li className="work-fold">
            <Icon name="caret-down" />
            <button type="button" className="link" onClick={() => setOpen(true)}>
              {t('work', 'show_more', { count: items.length - shown.length })}
            </button>
          </li>
        )}
      </ul>
    </section>
  )
}
