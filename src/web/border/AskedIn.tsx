import { useEffect, useRef, useState } from 'react'
import { Button } from '#web/design/Button.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import type { Asked } from './AsidePage.tsx'

type Answer = 'yes' | 'no' | 'unclear'

/**
 * One question at a time, large, in the person's language with that language's direction; beneath it, small, what the officer reads. A
 * press answers and goes on.
 */
export function AskedIn({
  asked,
  language,
  subject,
  busy,
  onAnswers,
}: {
  asked: Asked
  language: string
  subject: 'child' | 'adult'
  busy: boolean
  onAnswers: (answers: readonly { code: string; answer: Answer }[]) => void
}) {
  const t = useWords()
  const own = useLanguage().language
  const spoken = asked.languages.find((one) => one.code === language)
  const questions = asked.questions.filter((one) => one.of.includes(subject))
  const [at, setAt] = useState(0)
  const [given, setGiven] = useState<Readonly<Record<string, Answer>>>({})
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (at >= 0) head.current?.focus()
  }, [at])
  const question = questions[at]
  if (spoken === undefined || question === undefined) return null
  const answer = (value: Answer) => {
    const all = { ...given, [question.code]: value }
    setGiven(all)
    if (at + 1 < questions.length) setAt(at + 1)
    else onAnswers(questions.map(({ code }) => ({ code, answer: all[code] ?? 'unclear' })))
  }
  return (
    <section className="border-asked stack">
      <p className="quiet">{t('borderPage', 'question_n', { n: at + 1, of: questions.length })}</p>
      {at === 0 && (
        <p lang={spoken.code} dir={spoken.dir}>
          {spoken.intro}
        </p>
      )}
      <h1 className="border-asked-text" ref={head} tabIndex={-1} lang={spoken.code} dir={spoken.dir}>
        {question.text[language]}
      </h1>
      {language !== own && (
        <p className="note quiet">{t('borderPage', 'in_own', { text: question.text[own] ?? '' })}</p>
      )}
      <div className="border-asked-answers" dir={spoken.dir}>
        {(['yes', 'no', 'unclear'] as const).map((value) => (
          <button
            key={value}
            type="button"
            className="big-choice"
            aria-pressed={given[question.code] === value}
            disabled={busy}
            lang={spoken.code}
            onClick={() => answer(value)}
          >
            <b>{spoken[value]}</b>
          </button>
        ))}
      </div>
      {at > 0 && (
        <Button kind="quiet" icon="caret-left" onClick={() => setAt(at - 1)}>
          {t('borderPage', 'back')}
        </Button>
      )}
    </section>
  )
}
