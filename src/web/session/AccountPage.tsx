import { useWords } from '#web/design/words.tsx'

export default function AccountPage() {
  const t = useWords()
  return (
    <div className="view">
      <h1>{t('web', 'nav_account')}</h1>
    </div>
  )
}
