import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { Restricted } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { fullDate, nearDate } from '#web/design/time.ts'
import { type Say, useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ReadAssessment } from '#wire/case.ts'
import { type CaseView, type Form, may, useForms } from './types.ts'

type Question = Form['sections'][number]['questions'][number]
const forms = ['initial', 'comprehensive', 'best_interests'] as const

const answerWords = (value: unknown, q: Question, language: 'sq' | 'en', t: Say): string => {
  const label = (v: unknown) => q.options?.find((o) => o.value === v)?.label[language] ?? String(v)
  if (typeof value === 'boolean') return t('web', value ? 'yes' : 'no')
  if (Array.isArray(value)) return value.map(label).join(', ')
  if (value && typeof value === 'object' && 'none' in value)
    return t('casePage', `none_${String(value.none) as 'not_known'}`)
  if (typeof value === 'string' && q.kind === 'day') return fullDate(value)
  return label(value)
}

function Answers({ caseId, id }: { caseId: string; id: string }) {
  const t = useWords()
  const { language } = useLanguage()
  const read = useGet<z.output<typeof ReadAssessment.reply>>(`/api/cases/${caseId}/assessments/${id}`)
  const form = useForms().find((f) => f.form === read.data?.form)
  if (read.isError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (!read.data || !form) return <Loading />
  const answers = new Map(read.data.answers.map((a) => [a.key, a.value]))
  return (
    <div className="stack">
      {form.sections.map((section) => {
        const said = section.questions.filter((q) => answers.has(q.key))
        if (said.length === 0) return null
        return (
          <div key={section.title.en}>
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
      {read.data.hidden.length > 0 && <Restricted>{t('casePage', 'answers_hidden')}</Restricted>}
    </div>
  )
}

/** Assessments made, newest first, and those that can be made now. */
export function AssessmentsTab({ view }: { view: CaseView }) {
  const t = useWords()
  const now = useNow()
  const [open, setOpen] = useState<string>()
  return (
    <div className="stack">
      {may(view, 'record_assessment') && (
        <div className="row">
          {forms.map((form) => (
            <Link
              key={form}
              className="button"
              to="/cases/$id/assessment/$form"
              params={{ id: view.id, form }}
            >
              {t('casePage', `form_${form}`)}
            </Link>
          ))}
        </div>
      )}
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
              <b>{t('casePage', `form_${a.form}`)}</b>
              <span className="quiet">
                {nearDate(a.at, now)}
                {a.by && `, ${a.by}`}
              </span>
            </summary>
            {open === a.id && <Answers caseId={view.id} id={a.id} />}
          </details>
        ))}
      </div>
    </div>
  )
}
