import { Segments, TextArea } from '#web/design/Field.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import type { Item, ScreeningSet } from './types.ts'

/** The questions that this child (or adult), with these suspected forms, is asked about. */
export const asked = (
  set: ScreeningSet,
  forms: readonly string[],
  subject: 'child' | 'adult' = 'child',
): readonly Item[] =>
  set.items.filter(
    (item) =>
      item.appliesTo.includes(subject) &&
      (item.forms.includes('all') ||
        forms.length === 0 ||
        forms.includes('unknown') ||
        item.forms.some((f) => forms.includes(f))),
  )

/** One element: yes, no or not known, and for a yes what shows it. */
export function Question({
  item,
  answer,
  note,
  error,
  onAnswer,
  onNote,
}: {
  item: Item
  answer: string
  note: string
  error: string | undefined
  onAnswer: (value: string) => void
  onNote: (value: string) => void
}) {
  const t = useWords()
  const { language } = useLanguage()
  return (
    <li className="element" data-yes={answer === 'yes' || undefined}>
      <div className="element-ask">
        <p>{item[language]}</p>
        <Segments
          wide
          label={item[language]}
          value={answer}
          onValue={onAnswer}
          options={[
            { value: 'yes', label: t('web', 'yes') },
            { value: 'no', label: t('web', 'no') },
            { value: 'unknown', label: t('web', 'unknown_not_known') },
          ]}
        />
      </div>
      {answer === 'yes' && (
        <TextArea
          id={`f-${item.code}`}
          label={t('screeningPage', 'what_shows')}
          value={note}
          onValue={onNote}
          error={error}
          rows={2}
        />
      )}
    </li>
  )
}
