import { useState } from 'react'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { Button } from '#web/design/Button.tsx'
import { CheckField, ErrorSummary, type FaultLine, RadioField } from '#web/design/Field.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import type { CourseView, Question } from '#wire/learning.ts'

type Open = NonNullable<CourseView['open']>

/** The questions one under the other; nothing is chosen beforehand, and the answers are marked where they stay. */
export function Test({ attempt, onDone }: { attempt: Open; onDone: (attemptId: string) => void }) {
  const t = useWords()
  const { language } = useLanguage()
  const [given, setGiven] = useState<Readonly<Record<string, readonly string[]>>>({})
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const send = useCommand({ onDone: () => onDone(attempt.id) })
  const total = attempt.questions.length
  const handIn = () => {
    const open = attempt.questions.filter((one) => (given[one.id]?.length ?? 0) === 0)
    const lines = open.map((one) => ({
      field: `f-${one.id}`,
      message: t('web', 'answer_this', {
        label: t('learning', 'question_number', { number: attempt.questions.indexOf(one) + 1, total }),
      }),
    }))
    setMissing(lines)
    if (lines.length > 0) return
    send.mutate({
      type: 'course.submit',
      recordId: attempt.id,
      body: { answers: attempt.questions.map((one) => ({ questionId: one.id, keys: given[one.id] })) },
    })
  }
  const field = (question: Question, number: number) => {
    const keys = given[question.id] ?? []
    const set = (next: readonly string[]) => setGiven((now) => ({ ...now, [question.id]: next }))
    const common = {
      id: `f-${question.id}`,
      label: `${t('learning', 'question_number', { number, total })}: ${language === 'sq' ? question.textSq : question.textEn}`,
      error: missing.find((one) => one.field === `f-${question.id}`)?.message,
      options: question.options.map((one) => ({ value: one.key, label: one[language] })),
    }
    return question.many ? (
      <CheckField key={question.id} {...common} hint={t('learning', 'many')} values={keys} onValues={set} />
    ) : (
      <RadioField key={question.id} {...common} value={keys[0] ?? ''} onValue={(key) => set([key])} />
    )
  }
  return (
    <form
      className="sheet sheet-body stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        handIn()
      }}
    >
      {missing.length > 0 ? (
        <ErrorSummary faults={missing} />
      ) : (
        <CommandFault error={send.error} onInsist={handIn} onKeep={() => send.reset()} />
      )}
      {attempt.questions.map((question, i) => field(question, i + 1))}
      <div className="row">
        <Button type="submit" kind="primary" busy={send.isPending}>
          {t('learning', 'hand_in')}
        </Button>
      </div>
    </form>
  )
}
