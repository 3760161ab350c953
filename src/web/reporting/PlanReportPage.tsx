import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReportDocument } from '#domain/reporting/document.ts'
import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { SelectField } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { fullDate, longDate } from '#web/design/time.ts'
import { type Say, useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { OneReportReply } from '#wire/reporting.ts'
import { DocumentView } from './DocumentView.tsx'
import { ReportStatusChip } from './ReportStatusChip.tsx'
import { Writing } from './Writing.tsx'

type Act = Exclude<OneReportReply['acts'][number], 'save'>
const because: ReadonlySet<Act> = new Set(['return', 'correct'])
/** The act that a report waits for stands first and filled. */
const order: readonly Act[] = ['submit', 'accept', 'consolidate', 'approve', 'publish', 'return', 'correct']

const acting = (of: OneReportReply, act: Act, t: Say): CommandForm => ({
  type: `plan_report.${act}`,
  recordId: of.id,
  baseVersion: of.version,
  title: t('reporting', `act_${act}`),
  consequence: t('reporting', `ask_${act}`),
  action: t('reporting', `act_${act}`),
  fields: because.has(act) ? [{ name: 'reason', kind: 'area', label: t('reporting', 'reason') }] : [],
  done: t('reporting', `done_${act}`),
})

/** One report: what it still needs from whom, what the institution says, and the document that comes of it. */
export default function PlanReportPage() {
  const t = useWords()
  const { language } = useLanguage()
  const { id } = useParams({ from: '/inside/plan-reports/$id' })
  const [form, setForm] = useState<CommandForm>()
  const read = useGet<OneReportReply>(`/api/plan-reports/${id}`)
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const of = read.data
  const acts = order.filter((act) => of.acts.includes(act))
  return (
    <div className="view stack">
      <div>
        <p className="no-print">
          <Link to="/plan-reports">{t('reporting', 'title')}</Link>
        </p>
        <h1>{t('reporting', `kind_${of.kind}`)}</h1>
        <p className="lede">
          {language === 'sq' ? of.authorSq : of.authorEn} ·{' '}
          {t('reporting', 'period', { from: fullDate(of.from), to: fullDate(of.to) })} ·{' '}
          {t('reporting', 'due')} {fullDate(of.dueOn)}
          {of.late && (
            <span className="tone" data-tone="late">
              {' · '}
              {t('reporting', 'late')}
            </span>
          )}
        </p>
        <div className="row no-print">
          <ReportStatusChip status={of.status} />
          {acts.map((act, at) => (
            <Button
              key={act}
              kind={at === 0 && act !== 'return' && act !== 'correct' ? 'primary' : 'secondary'}
              onClick={() => setForm(acting(of, act, t))}
            >
              {t('reporting', `act_${act}`)}
            </Button>
          ))}
        </div>
        {of.reason !== null && of.status !== 'PUBLISHED' && (
          <p className="note">{t('reporting', 'returned_because', { reason: of.reason })}</p>
        )}
      </div>
      {of.acts.includes('save') && <Writing key={of.version} of={of} />}
      <Document of={of} />
      <Steps of={of} />
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}

function Document({ of }: { of: OneReportReply }) {
  const t = useWords()
  const { language } = useLanguage()
  const office = useUser().role === 'coordinator'
  const works = office || of.acts.length > 0 || of.content !== null || of.steps.length > 0 || !of.published
  const newest = of.editions[0]?.edition
  const [chosen, setChosen] = useState(newest === undefined ? '' : String(newest))
  const query = { lang: language, edition: chosen === '' ? undefined : chosen }
  const read = useGet<ReportDocument>(`/api/plan-reports/${of.id}/document`, query)
  const file = (ending: string) =>
    `/api/plan-reports/${of.id}/document.${ending}?lang=${language}${chosen === '' ? '' : `&edition=${chosen}`}`
  return (
    <section className="sheet" aria-labelledby="document">
      <div className="sheet-head no-print">
        <h2 id="document">{t('reporting', 'document')}</h2>
        <span className="row push">
          <a href={file('pdf')} download>
            {t('reporting', 'download_pdf')}
          </a>
          <a href={file('xlsx')} download>
            {t('reporting', 'download_excel')}
          </a>
        </span>
      </div>
      <div className="sheet-body stack">
        {of.editions.length > 0 && works && (
          <div className="no-print">
            <SelectField
              label={t('reporting', 'edition_choice')}
              value={chosen}
              onValue={setChosen}
              empty={t('reporting', 'as_now')}
              options={of.editions.map((one) => ({
                value: String(one.edition),
                label: t('reporting', 'as_published', { n: one.edition }),
              }))}
            />
          </div>
        )}
        {read.isPending && <Loading />}
        {read.error && <FailedPart error={read.error} onRetry={() => void read.refetch()} />}
        {read.data && <DocumentView document={read.data} />}
      </div>
    </section>
  )
}

function Steps({ of }: { of: OneReportReply }) {
  const t = useWords()
  const now = useNow()
  return (
    <section className="sheet no-print" aria-labelledby="steps">
      <div className="sheet-head">
        <h2 id="steps">{t('reporting', 'steps')}</h2>
      </div>
      {of.steps.length === 0 && <Empty icon="clock-counter-clockwise" title={t('reporting', 'no_steps')} />}
      {of.steps.map((step) => (
        <div key={step.seq} className="item">
          <div>
            <b>{t('reporting', `status_${step.to}`)}</b>
            <p className="note quiet">
              {longDate(step.at, now)} · {step.by}
              {step.reason !== null && ` · ${step.reason}`}
            </p>
          </div>
        </div>
      ))}
    </section>
  )
}
