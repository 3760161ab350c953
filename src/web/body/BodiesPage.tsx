import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { ButtonLink } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { TextField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { dayOf, fullDate, nearDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { Notices } from '#web/worklist/Notices.tsx'
import type { BodySummary, ObligationView } from '#wire/body.ts'
import { Obligations } from './Obligations.tsx'
import { useName } from './shared.ts'
import './body.css'

const groups = ['mine', 'national', 'county', 'municipality', 'overdue'] as const
type Group = (typeof groups)[number]
const isIn: Readonly<Record<Group, (one: BodySummary) => boolean>> = {
  mine: (one) => one.sits,
  national: (one) => one.county === null,
  county: (one) => one.county !== null && one.municipality === null,
  municipality: (one) => one.municipality !== null,
  overdue: (one) => one.overdue > 0,
}

/** Depth first: each body right after the one above it, as far as the reader sees it. */
const inOrder = (all: readonly BodySummary[]): readonly { one: BodySummary; depth: number }[] => {
  const known = new Set(all.map((one) => one.id))
  const below = (parent: string | null, depth: number): { one: BodySummary; depth: number }[] =>
    all
      .filter((one) =>
        parent === null ? one.parentId === null || !known.has(one.parentId) : one.parentId === parent,
      )
      .flatMap((one) => [{ one, depth }, ...below(one.id, depth + 1)])
  return below(null, 0)
}

/** The bodies one sits in and all below them: when they meet next, and what was not held. */
export default function BodiesPage() {
  const t = useWords()
  const now = useNow()
  const [asOf, setAsOf] = useState('')
  const query: Readonly<Record<string, string>> = asOf === '' ? {} : { asOf }
  const read = useGet<{ items: readonly BodySummary[] }>('/api/bodies', query)
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('bodyPage', 'title')}</h1>
          <p className="lede">{t('bodyPage', 'lede')}</p>
        </div>
        <div className="row">
          <TextField
            type="date"
            short
            label={t('bodyPage', 'as_of')}
            value={asOf === '' ? dayOf(now) : asOf}
            onValue={setAsOf}
          />
          <ButtonLink to="/recommendations" icon="list-checks">
            {t('bodyPage', 'my_recommendations')}
          </ButtonLink>
        </div>
      </div>
      <Notices />
      {read.isPending && <Loading />}
      {read.error && <FailedPart error={read.error} onRetry={() => void read.refetch()} />}
      {read.data && <Tree items={read.data.items} />}
      {read.data && read.data.items.length > 0 && <Overdue query={query} />}
    </div>
  )
}

function Tree({ items }: { items: readonly BodySummary[] }) {
  const t = useWords()
  const now = useNow()
  const name = useName()
  const shown = groups.filter((group) => items.some(isIn[group]))
  const [picked, setGroup] = useState<Group>('mine')
  const group = shown.includes(picked) ? picked : (shown[0] ?? 'mine')
  if (items.length === 0) return <Empty icon="chats" title={t('bodyPage', 'none')} />
  const codes = new Map(items.map((one) => [one.id, one.code]))
  return (
    <>
      <FilterTabs
        label={t('bodyPage', 'group')}
        tabs={shown.map((key) => ({
          key,
          label: t('bodyPage', `group_${key}`),
          count: items.filter(isIn[key]).length,
        }))}
        current={group}
        onPick={(key) => setGroup(groups.find((one) => one === key) ?? 'mine')}
      />
      <section className="sheet" aria-label={t('bodyPage', `group_${group}`)}>
        <Table
          caption={t('bodyPage', 'title')}
          rows={inOrder(items.filter(isIn[group]))}
          rowKey={({ one }) => one.id}
          columns={[
            {
              key: 'body',
              head: t('bodyPage', 'body'),
              name: true,
              cell: ({ one, depth }) => (
                <span className="body-name" data-depth={Math.min(depth, 3)}>
                  <Link to="/bodies/$id" params={{ id: one.id }}>
                    {name(one)}
                  </Link>
                  <small>
                    {[
                      one.code,
                      one.parentId !== null && codes.has(one.parentId)
                        ? t('bodyPage', 'under', { code: codes.get(one.parentId)! })
                        : null,
                      one.mayRun ? t('bodyPage', 'you_run') : null,
                    ]
                      .filter((part) => part !== null)
                      .join(' · ')}
                  </small>
                </span>
              ),
            },
            {
              key: 'next',
              head: t('bodyPage', 'next_meeting'),
              cell: ({ one }) =>
                one.nextMeeting === null ? (
                  <span className="quiet">{t('bodyPage', 'not_convened')}</span>
                ) : (
                  <Link to="/meetings/$id" params={{ id: one.nextMeeting.id }}>
                    {nearDate(one.nextMeeting.startsAt, now)}
                  </Link>
                ),
            },
            {
              key: 'last',
              head: t('bodyPage', 'last_held'),
              cell: ({ one }) =>
                one.lastHeldOn === null ? (
                  <span className="quiet">{t('bodyPage', 'never_held')}</span>
                ) : (
                  fullDate(one.lastHeldOn)
                ),
              sort: ({ one }) => one.lastHeldOn ?? '',
            },
            {
              key: 'overdue',
              head: t('bodyPage', 'overdue'),
              cell: ({ one }) => (
                <>
                  {one.overdue > 0 ? (
                    <Chip kind="late">{t('bodyPage', 'overdue_count', { count: one.overdue })}</Chip>
                  ) : (
                    <span className="quiet">{t('bodyPage', 'nothing_overdue')}</span>
                  )}
                  {one.missed > 0 && <small>{t('bodyPage', 'missed_count', { count: one.missed })}</small>}
                </>
              ),
              sort: ({ one }) => one.overdue,
            },
            {
              key: 'recommendations',
              head: t('bodyPage', 'recommendations'),
              cell: ({ one }) => (
                <>
                  {t('bodyPage', 'open_count', { count: one.openRecommendations })}
                  {one.lateRecommendations > 0 && (
                    <small>{t('bodyPage', 'late_count', { count: one.lateRecommendations })}</small>
                  )}
                </>
              ),
              sort: ({ one }) => one.openRecommendations,
            },
          ]}
        />
      </section>
    </>
  )
}

function Overdue({ query }: { query: Readonly<Record<string, string>> }) {
  const t = useWords()
  const list = usePaged<ObligationView>('/api/obligations-to-meet', {
    ...query,
    state: 'overdue',
    limit: '20',
  })
  return (
    <section className="sheet" aria-labelledby="overdue">
      <div className="sheet-head">
        <h2 id="overdue">{t('bodyPage', 'all_overdue')}</h2>
        <p className="note quiet">{t('bodyPage', 'obligations_more')}</p>
      </div>
      <ListFrame
        list={list}
        empty={t('bodyPage', 'nothing_late')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <Obligations rows={list.items} ofMany />
      </ListFrame>
    </section>
  )
}
