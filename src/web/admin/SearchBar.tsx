import { type ReactNode, useDeferredValue, useState } from 'react'
import { TextField } from '#web/design/Field.tsx'
import { useWords } from '#web/design/words.tsx'

/** What is searched for, a moment after it was written; empty means everything. */
export const useSearch = () => {
  const [text, setText] = useState('')
  const settled = useDeferredValue(text).trim()
  return { text, setText, q: settled === '' ? undefined : settled }
}

export function SearchBar({
  search,
  children,
}: {
  search: ReturnType<typeof useSearch>
  children?: ReactNode
}) {
  const t = useWords()
  return (
    <div className="spread">
      <TextField label={t('admin', 'search')} value={search.text} onValue={search.setText} type="search" />
      {children}
    </div>
  )
}
