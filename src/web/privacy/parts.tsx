import type { ReactNode } from 'react'
import { exactTime } from '#web/design/time.ts'
import { sayCode, useWords } from '#web/design/words.tsx'
import '#web/net/net.css'

export function Line({ term, children }: { term: string; children: ReactNode }) {
  return children === '' || children === null ? null : (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** What was said in words, in its order. */
export function Words({ words }: { words: readonly { name: string; body: string; at: string }[] }) {
  return words.map((word) => (
    <Line key={`${word.name} ${word.at}`} term={sayCode('privacyPage', `word_${word.name}`)}>
      {word.body} <small className="quiet">{exactTime(word.at)}</small>
    </Line>
  ))
}

/** Who, in which role and unit. */
export function Who({ one }: { one: { user: string; role: string; unit: { sq: string; en: string } } }) {
  const t = useWords()
  const unit = sayCode('web', `role_${one.role}`)
  return <>{t('privacyPage', 'by_who', { name: one.user, unit })}</>
}
