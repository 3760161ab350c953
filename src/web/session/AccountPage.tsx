import { useUser } from '#web/client/session.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { FactorPart } from './FactorPart.tsx'
import { PasswordPart } from './PasswordPart.tsx'
import { SessionsPart } from './SessionsPart.tsx'
import { TokensPart } from './TokensPart.tsx'

/** How one signs in, and where one is signed in. */
export default function AccountPage() {
  const t = useWords()
  const { language } = useLanguage()
  const user = useUser()
  return (
    <div className="view stack">
      <h1>{user.name}</h1>
      <dl className="pairs">
        <div>
          <dt>{t('account', 'login')}</dt>
          <dd>{user.login}</dd>
        </div>
        <div>
          <dt>{t('account', 'role')}</dt>
          <dd>{t('web', `role_${user.role}`)}</dd>
        </div>
        <div>
          <dt>{t('account', 'unit')}</dt>
          <dd>{language === 'sq' ? user.unit.nameSq : user.unit.nameEn}</dd>
        </div>
      </dl>
      <SessionsPart />
      <FactorPart />
      <PasswordPart />
      <TokensPart />
    </div>
  )
}
