import { useWords } from '#web/design/words.tsx'

export default function WorkPage() {
  const t = useWords()
  return (
    <div className="view">
      <h1>{t('work', 'title')}</h1>
    </div>
  )
}
