import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import type { FormContent } from '#domain/form/definition.ts'
import { byKey, evaluate, fits, missingOf, ofShown } from '#domain/form/evaluate.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { useDraft } from '#web/client/draft.ts'
import { faultsOf } from '#web/client/problem.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import { ErrorSummary, type FaultLine } from '#web/design/Field.tsx'
import { Loading } from '#web/design/States.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { answered, givenIn, type Kept, left, nothing, type Said } from '#web/forms/answers.ts'
import { Scores, Sheets } from '#web/forms/Sheets.tsx'
import { type FormView, useForm } from '#web/forms/types.ts'
import { FailedPart } from '#web/shell/Failed.tsx'
import { Decision, Seen } from './AssessmentParts.tsx'
import { type CaseView, may, useCase } from './types.ts'
import './case.css'

export interface Writing extends Kept {
  readonly seenAt: string
  readonly risk: string
  readonly riskReason: string
  /** The version that was being answered: it stays the one, should a newer take over meanwhile. */
  readonly version: number | null
}
const blank: Writing = { ...nothing, seenAt: '', risk: '', riskReason: '', version: null }

/** An assessment or checklist, drawn from its form as data. Every answer is kept; any order; «save for now» or «finish». */
export default function AssessmentPage() {
  const { id, form: name } = useParams({ from: '/inside/cases/$id/assessment/$form' })
  const read = useCase(id)
  const draft = useDraft<Writing>(`case.assessment.${name}:${id}`, blank)
  const newest = useForm(name)
  const begun = draft.value.version ?? newest.data?.version
  const own = useForm(name, begun)
  const failed = read.error ?? newest.error ?? own.error
  if (failed) return <FailedPart error={failed} onRetry={() => void read.refetch()} />
  if (!read.data || !newest.data || !own.data || !draft.ready) return <Loading />
  return <Fill view={read.data} form={own.data} newest={newest.data.version} draft={draft} />
}

function Fill({
  view,
  form,
  newest,
  draft,
}: {
  view: CaseView
  form: FormView
  newest: number
  draft: ReturnType<typeof useDraft<Writing>>
}) {
  const t = useWords()
  const { language } = useLanguage()
  const navigate = useNavigate()
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const { id } = view
  const content = form.content as FormContent
  const { value: kept, set } = draft
  const send = useCommand({
    onDone: async () => {
      await draft.clear()
      toast(t('casePage', 'assessment_saved'))
      await navigate({ to: '/cases/$id', params: { id }, search: { tab: 'assessments' } })
    },
  })
  const { version } = form
  const onAnswer = useCallback(
    (key: string, value: Said) => set((now) => ({ ...now, ...answered(now, key, value), version })),
    [set, version],
  )
  const onNone = useCallback(
    (key: string, why: string) => set((now) => ({ ...now, ...left(now, key, why), version })),
    [set, version],
  )
  // The letter is on the screen first; what it shows or hides follows.
  const { answers, none } = useDeferredValue(kept)
  const outcome = useMemo(
    () => evaluate(content, byKey(givenIn(content, { answers, none }))),
    [content, answers, none],
  )

  const moves = form.form === 'initial' || form.form === 'comprehensive'
  const finishes = moves && may(view, form.form === 'initial' ? 'finish_initial' : 'finish_comprehensive')
  const act = (finish: boolean) => {
    const given = givenIn(content, kept)
    const now = evaluate(content, byKey(given))
    const shown = ofShown(given, now)
    const line = (key: string, label: { sq: string; en: string }): FaultLine => ({
      field: `f-answers.${key}`,
      message: t('web', 'answer_this', { label: label[language] }),
    })
    const questions = new Map(content.sections.flatMap((s) => s.questions).map((q) => [q.key, q]))
    const unfit = shown.flatMap((a) => {
      const q = questions.get(a.key)
      return q === undefined || fits(q, a) ? [] : [line(q.key, q.label)]
    })
    const wanted: FaultLine[] = [
      ...unfit,
      ...(finish || !moves ? missingOf(content, byKey(shown), now).map((q) => line(q.key, q.label)) : []),
      ...(finish && form.form === 'initial' && kept.risk === ''
        ? [{ field: 'f-risk', message: t('web', 'answer_this', { label: t('casePage', 'risk') }) }]
        : []),
    ]
    setMissing(wanted)
    if (wanted.length > 0) return
    send.mutate({
      type: 'case.record_assessment',
      recordId: id,
      baseVersion: view.version,
      body: {
        form: form.form,
        formVersion: version,
        answers: shown,
        childSeenAt: kept.seenAt ? new Date(kept.seenAt).toISOString() : null,
        risk: kept.risk || null,
        ...(kept.riskReason.trim() ? { riskReason: kept.riskReason } : {}),
        finish,
      },
    })
  }
  const faults = [...missing, ...faultsOf(send.error)]
  const faultOf = (key: string) => faults.find((f) => f.field === `f-${key}`)?.message
  const assessment = form.use === 'assessment'
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
          / {form.title[language]}
        </p>
        <h1>
          {form.title[language]}
          {view.child && `: ${view.child}`}
        </h1>
        <p className="lede">{content.help?.[language] ?? t('casePage', 'assessment_lede')}</p>
      </div>
      {newest !== version && (
        <Callout tone="soon">{t('casePage', 'form_older', { version, newest })}</Callout>
      )}
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
      {assessment && <Seen kept={kept} error={faultOf('childSeenAt')} onChange={set} />}
      <Sheets
        form={content}
        kept={kept}
        outcome={outcome}
        faultOf={(key) => faultOf(`answers.${key}`)}
        onAnswer={onAnswer}
        onNone={onNone}
      />
      <Scores form={content} scores={outcome.scores} />
      <section className="sheet decision">
        <div className="sheet-body stack">
          {assessment && <Decision kept={kept} faultOf={faultOf} onChange={set} />}
          <div className="row">
            {finishes && (
              <Button kind="primary" busy={send.isPending} onClick={() => act(true)}>
                {t('casePage', 'finish')}
              </Button>
            )}
            <Button busy={send.isPending} onClick={() => act(false)} {...(moves ? {} : { kind: 'primary' })}>
              {t('casePage', moves ? 'save_now' : 'form_record')}
            </Button>
          </div>
        </div>
      </section>
    </div>
  )
}
