import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { Button, ButtonLink } from '#web/design/Button.tsx'
import { RiskBars } from '#web/design/Chip.tsx'
import { ClockLines } from '#web/design/Clock.tsx'
import { Icon } from '#web/design/Icon.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { clockTime, daysFromToday, nearDate, weekdayDate } from '#web/design/time.ts'
import { type Say, sayIfKnown, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { mayReport } from '#web/shell/navigation.ts'
import { Away } from './Away.tsx'
import { Notices } from './Notices.tsx'
import { type Group, groups, type Kind, kinds, type WorkItem, type WorkList } from './shape.ts'
import './work.css'

const hrefOf = (item: WorkItem): string =>
  item.kind === 'report'
    ? `/reports/${item.recordId}`
    : item.kind === 'referral'
      ? `/referrals/${item.recordId}`
      : `/cases/${item.caseId ?? item.recordId}`

const taskOf = (item: WorkItem): string =>
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

function Row({ item }: { item: WorkItem }) {
  const t = useWords()
  const now = useNow()
  const who = whoOf(item, t)
  return (
    <li className="work-row" data-row="" data-breach={item.group === 'breached' || undefined}>
      <div className="work-when">{item.clock && <ClockLines clock={item.clock} />}</div>
      <div className="work-what">
        <Link to={hrefOf(item)} className="work-link">
          <b>{taskOf(item)}</b>
          {who && ` · ${who}`}
        </Link>
        <small>
          {item.code}
          {item.clock?.startedAt && ` · ${t('work', 'since', { when: nearDate(item.clock.startedAt, now) })}`}
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

function GroupSection({
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

/** What the next hours hold: everything due today, by the clock. */
function Day({ items }: { items: readonly WorkItem[] }) {
  const t = useWords()
  const now = useNow()
  const today = items
    .filter((i) => i.clock && daysFromToday(i.clock.dueAt, now) === 0 && i.clock.dueAt > now)
    .slice(0, 5)
  if (today.length === 0) return null
  return (
    <section className="work-day">
      <h2 className="side-title">{t('work', 'day')}</h2>
      <ol className="day-list">
        {today.map((i) => (
          <li key={i.id}>
            <b>{i.clock && clockTime(i.clock.dueAt)}</b>
            <span>
              {taskOf(i)}
              <small>{[i.name, i.code].filter(Boolean).join(', ')}</small>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** How many cases one carries, against the agreed ceiling. */
function Caseload({ open, ceiling }: { open: number; ceiling: number }) {
  const t = useWords()
  return (
    <section>
      <h2 className="side-title">{t('work', 'caseload')}</h2>
      <p>
        <b className="caseload">{open}</b> {t('work', 'caseload_of', { ceiling })}
      </p>
      <meter className="load" min={0} max={ceiling} value={Math.min(open, ceiling)}>
        {open}
      </meter>
    </section>
  )
}

const pathOf = (kind: string, id: string): string =>
  `/${kind === 'report' ? 'reports' : kind === 'referral' ? 'referrals' : 'cases'}/${id}`

/** Deadlines that somebody else missed and of which the reader, as supervisor, was told. */
function Told({ items }: { items: WorkList['escalated'] }) {
  const t = useWords()
  const now = useNow()
  return (
    <section>
      <h2 className="side-title">{t('work', 'told')}</h2>
      <ul className="told">
        {items.slice(0, 8).map((e) => (
          <li key={e.id}>
            <Link to={pathOf(e.recordKind, e.recordId)}>
              {sayIfKnown('clock', `rule_${e.rule}`) ?? e.rule}
            </Link>
            <small>
              {e.code}, {nearDate(e.at, now)}
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}

export default function WorkPage() {
  const t = useWords()
  const now = useNow()
  const user = useUser()
  const [kind, setKind] = useState<Kind | 'all'>('all')
  const work = useGet<WorkList>('/api/work', { limit: 100 }, { refetchInterval: 60_000 })
  const all = work.data?.items ?? []
  const items = all.filter((i) => kind === 'all' || i.kind === kind)
  const total = work.data?.total ?? 0
  const count = (group: Group) => work.data?.counts[group] ?? 0
  const sums = [
    total > 0 ? t('work', 'sum', { count: total }) : '',
    ...(
      [
        ['breached', 'sum_breach'],
        ['overdue', 'sum_late'],
        ['today', 'sum_today'],
      ] as const
    )
      .filter(([group]) => count(group) > 0)
      .map(([group, key]) => t('work', key, { count: count(group) })),
  ].filter(Boolean)
  const [first, ...rest] = sums
  const date = weekdayDate(now)
  const sentence = `${date.charAt(0).toUpperCase()}${date.slice(1)}.${first ? ` ${first}${rest.length ? `: ${rest.join(', ')}` : ''}.` : ''}`
  const present = kinds.filter((k) => all.some((i) => i.kind === k))
  return (
    <div className="view columns work">
      <div className="stack">
        <div className="view-head">
          <div>
            <h1>{t('work', 'title')}</h1>
            <p className="lede">{sentence}</p>
          </div>
          <div className="row no-print">
            <Button icon="printer.bold" onClick={() => print()}>
              {t('web', 'print')}
            </Button>
            {mayReport(user.role) && (
              <ButtonLink kind="primary" icon="plus.bold" to="/reports/new">
                {t('web', 'nav_new_report')}
              </ButtonLink>
            )}
          </div>
        </div>
        <Away />
        {present.length > 1 && (
          <FilterTabs
            label={t('work', 'kinds')}
            current={kind}
            onPick={(key) => setKind(key as Kind | 'all')}
            tabs={[
              { key: 'all', label: t('work', 'kind_all'), count: total },
              ...present.map((k) => ({
                key: k,
                label: t('work', `kind_${k}`),
                count: all.filter((i) => i.kind === k).length,
              })),
            ]}
          />
        )}
        {work.isPending && <Loading />}
        {work.isError && <FailedPart error={work.error} onRetry={() => void work.refetch()} />}
        {work.isSuccess && items.length === 0 && (
          <div className="sheet">
            <Empty title={t('work', 'empty')}>
              <p className="quiet">{t('work', 'empty_next')}</p>
            </Empty>
          </div>
        )}
        {groups.map((group) => {
          const mine = items.filter((i) => i.group === group)
          if (mine.length === 0) return null
          const folded = group === 'later' || group === 'none' ? Math.max(0, mine.length - 5) : 0
          return <GroupSection key={group} group={group} items={mine} folded={folded} />
        })}
      </div>
      <aside className="stack work-side no-print">
        <Day items={all} />
        {work.data?.caseload && <Caseload {...work.data.caseload} />}
        <Notices />
        {work.data && work.data.escalated.length > 0 && <Told items={work.data.escalated} />}
        <section className="work-keys">
          <h2 className="side-title">{t('work', 'keyboard')}</h2>
          <p className="row note keys">
            <span>
              <kbd>j</kbd> <kbd>k</kbd> {t('work', 'key_move')}
            </span>
            <span>
              <kbd>Enter</kbd> {t('work', 'key_open')}
            </span>
            <span>
              <kbd>/</kbd> {t('work', 'key_search')}
            </span>
            <span>
              <kbd>?</kbd> {t('work', 'key_all')}
            </span>
          </p>
        </section>
      </aside>
    </div>
  )
}
