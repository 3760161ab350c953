import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import type { FormContent } from '#domain/form/definition.ts'
import { byKey, evaluate, fits, missingOf, ofShown } from '#domain/form/evaluate.ts'
import { mendKinds } from '#domain/supervision/review.ts'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { useDraft } from '#web/client/draft.ts'
import { faultsOf } from '#web/client/problem.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { ErrorSummary, type FaultLine } from '#web/design/Field.tsx'
import { Loading } from '#web/design/States.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { Fields } from '#web/form/Fields.tsx'
import { type FieldSpec, unanswered } from '#web/form/spec.ts'
import { answered, givenIn, type Kept, left, nothing, type Said } from '#web/forms/answers.ts'
import { Scores, Sheets } from '#web/forms/Sheets.tsx'
import { type FormView, useForm } from '#web/forms/types.ts'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ReviewView } from '#wire/supervision.ts'
import './supervision.css'

interface Mend {
  readonly key: string
  readonly kind: string
  readonly dueOn: string
  readonly text: string
}
interface Writing extends Kept {
  readonly mends: readonly Mend[]
}
const blank: Writing = { ...nothing, mends: [] }

/** The checklist of one drawn file, and what is to be mended in it. */
export default function ReviewPage() {
  const { id } = useParams({ from: '/inside/supervision/reviews/$id' })
  const read = useGet<{ items: readonly ReviewView[] }>('/api/supervision/reviews', { review: id })
  const form = useForm('case_review')
  const draft = useDraft<Writing>(`supervision.review:${id}`, blank)
  const review = read.data?.items[0]
  const failed = read.error ?? form.error
  if (failed) return <FailedPart error={failed} onRetry={() => void read.refetch()} />
  if (read.data === undefined || form.data === undefined || !draft.ready) return <Loading />
  if (review === undefined)
    return <FailedPart error={new Error('gone')} onRetry={() => void read.refetch()} />
  return <Fill review={review} form={form.data} draft={draft} />
}

function Fill({
  review,
  form,
  draft,
}: {
  review: ReviewView
  form: FormView
  draft: ReturnType<typeof useDraft<Writing>>
}) {
  const t = useWords()
  const { language } = useLanguage()
  const navigate = useNavigate()
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const content = form.content as FormContent
  const { value: kept, set } = draft
  const send = useCommand({
    onDone: async () => {
      await draft.clear()
      toast(t('supervisionPage', 'review_saved'))
      await navigate({ to: '/supervision', search: { tab: 'reviews' } })
    },
  })
  const onAnswer = useCallback(
    (key: string, value: Said) => set((now) => ({ ...now, ...answered(now, key, value) })),
    [set],
  )
  const onNone = useCallback(
    (key: string, why: string) => set((now) => ({ ...now, ...left(now, key, why) })),
    [set],
  )
  const { answers, none } = kept
  const given = useMemo(() => givenIn(content, { answers, none }), [content, answers, none])
  const outcome = useMemo(() => evaluate(content, byKey(given)), [content, given])
  const mendFields = (n: number): readonly FieldSpec[] => [
    {
      name: `mends.${n}.kind`,
      kind: 'select',
      label: t('supervisionPage', 'mend_kind'),
      options: mendKinds.map((value) => ({ value, label: t('supervisionPage', `kind_${value}`) })),
    },
    { name: `mends.${n}.text`, kind: 'area', label: t('supervisionPage', 'mend_text') },
    { name: `mends.${n}.dueOn`, kind: 'day', label: t('supervisionPage', 'mend_due') },
  ]
  const change = (n: number, mend: Partial<Mend>) =>
    set((now) => ({
      ...now,
      mends: now.mends.map((one, at) => (at === n ? { ...one, ...mend } : one)),
    }))
  const act = () => {
    const shown = ofShown(given, outcome)
    const line = (key: string, label: { sq: string; en: string }): FaultLine => ({
      field: `f-answers.${key}`,
      message: t('web', 'answer_this', { label: label[language] }),
    })
    const questions = new Map(content.sections.flatMap((s) => s.questions).map((q) => [q.key, q]))
    const wanted = [
      ...shown.flatMap((a) => {
        const q = questions.get(a.key)
        return q === undefined || fits(q, a) ? [] : [line(q.key, q.label)]
      }),
      ...missingOf(content, byKey(shown), outcome).map((q) => line(q.key, q.label)),
      ...kept.mends.flatMap((one, n) =>
        unanswered(mendFields(n), {
          [`mends.${n}.kind`]: one.kind,
          [`mends.${n}.text`]: one.text,
          [`mends.${n}.dueOn`]: one.dueOn,
        }).map((f) => ({ field: `f-${f.name}`, message: t('web', 'answer_this', { label: f.label }) })),
      ),
    ]
    setMissing(wanted)
    if (wanted.length > 0) return
    send.mutate({
      type: 'supervision.review_file',
      recordId: review.id,
      body: {
        formVersion: form.version,
        answers: shown,
        mends: kept.mends.map(({ key: _, ...mend }) => mend),
      },
    })
  }
  const faults = [...missing, ...faultsOf(send.error)]
  const faultOf = (key: string) => faults.find((f) => f.field === `f-${key}`)?.message
  return (
    <div className="view stack assessment">
      <div>
        <p className="crumbs">
          <Link to="/supervision" search={{ tab: 'reviews' }}>
            {t('supervisionPage', 'tab_reviews')}
          </Link>{' '}
          / {review.code}
        </p>
        <h1>{t('supervisionPage', 'review_of', { code: review.code })}</h1>
        <p className="lede">{t('supervisionPage', 'review_lede')}</p>
        <p>
          <Link to="/cases/$id" params={{ id: review.caseId }}>
            {t('supervisionPage', 'open_file')}
          </Link>
        </p>
      </div>
      {missing.length > 0 ? (
        <ErrorSummary faults={missing} />
      ) : (
        <CommandFault error={send.error} onInsist={act} />
      )}
      <Sheets
        form={content}
        kept={kept}
        outcome={outcome}
        faultOf={(key) => faultOf(`answers.${key}`)}
        onAnswer={onAnswer}
        onNone={onNone}
      />
      <Scores form={content} scores={outcome.scores} />
      <section className="sheet" aria-labelledby="mends">
        <div className="sheet-head">
          <h2 id="mends">{t('supervisionPage', 'mends')}</h2>
        </div>
        <div className="sheet-body stack">
          {kept.mends.map((one, n) => (
            <fieldset key={one.key} className="stack">
              <legend>{`${t('supervisionPage', 'mends')} ${n + 1}`}</legend>
              <Fields
                fields={mendFields(n)}
                values={{
                  [`mends.${n}.kind`]: one.kind,
                  [`mends.${n}.text`]: one.text,
                  [`mends.${n}.dueOn`]: one.dueOn,
                }}
                faults={faults}
                onChange={(name, value) => change(n, { [name.split('.')[2] ?? '']: value })}
              />
              <p>
                <Button
                  size="table"
                  onClick={() =>
                    set((now) => ({ ...now, mends: now.mends.filter((other) => other.key !== one.key) }))
                  }
                >
                  {t('supervisionPage', 'mend_drop')}
                </Button>
              </p>
            </fieldset>
          ))}
          <p>
            <Button
              icon="plus.bold"
              onClick={() =>
                set((now) => ({
                  ...now,
                  mends: [...now.mends, { key: uuidv7(), kind: '', dueOn: '', text: '' }],
                }))
              }
            >
              {t('supervisionPage', 'mend_add')}
            </Button>
          </p>
        </div>
      </section>
      <section className="sheet decision">
        <div className="sheet-body">
          <Button kind="primary" busy={send.isPending} onClick={act}>
            {t('supervisionPage', 'review_save')}
          </Button>
        </div>
      </section>
    </div>
  )
}
