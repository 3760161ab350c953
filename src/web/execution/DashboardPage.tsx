import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Columns } from '#web/chart/Columns.tsx'
import { useGet } from '#web/client/api.ts'
import { TextField } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { dayOf, number } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { PlanDashboard } from '#wire/dashboard.ts'
import { titleOf } from './words.ts'
import './dashboard.css'

/** The plan on one page, for whoever answers for it before a committee. Every figure opens the list that it counts. */
export default function DashboardPage() {
  const t = useWords()
  const { language } = useLanguage()
  const { slug } = useParams({ from: '/inside/plans/$slug/dashboard' })
  const today = dayOf(useNow())
  const [asOf, setAsOf] = useState('')
  const day = asOf === '' ? today : asOf
  const read = useGet<PlanDashboard>(`/api/plans/${slug}/dashboard`, { asOf: day })
  const of = read.data
  return (
    <div className="view stack">
      <div>
        <h1>{t('dashboard', 'title')}</h1>
        {of && <p className="lede">{titleOf(of, language)}</p>}
        <div className="field-grid no-print">
          <TextField
            type="date"
            label={t('execution', 'as_of')}
            value={day}
            min="1990-01-01"
            max="2199-12-31"
            onValue={setAsOf}
            short
          />
        </div>
      </div>
      {read.isPending && <Loading />}
      {read.error && <FailedPart error={read.error} onRetry={() => void read.refetch()} />}
      {of && (
        <>
          <Tiles of={of} slug={slug} />
          <Money of={of} />
          <Trend of={of} />
          <Bodies of={of} slug={slug} />
        </>
      )}
    </div>
  )
}

function Tiles({ of, slug }: { of: PlanDashboard; slug: string }) {
  const t = useWords()
  const list = (search: Record<string, string>) => (
    <Link to="/plans/$slug/execution" params={{ slug }} search={{ ...search, asOf: of.asOf }}>
      {t('dashboard', 'open_list')}
    </Link>
  )
  const tiles = [
    {
      key: 'implementation',
      figure: of.activities === 0 ? '–' : `${number((of.completed / of.activities) * 100, 1)} %`,
      more: t('dashboard', 'completed_of', { completed: of.completed, all: of.activities }),
      link: list({ status: 'COMPLETED' }),
    },
    {
      key: 'late',
      figure: number(of.late),
      more: t('dashboard', 'perhaps', { n: of.perhapsLate }),
      link: list({ lateness: 'late' }),
    },
    {
      key: 'unfunded',
      figure: number(of.unfunded),
      more: t('dashboard', 'unfunded_more'),
      link: list({ gap: 'yes' }),
    },
    {
      key: 'reports_missing',
      figure: number(of.reportsMissing),
      more: t('dashboard', 'reports_more'),
      link: (
        <Link to="/plan-reports" search={{ late: 'true', plan: slug, asOf: of.asOf }}>
          {t('dashboard', 'open_list')}
        </Link>
      ),
    },
    {
      key: 'meetings_missed',
      figure: number(of.meetingsMissed),
      more: t('dashboard', 'meetings_more'),
      link: <Link to="/bodies">{t('dashboard', 'open_list')}</Link>,
    },
  ] as const
  return (
    <ul className="tiles">
      {tiles.map((tile) => (
        <li key={tile.key} className="sheet">
          <h2>{t('dashboard', tile.key)}</h2>
          <p className="figure">{tile.figure}</p>
          <p className="note quiet">{tile.more}</p>
          <p className="no-print">{tile.link}</p>
        </li>
      ))}
    </ul>
  )
}

function Money({ of }: { of: PlanDashboard }) {
  const t = useWords()
  return (
    <section className="sheet" aria-labelledby="money">
      <div className="sheet-head">
        <h2 id="money">{t('dashboard', 'money')}</h2>
      </div>
      <Table
        caption={t('dashboard', 'money')}
        rows={of.money}
        rowKey={(row) => row.source}
        columns={[
          {
            key: 'source',
            head: t('execution', 'source'),
            name: true,
            cell: (row) => t('execution', `source_${row.source}`),
          },
          ...(['planned', 'committed', 'paid'] as const).map((key) => ({
            key,
            head: t('execution', key),
            number: true,
            cell: (row: PlanDashboard['money'][number]) =>
              row.source === 'gap' && key !== 'planned' ? '–' : number(row[key]),
          })),
        ]}
      />
    </section>
  )
}

function Trend({ of }: { of: PlanDashboard }) {
  const t = useWords()
  if (of.trend.length === 0) return null
  return (
    <section className="sheet" aria-labelledby="trend">
      <div className="sheet-head">
        <h2 id="trend">{t('dashboard', 'trend')}</h2>
      </div>
      <div className="sheet-body stack">
        <Columns
          name={t('dashboard', 'trend_picture')}
          items={of.trend.map((one) => ({ key: one.quarter, label: one.quarter, value: one.completed }))}
          format={(value) => number(value)}
        />
      </div>
      <Table
        caption={t('dashboard', 'trend')}
        rows={of.trend}
        rowKey={(one) => one.quarter}
        columns={[
          { key: 'quarter', head: t('dashboard', 'quarter'), name: true, cell: (one) => one.quarter },
          ...(['completed', 'late', 'paid'] as const).map((key) => ({
            key,
            head: t('execution', key),
            number: true,
            cell: (one: PlanDashboard['trend'][number]) => number(one[key]),
          })),
        ]}
      />
    </section>
  )
}

function Bodies({ of, slug }: { of: PlanDashboard; slug: string }) {
  const t = useWords()
  const { language } = useLanguage()
  return (
    <section className="sheet" aria-labelledby="by-body">
      <div className="sheet-head">
        <h2 id="by-body">{t('dashboard', 'by_body')}</h2>
      </div>
      <Table
        caption={t('dashboard', 'by_body')}
        rows={of.bodies}
        rowKey={(body) => body.code}
        columns={[
          {
            key: 'body',
            head: t('execution', 'body'),
            name: true,
            cell: (body) => (
              <Link to="/plans/$slug/execution" params={{ slug }} search={{ body: body.code, asOf: of.asOf }}>
                {language === 'sq' ? body.nameSq : body.nameEn}
              </Link>
            ),
          },
          ...(['activities', 'completed', 'late'] as const).map((key) => ({
            key,
            head: t('execution', key),
            number: true,
            sort: (body: PlanDashboard['bodies'][number]) => body[key],
            cell: (body: PlanDashboard['bodies'][number]) => number(body[key]),
          })),
        ]}
      />
    </section>
  )
}
