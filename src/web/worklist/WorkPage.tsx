import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { Button, ButtonLink } from '#web/design/Button.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { clockTime, daysFromToday, nearDate, weekdayDate } from '#web/design/time.ts'
import { openWords, sayIfKnown, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { mayReport } from '#web/shell/navigation.ts'
import { Away } from './Away.tsx'
import { isFiltering, setFiltering } from './filter-state.ts'
import { Notices } from './Notices.tsx'
import { GroupSection, taskOf } from './rows.tsx'
import { type Group, groups, type WorkItem, type WorkList } from './shape.ts'
import './work.css'

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

/** Filters, other people's work and handing it on come with their words when somebody asks for them. */
const FilteredWork = lazy(async () => {
  const [part] = await Promise.all([import('./FilteredWork.tsx'), openWords('desk')])
  return part
})

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

/** Everything that waits for the reader, by when it is due. */
function OwnWork({
  work,
  kind,
  onKind,
}: {
  work: ReturnType<typeof useGet<WorkList>>
  kind: string
  onKind: (kind: string) => void
}) {
  const t = useWords()
  const all = work.data?.items ?? []
  const present = work.data?.kinds ?? []
  const items = all.filter((i) => kind === 'all' || i.kind === kind)
  return (
    <>
      {present.length > 1 && (
        <FilterTabs
          label={t('work', 'kinds')}
          current={kind}
          onPick={onKind}
          tabs={[
            { key: 'all', label: t('work', 'kind_all'), count: work.data?.total ?? 0 },
            ...present.map((one) => ({ key: one.kind, label: one.label, count: one.count })),
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
    </>
  )
}

export default function WorkPage() {
  const t = useWords()
  const now = useNow()
  const user = useUser()
  const [filtering, setOpen] = useState(isFiltering)
  const filter = (on: boolean) => {
    setFiltering(on)
    setOpen(on)
  }
  const [kind, setKind] = useState<string>('all')
  const work = useGet<WorkList>('/api/work', { limit: 100 }, { refetchInterval: 60_000 })
  const all = work.data?.items ?? []
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
  return (
    <div className="view columns work">
      <div className="stack">
        <div className="view-head">
          <div>
            <h1>{t('work', 'title')}</h1>
            <p className="lede">{sentence}</p>
          </div>
          <div className="row no-print">
            <Button aria-pressed={filtering} onClick={() => filter(!filtering)}>
              {t('work', 'filter')}
            </Button>
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
        {filtering ? (
          <Suspense fallback={<Loading />}>
            <FilteredWork />
          </Suspense>
        ) : (
          <OwnWork work={work} kind={kind} onKind={setKind} />
        )}
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
