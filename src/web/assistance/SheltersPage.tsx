import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { moneySources } from '#domain/execution/money.ts'
import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip, SuppressedCell } from '#web/design/Chip.tsx'
import { SelectField } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { dayOf, longDate, number } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { AssistanceFiguresView, ListResidents, TranchesView } from '#wire/assistance.ts'
import { ChildStays } from './ChildStays.tsx'
import { fundingWord, options, word } from './words.ts'

type Residents = z.output<typeof ListResidents.reply>

export const planKind = { ready: 'done', missing: 'late', over: 'near' } as const

function ResidentsPart() {
  const t = useWords()
  const now = useNow()
  const read = useGet<Residents>('/api/assistance/residents')
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (read.data.items.length === 0)
    return (
      <Empty icon="house" title={word(t, 'residents_none')}>
        {word(t, 'residents_none_more')}
      </Empty>
    )
  const today = dayOf(now)
  return (
    <section className="sheet">
      <Table
        caption={word(t, 'residents')}
        rows={read.data.items}
        rowKey={(row) => row.id}
        columns={[
          {
            key: 'who',
            head: word(t, 'resident'),
            name: true,
            cell: (row) => (
              <Link to="/shelters/$id" params={{ id: row.id }}>
                {[row.given, row.family].filter(Boolean).join(' ') || word(t, 'unnamed')}
              </Link>
            ),
          },
          { key: 'since', head: word(t, 'since'), cell: (row) => longDate(row.startedOn, now) },
          {
            key: 'report',
            head: word(t, 'report_due'),
            cell: (row) =>
              row.reportDue < today ? (
                <Chip kind="late">{longDate(row.reportDue, now)}</Chip>
              ) : (
                longDate(row.reportDue, now)
              ),
          },
          {
            key: 'plan',
            head: word(t, 'plan_state'),
            cell: (row) => <Chip kind={planKind[row.safety]}>{word(t, `state_${row.safety}`)}</Chip>,
          },
        ]}
      />
    </section>
  )
}

function YearField({ year, onYear }: { year: string; onYear: (year: string) => void }) {
  const t = useWords()
  const current = Number(dayOf(useNow()).slice(0, 4))
  return (
    <SelectField
      label={word(t, 'year')}
      value={year}
      onValue={onYear}
      options={[1, 0, -1, -2, -3].map((more) => ({
        value: String(current + more),
        label: String(current + more),
      }))}
    />
  )
}

function TranchesPart({ year }: { year: string }) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const [form, setForm] = useState<CommandForm>()
  const read = useGet<TranchesView>('/api/assistance/tranches', { year, lang: language })
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const { items, mayPlan, shelters } = read.data
  const late = items.filter((one) => one.late)
  const common = { action: t('web', 'save'), done: t('assistancePage', 'saved') }
  const plan = (): CommandForm => ({
    ...common,
    type: 'shelter_tranche.plan',
    recordId: uuidv7(),
    title: word(t, 'tranche_add'),
    fields: [
      {
        name: 'unitId',
        kind: 'select',
        label: word(t, 'tranche_shelter'),
        options: shelters.map((one) => ({ value: one.id, label: one.name })),
      },
      {
        name: 'source',
        kind: 'radio',
        label: word(t, 'tranche_source'),
        options: options(t, 'source', moneySources),
      },
      { name: 'payer', kind: 'text', label: word(t, 'tranche_payer') },
      { name: 'dueOn', kind: 'day', label: word(t, 'tranche_due') },
      { name: 'amount', kind: 'number', label: word(t, 'tranche_amount') },
    ],
  })
  const receive = (one: TranchesView['items'][number]): CommandForm => ({
    ...common,
    type: 'shelter_tranche.receive',
    recordId: one.id,
    baseVersion: one.version,
    title: `${word(t, 'tranche_receive')}: ${one.shelter}`,
    fields: [
      { name: 'on', kind: 'day', label: word(t, 'tranche_received_on'), initial: dayOf(now) },
      { name: 'amount', kind: 'number', label: word(t, 'tranche_amount'), initial: String(one.amount) },
    ],
  })
  return (
    <div className="stack">
      {late.length > 0 && (
        <Callout tone="soon" icon="warning.fill">
          {t('assistancePage', 'tranches_late', {
            count: late.length,
            lek: number(late.reduce((sum, one) => sum + one.amount, 0)),
          })}
        </Callout>
      )}
      {mayPlan && (
        <p className="row no-print">
          <Button kind="primary" onClick={() => setForm(plan())}>
            {word(t, 'tranche_add')}
          </Button>
        </p>
      )}
      {items.length === 0 ? (
        <Empty icon="list-checks" title={word(t, 'tranches_none')}>
          {word(t, 'shelters_lede_tranches')}
        </Empty>
      ) : (
        <section className="sheet">
          <Table
            caption={word(t, 'tranches')}
            rows={items}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'shelter',
                head: word(t, 'tranche_shelter'),
                name: true,
                cell: (row) => row.shelter,
                sort: (row) => row.shelter,
              },
              {
                key: 'source',
                head: word(t, 'tranche_source'),
                cell: (row) => (
                  <>
                    {word(t, `source_${row.source}`)}
                    <small>{row.payer}</small>
                  </>
                ),
              },
              {
                key: 'due',
                head: word(t, 'tranche_due'),
                cell: (row) => longDate(row.dueOn, now),
                sort: (row) => row.dueOn,
              },
              {
                key: 'amount',
                head: word(t, 'tranche_amount'),
                number: true,
                cell: (row) => number(row.amount),
                sort: (row) => row.amount,
              },
              {
                key: 'received',
                head: word(t, 'tranche_received'),
                cell: (row) =>
                  row.receivedOn !== null ? (
                    <>
                      {number(row.received ?? 0)}
                      <small>{longDate(row.receivedOn, now)}</small>
                    </>
                  ) : row.late ? (
                    <Chip kind="late">{t('assistancePage', 'tranche_late', { count: row.days })}</Chip>
                  ) : (
                    <Chip kind="waiting">{word(t, 'tranche_waiting')}</Chip>
                  ),
              },
              ...(items.some((one) => one.mayReceive)
                ? [
                    {
                      key: 'act',
                      head: '',
                      cell: (row: TranchesView['items'][number]) =>
                        row.mayReceive ? (
                          <Button size="table" onClick={() => setForm(receive(row))}>
                            {word(t, 'tranche_receive')}
                          </Button>
                        ) : null,
                    },
                  ]
                : []),
            ]}
          />
        </section>
      )}
      {form && (
        <CommandDialog
          form={form}
          onClose={() => {
            setForm(undefined)
            void read.refetch()
          }}
        />
      )}
    </div>
  )
}

const withheld = (n: number | null) => (n === null ? <SuppressedCell /> : number(n))

function FiguresPart({ year }: { year: string }) {
  const t = useWords()
  const read = useGet<AssistanceFiguresView>('/api/assistance/figures', { year })
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const kinds = [
    { key: 'funding', title: 'by_funding', name: (code: string) => fundingWord(t, code) },
    { key: 'setting', title: 'by_setting', name: (code: string) => word(t, `setting_${code}`) },
    { key: 'for', title: 'by_for', name: (code: string) => word(t, `for_${code}`) },
  ] as const
  const columns = ['persons', 'services', 'unknown', 'lek'] as const
  return (
    <div className="stack">
      <p className="quiet">{word(t, 'figures_lede')}</p>
      {kinds.map(({ key, title, name }) => (
        <section className="sheet" key={key} aria-labelledby={`figures-${key}`}>
          <div className="sheet-head">
            <h2 id={`figures-${key}`}>{word(t, title)}</h2>
          </div>
          <Table
            caption={word(t, title)}
            rows={read.data[key]}
            rowKey={(row) => row.key}
            columns={[
              { key: 'what', head: word(t, 'col_what'), name: true, cell: (row) => name(row.key) },
              ...columns.map((column) => ({
                key: column,
                head: word(t, `col_${column}`),
                number: true,
                cell: (row: AssistanceFiguresView['funding'][number]) => withheld(row[column]),
              })),
            ]}
          />
        </section>
      ))}
    </div>
  )
}

/** Shelters: own residents for their staff; instalments for whoever pays, coordinates or waits; what assistance cost. */
export default function SheltersPage() {
  const t = useWords()
  const { role } = useUser()
  const [year, setYear] = useState(dayOf(useNow()).slice(0, 4))
  const tabs = [
    ...(role === 'shelter' ? (['residents', 'child_stays'] as const) : []),
    'tranches' as const,
    ...(role === 'responsible_authority' || role === 'coordinator' ? (['figures'] as const) : []),
  ]
  const [tab, setTab] = useState<(typeof tabs)[number]>(tabs[0]!)
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{word(t, 'shelters')}</h1>
          <p className="lede">{word(t, role === 'shelter' ? 'shelters_lede' : 'shelters_lede_tranches')}</p>
        </div>
      </div>
      {tabs.length > 1 && (
        <FilterTabs
          label={word(t, 'shelters')}
          current={tab}
          onPick={(key) => setTab(tabs.find((one) => one === key) ?? 'tranches')}
          tabs={tabs.map((key) => ({ key, label: word(t, key) }))}
        />
      )}
      {tab !== 'residents' && tab !== 'child_stays' && (
        <div className="row">
          <YearField year={year} onYear={setYear} />
        </div>
      )}
      {tab === 'residents' && <ResidentsPart />}
      {tab === 'child_stays' && <ChildStays />}
      {tab === 'tranches' && <TranchesPart year={year} />}
      {tab === 'figures' && <FiguresPart year={year} />}
    </div>
  )
}
