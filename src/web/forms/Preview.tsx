import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import type { FormContent } from '#domain/form/definition.ts'
import { byKey, evaluate } from '#domain/form/evaluate.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { answered, givenIn, left, nothing, type Said } from './answers.ts'
import { Scores, Sheets } from './Sheets.tsx'

/** The form as a worker will see it, to be tried out: conditions and scores work, nothing is kept. */
export function Preview({ form: latest }: { form: FormContent }) {
  const t = useWords()
  const { language } = useLanguage()
  const form = useDeferredValue(latest)
  const [kept, setKept] = useState(nothing)
  const onAnswer = useCallback((key: string, value: Said) => setKept((now) => answered(now, key, value)), [])
  const onNone = useCallback((key: string, why: string) => setKept((now) => left(now, key, why)), [])
  const outcome = useMemo(() => evaluate(form, byKey(givenIn(form, kept))), [form, kept])
  return (
    <section className="stack" aria-label={t('formPage', 'preview')}>
      <div>
        <p className="quiet">{t('formPage', 'preview_more')}</p>
        <h2>{form.title[language]}</h2>
        {form.help && <p>{form.help[language]}</p>}
      </div>
      <Sheets
        form={form}
        kept={kept}
        outcome={outcome}
        faultOf={() => undefined}
        onAnswer={onAnswer}
        onNone={onNone}
      />
      <Scores form={form} scores={outcome.scores} />
    </section>
  )
}
