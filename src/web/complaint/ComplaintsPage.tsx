import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { Button, ButtonLink } from '#web/design/Button.tsx'
import { Chip, SuppressedCell } from '#web/design/Chip.tsx'
import { ClockChip, ClockLines } from '#web/design/Clock.tsx'
import { SelectField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Said } from '#web/design/Lists.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { dayOf, longDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ComplaintFigures, ListComplaintQuestions, ListComplaints } from '#wire/complaint.ts'

type Row = z.output<typeof ListComplaints.reply>['items'][number]
type Question = z.output<typeof ListComplaintQuestions.reply>['items'][number]
type Figures = z.output<typeof ComplaintFigures.reply>

function EnterLink() {
  const t = useWords()
  return <ButtonLink to="/complaints/new">{t('complaintPage', 'enter')}</ButtonLink>
}

/** What the institution is asked, and its answers: all that it sees of complaints. */
function QuestionsList() {
  const t = useWords()
  const now = useNow()
  const [form, setForm] = useState<CommandForm>()
  const list = usePaged<Question>('/api/complaint-questions')
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('complaintPage', 'title')}</h1>
          <p className="lede">{t('complaintPage', 'lede_asked')}</p>
        </div>
        <EnterLink />
      </div>
      <ListFrame
        list={list}
        empty={t('complaintPage', 'no_questions')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        {list.items.map((one) => (
          <section className="sheet" aria-labelledby={one.id} key={one.id}>
            <div className="sheet-head">
              <h2 id={one.id}>
                {t('complaintPage', 'question')} {one.label}
              </h2>
              {one.answer === null ? (
                one.due && <ClockLines clock={{ ...one.due, statutory: true }} />
              ) : (
                <Chip kind="done">{t('complaintPage', 'answered')}</Chip>
              )}
            </div>
            <div className="sheet-body stack">
              <p className="note quiet">{longDate(one.askedAt, now)}</p>
              <p className="narrative">{one.question}</p>
              {one.answer !== null && <Said whose={t('complaintPage', 'answer')}>{one.answer}</Said>}
              {one.answer === null && (
                <p className="row">
                  <Button
                    kind="primary"
                    onClick={() =>
                      setForm({
                        title: `${t('complaintPage', 'question')} ${one.label}`,
                        action: t('complaintPage', 'answer_question'),
                        type: 'complaint.answer_question',
                        recordId: one.id,
                        baseVersion: one.version,
                        done: t('complaintPage', 'done'),
                        wide: true,
                        fields: [{ name: 'answer', kind: 'area', label: t('complaintPage', 'answer') }],
                      })
                    }
                  >
                    {t('complaintPage', 'answer_question')}
                  </Button>
                </p>
              )}
            </div>
          </section>
        ))}
      </ListFrame>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}

const shown = (n: number | null) => (n === null ? <SuppressedCell /> : n)

function Counted({
  title,
  table,
  column,
}: {
  title: string
  table: Figures['byOutcome']
  column: (code: string) => string
}) {
  const t = useWords()
  const lines = table.rows.map((body, n) => ({ body, n })).filter(({ n }) => table.rowTotals[n] !== 0)
  const columns = table.columns.map((code, c) => ({ code, c })).filter(({ c }) => table.columnTotals[c] !== 0)
  return (
    <section className="sheet">
      <Table
        caption={title}
        rows={lines}
        rowKey={({ body }) => body}
        columns={[
          {
            key: 'body',
            head: t('complaintPage', 'about'),
            name: true,
            cell: ({ body }) => t('complaintPage', `body_${body as 'police'}`),
          },
          ...columns.map(({ code, c }) => ({
            key: code,
            head: column(code),
            number: true,
            cell: ({ n }: { n: number }) => shown(table.cells[n]?.[c] ?? null),
          })),
          {
            key: 'sum',
            head: t('complaintPage', 'sum'),
            number: true,
            cell: ({ n }) => shown(table.rowTotals[n] ?? null),
          },
        ]}
      />
    </section>
  )
}

function FiguresPart() {
  const t = useWords()
  const now = Number(dayOf(useNow()).slice(0, 4))
  const [year, setYear] = useState(String(now))
  const read = useGet<Figures>('/api/complaint-figures', { year })
  return (
    <div className="stack">
      <div className="row">
        <SelectField
          label={t('complaintPage', 'year')}
          value={year}
          onValue={setYear}
          options={[0, 1, 2, 3, 4].map((ago) => ({ value: String(now - ago), label: String(now - ago) }))}
        />
      </div>
      {read.isPending && <Loading />}
      {read.isError && <FailedPart error={read.error} onRetry={() => void read.refetch()} />}
      {read.data && (
        <>
          <p>
            {read.data.total === null ? (
              <SuppressedCell range="1–4" />
            ) : (
              t('complaintPage', 'total', { n: read.data.total })
            )}
            {read.data.late !== null && ` · ${t('complaintPage', 'late', { n: read.data.late })}`}
          </p>
          <Counted
            title={t('complaintPage', 'by_outcome')}
            table={read.data.byOutcome}
            column={(code) => t('complaintPage', `outcome_${code as 'upheld'}`)}
          />
          <Counted
            title={t('complaintPage', 'by_ground')}
            table={read.data.byGround}
            column={(code) => t('complaintPage', `ground_${code as 'sex'}`)}
          />
        </>
      )}
    </div>
  )
}

/** The inbox of the office that hears complaints: the oldest first, each with its next deadline. */
function Inbox() {
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  const now = useNow()
  const [tab, setTab] = useState<'open' | 'closed' | 'figures'>('open')
  const list = usePaged<Row>(
    '/api/complaints',
    { which: tab === 'closed' ? 'closed' : 'open' },
    tab !== 'figures',
  )
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('complaintPage', 'title')}</h1>
          <p className="lede">{t('complaintPage', 'lede')}</p>
        </div>
        <EnterLink />
      </div>
      <FilterTabs
        label={t('complaintPage', 'title')}
        current={tab}
        onPick={(key) => setTab(key === 'closed' || key === 'figures' ? key : 'open')}
        tabs={(['open', 'closed', 'figures'] as const).map((key) => ({
          key,
          label: t('complaintPage', key),
        }))}
      />
      {tab === 'figures' ? (
        <FiguresPart />
      ) : (
        <ListFrame
          list={list}
          empty={t('complaintPage', 'none')}
          fault={<FailedPart error={list.error} onRetry={list.refetch} />}
        >
          <section className="sheet">
            <Table
              caption={t('complaintPage', 'title')}
              rows={list.items}
              rowKey={(row) => row.id}
              columns={[
                {
                  key: 'complaint',
                  head: t('complaintPage', 'complaint'),
                  name: true,
                  cell: (row) => (
                    <Link to="/complaints/$id" params={{ id: row.id }}>
                      {row.label}
                    </Link>
                  ),
                },
                {
                  key: 'about',
                  head: t('complaintPage', 'about'),
                  cell: (row) =>
                    (sq ? row.unit?.nameSq : row.unit?.nameEn) ?? t('complaintPage', `body_${row.body}`),
                },
                {
                  key: 'by',
                  head: t('complaintPage', 'by'),
                  cell: (row) => t('complaintPage', `by_${row.by}`),
                },
                {
                  key: 'ground',
                  head: t('complaintPage', 'discrimination'),
                  cell: (row) =>
                    row.ground === null
                      ? t('complaintPage', `discrimination_${row.discrimination}`)
                      : t('complaintPage', `ground_${row.ground}`),
                },
                {
                  key: 'state',
                  head: t('complaintPage', 'state'),
                  cell: (row) =>
                    row.outcome === null
                      ? t('complaintPage', row.asked ? 'asked' : `state_${row.state}`)
                      : t('complaintPage', `outcome_${row.outcome}`),
                },
                {
                  key: 'received',
                  head: t('complaintPage', 'received'),
                  cell: (row) => longDate(row.receivedAt, now),
                },
                {
                  key: 'due',
                  head: t('complaintPage', 'due'),
                  cell: (row) =>
                    row.due === null || row.outcome !== null ? (
                      '–'
                    ) : (
                      <ClockChip short clock={{ ...row.due, statutory: true }} />
                    ),
                },
                {
                  key: 'officer',
                  head: t('complaintPage', 'officer'),
                  cell: (row) => row.officer ?? t('complaintPage', 'nobody'),
                },
              ]}
            />
          </section>
        </ListFrame>
      )}
    </div>
  )
}

/** One address for two sides: the office that hears complaints, and everybody who may be asked or write one down. */
export default function ComplaintsPage() {
  const { role } = useUser()
  return role === 'state_agency' || role === 'peoples_advocate' ? <Inbox /> : <QuestionsList />
}
