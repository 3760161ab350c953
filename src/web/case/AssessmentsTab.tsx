import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import type { FormContent, Question } from '#domain/form/definition.ts'
import { useGet } from '#web/client/api.ts'
import { Callout, Restricted } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { fullDate, nearDate } from '#web/design/time.ts'
import { type Say, useLanguage, useWords } from '#web/design/words.tsx'
import { TakePaper } from '#web/document/TakePaper.tsx'
import { Scores } from '#web/forms/Sheets.tsx'
import { useForm, useFormsInForce } from '#web/forms/types.ts'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ReadAssessment } from '#wire/case.ts'
import { type CaseView, may } from './types.ts'

type Read = z.output<typeof ReadAssessment.reply>

const answerWords = (value: unknown, q: Question, language: 'sq' | 'en', t: Say): string => {
  const label = (v: unknown) => q.options?.find((o) => o.value === v)?.label[language] ?? String(v)
  if (typeof value === 'boolean') return t('web', value ? 'yes' : 'no')
  if (Array.isArray(value)) return value.map(label).join(', ')
  if (value && typeof value === 'object' && 'none' in value)
    return t('casePage', `none_${String(value.none) as 'not_known'}`)
  if (typeof value === 'string' && q.kind === 'day') return fullDate(value)
  return label(value)
}

/** The answers under the very version of the form that asked. */
function Answered({ read }: { read: Read }) {
  const t = useWords()
  const { language } = useLanguage()
  const form = useForm(read.form, read.formVersion)
  if (form.isLoadingError) return <FailedPart error={form.error} onRetry={() => void form.refetch()} />
  if (!form.data) return <Loading />
  const content = form.data.content as FormContent
  const answers = new Map(read.answers.map((a) => [a.key, a.value]))
  const sums = (content.scores ?? []).flatMap(({ key }) => {
    const sum = answers.get(key)
    return typeof sum === 'number' ? [[key, sum] as const] : []
  })
  return (
    <div className="stack">
      {read.newer !== null && (
        <Callout>{t('casePage', 'form_of_older', { version: read.formVersion, newest: read.newer })}</Callout>
      )}
      {content.sections.map((section) => {
        const said = section.questions.filter((q) => answers.has(q.key))
        if (said.length === 0) return null
        return (
          <div key={section.questions[0]?.key ?? section.title.en}>
            <h4>{section.title[language]}</h4>
            <dl className="pairs">
              {said.map((q) => (
                <div key={q.key}>
                  <dt>{q.label[language]}</dt>
                  <dd className="narrative">{answerWords(answers.get(q.key), q, language, t)}</dd>
                </div>
              ))}
            </dl>
          </div>
        )
      })}
      <Scores form={content} scores={Object.fromEntries(sums)} />
      {read.hidden.length > 0 && <Restricted>{t('casePage', 'answers_hidden')}</Restricted>}
    </div>
  )
}

function Answers({ caseId, id }: { caseId: string; id: string }) {
  const read = useGet<Read>(`/api/cases/${caseId}/assessments/${id}`)
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  return read.data ? <Answered read={read.data} /> : <Loading />
}

const paperOf = (form: string) => (form === 'initial' ? 'initial_assessment' : 'comprehensive_assessment')
/** Checklists have no paper of their own. */
const printed = (form: string, view: CaseView): boolean =>
  ['initial', 'comprehensive', 'best_interests'].includes(form) && view.papers.includes(paperOf(form))

/** Assessments and checklists made, newest first, and those that can be made now. */
export function AssessmentsTab({ view }: { view: CaseView }) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const forms = useFormsInForce()
  const [open, setOpen] = useState<string>()
  const allowed = { assessment: may(view, 'record_assessment'), checklist: may(view, 'record_checklist') }
  const titleOf = (key: string) => forms.find((form) => form.form === key)?.title[language] ?? key
  return (
    <div className="stack">
      {(['assessment', 'checklist'] as const).map((use) => {
        const own = forms.filter((form) => form.use === use)
        if (!allowed[use] || own.length === 0) return null
        return (
          <nav key={use} aria-label={t('casePage', `forms_${use}`)}>
            <h3 className="side-title">{t('casePage', `forms_${use}`)}</h3>
            <div className="row">
              {own.map(({ form, title }) => (
                <Link
                  key={form}
                  className="button"
                  to="/cases/$id/assessment/$form"
                  params={{ id: view.id, form }}
                >
                  {title[language]}
                </Link>
              ))}
            </div>
          </nav>
        )
      })}
      <div className="sheet">
        {view.assessments.length === 0 && (
          <Empty icon="list-checks" title={t('casePage', 'assessments_none')} />
        )}
        {[...view.assessments].reverse().map((a) => (
          <details
            key={a.id}
            className="fold"
            open={open === a.id}
            onToggle={(e) => e.currentTarget.open && setOpen(a.id)}
          >
            <summary>
              <b>{titleOf(a.form)}</b>
              <span className="quiet">
                {nearDate(a.at, now)}
                {a.by && `, ${a.by}`}
                {a.version !== null && `, ${t('casePage', 'form_version', { version: a.version })}`}
              </span>
            </summary>
            {open === a.id && (
              <>
                <Answers caseId={view.id} id={a.id} />
                {printed(a.form, view) && (
                  <div className="row no-print">
                    <TakePaper
                      caseId={view.id}
                      kind={paperOf(a.form)}
                      id={a.id}
                      label={t('documentPage', 'print_assessment')}
                      about={`${titleOf(a.form)}, ${nearDate(a.at, now)}`}
                    />
                  </div>
                )}
              </>
            )}
          </details>
        ))}
      </div>
    </div>
  )
}
