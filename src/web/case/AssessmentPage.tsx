import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { useDraft } from '#web/client/draft.ts'
import { faultsOf } from '#web/client/problem.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import { ErrorSummary, type FaultLine, Field, RadioField, TextArea } from '#web/design/Field.tsx'
import { Loading } from '#web/design/States.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { type Answer, Asked } from './Asked.tsx'
import { type Form, may, useCase, useForms } from './types.ts'
import './case.css'

interface Kept {
  answers: Record<string, Answer>
  none: Record<string, string>
  seenAt: string
  risk: string
  riskReason: string
}

const bodyOf = (form: Form, kept: Kept, finish: boolean) => ({
  form: form.form,
  formVersion: form.version,
  answers: form.sections
    .flatMap((s) => s.questions)
    .flatMap((q): readonly { key: string; none?: string; value?: unknown }[] => {
      const why = kept.none[q.key]
      if (why) return [{ key: q.key, none: why }]
      const said = kept.answers[q.key]
      if (said === undefined || said === '' || said.length === 0) return []
      if (q.kind === 'yes_no') return [{ key: q.key, value: said === 'yes' }]
      if (q.kind === 'scale') return [{ key: q.key, value: Number(said) }]
      return [{ key: q.key, value: said }]
    }),
  childSeenAt: kept.seenAt ? new Date(kept.seenAt).toISOString() : null,
  risk: kept.risk || null,
  ...(kept.riskReason.trim() ? { riskReason: kept.riskReason } : {}),
  finish,
})

/** An assessment, drawn from its form as data. Every answer is kept; any order; «save for now» or «finish». */
export default function AssessmentPage() {
  const t = useWords()
  const { language } = useLanguage()
  const { id, form: name } = useParams({ from: '/inside/cases/$id/assessment/$form' })
  const navigate = useNavigate()
  const read = useCase(id)
  const form = useForms().find((f) => f.form === name)
  const draft = useDraft<Kept>(`case.assessment.${name}:${id}`, {
    answers: {},
    none: {},
    seenAt: '',
    risk: '',
    riskReason: '',
  })
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const send = useCommand({
    onDone: async () => {
      await draft.clear()
      toast(t('casePage', 'assessment_saved'))
      await navigate({ to: '/cases/$id', params: { id } })
    },
  })
  if (read.isError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (!read.data || !form || !draft.ready) return <Loading />
  const view = read.data
  const kept = draft.value
  const finishes =
    may(view, name === 'initial' ? 'finish_initial' : 'finish_comprehensive') && name !== 'best_interests'
  const act = (finish: boolean) => {
    const wanted: FaultLine[] = finish
      ? [
          ...form.sections
            .flatMap((s) => s.questions)
            .filter((q) => q.required && !kept.none[q.key] && !kept.answers[q.key]?.length)
            .map((q) => ({
              field: `f-answers.${q.key}`,
              message: t('web', 'answer_this', { label: q.label[language] }),
            })),
          ...(name === 'initial' && kept.risk === ''
            ? [{ field: 'f-risk', message: t('web', 'answer_this', { label: t('casePage', 'risk') }) }]
            : []),
        ]
      : []
    setMissing(wanted)
    if (wanted.length > 0) return
    send.mutate({
      type: 'case.record_assessment',
      recordId: id,
      baseVersion: view.version,
      body: bodyOf(form, kept, finish),
    })
  }
  const faults = [...missing, ...faultsOf(send.error)]
  const faultOf = (key: string) => faults.find((f) => f.field === `f-${key}`)?.message
  return (
    <div className="view stack assessment">
      <div>
        <p className="crumbs">
          <Link to="/cases" activeOptions={{ exact: true }}>
            {t('casePage', 'title')}
          </Link>{' '}
          /{' '}
          <Link to="/cases/$id" params={{ id }} activeOptions={{ exact: true }}>
            {view.code}
          </Link>{' '}
          / {t('casePage', `form_${form.form}`)}
        </p>
        <h1>
          {form.title[language]}
          {view.child && `: ${view.child}`}
        </h1>
        <p className="lede">{t('casePage', 'assessment_lede')}</p>
      </div>
      {!form.verified && (
        <Callout>
          <details>
            <summary>{t('casePage', 'form_unverified')}</summary>
            <p className="note">{form.source}</p>
          </details>
        </Callout>
      )}
      {missing.length > 0 ? (
        <ErrorSummary faults={missing} />
      ) : (
        <CommandFault error={send.error} onInsist={() => act(finishes)} />
      )}
      <section className="sheet">
        <div className="sheet-body stack">
          <Field
            label={t('casePage', 'child_seen_at')}
            hint={t('casePage', 'child_seen_hint')}
            id="f-childSeenAt"
            error={faultOf('childSeenAt')}
          >
            {(c) => (
              <input
                {...c}
                type="datetime-local"
                data-short=""
                value={kept.seenAt}
                onChange={(e) => draft.set({ seenAt: e.target.value })}
              />
            )}
          </Field>
        </div>
      </section>
      {form.sections.map((section) => (
        <section className="sheet" key={section.title.en}>
          <div className="sheet-head">
            <h2>{section.title[language]}</h2>
          </div>
          <div className="sheet-body stack">
            {section.questions.map((q) => (
              <Asked
                key={q.key}
                q={q}
                value={kept.answers[q.key] ?? ''}
                none={kept.none[q.key] ?? ''}
                error={faultOf(`answers.${q.key}`)}
                onAnswer={(v) =>
                  draft.set((now) => ({
                    ...now,
                    answers: { ...now.answers, [q.key]: v },
                    none: { ...now.none, [q.key]: '' },
                  }))
                }
                onNone={(why) =>
                  draft.set((now) => ({
                    ...now,
                    none: { ...now.none, [q.key]: why },
                    answers: why ? { ...now.answers, [q.key]: '' } : now.answers,
                  }))
                }
              />
            ))}
          </div>
        </section>
      ))}
      <section className="sheet decision">
        <div className="sheet-body stack">
          <div>
            <h2>{t('casePage', 'you_decide')}</h2>
            <p className="note quiet">{t('casePage', 'risk_more')}</p>
          </div>
          <RadioField
            id="f-risk"
            label={t('casePage', 'risk')}
            error={faultOf('risk')}
            value={kept.risk}
            onValue={(risk) => draft.set({ risk })}
            options={(['immediate', 'high', 'medium', 'low'] as const).map((value) => ({
              value,
              label: t('web', `risk_long_${value}`),
            }))}
          />
          <TextArea
            id="f-riskReason"
            label={t('casePage', 'risk_reason')}
            hint={t('casePage', 'risk_reason_hint')}
            error={faultOf('riskReason')}
            value={kept.riskReason}
            onValue={(riskReason) => draft.set({ riskReason })}
          />
          <div className="row">
            {finishes && (
              <Button kind="primary" busy={send.isPending} onClick={() => act(true)}>
                {t('casePage', 'finish')}
              </Button>
            )}
            <Button busy={send.isPending} onClick={() => act(false)}>
              {t('casePage', 'save_now')}
            </Button>
          </div>
        </div>
      </section>
    </div>
  )
}
