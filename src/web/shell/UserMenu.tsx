import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type SignedIn, useUser } from '#web/client/session.ts'
import { signOut } from '#web/client/sign-in.ts'
import { Button } from '#web/design/Button.tsx'
import { SelectField } from '#web/design/Field.tsx'
import { Icon } from '#web/design/Icon.tsx'
import { type Say, useLanguage, useWords } from '#web/design/words.tsx'
import { type Preferences, prefer, usePreferences } from './preferences.ts'

/** Role and unit; once, where a unit is called like its role. */
export const standingOf = (user: SignedIn, t: Say, language: 'sq' | 'en'): string => {
  const role = t('web', `role_${user.role}`)
  const unit = language === 'sq' ? user.unit.nameSq : user.unit.nameEn
  return role === unit ? role : `${role}, ${unit}`
}

/** Account, looks and leaving; the same on a wide screen and behind «Më shumë» on a phone. */
export function UserMenu({ onKeys }: { onKeys?: () => void; onLeave?: () => void }) {
  const t = useWords()
  const user = useUser()
  const look = usePreferences()
  const { language, choose } = useLanguage()
  const navigate = useNavigate()
  const queries = useQueryClient()
  return (
    <div className="user-menu stack">
      <p>
        <b>{user.name}</b>
        <br />
        <span className="note quiet">{standingOf(user, t, language)}</span>
      </p>
      <Link to="/account" className="more-link">
        <Icon name="user" />
        {t('web', 'nav_account')}
      </Link>
      <SelectField
        label={t('web', 'language')}
        value={language}
        onValue={(v) => choose(v === 'en' ? 'en' : 'sq')}
        options={[
          { value: 'sq', label: 'Shqip' },
          { value: 'en', label: 'English' },
        ]}
      />
      <SelectField
        label={t('web', 'theme')}
        value={look.theme}
        onValue={(v) => prefer({ theme: (v || 'system') as Preferences['theme'] })}
        options={(['system', 'light', 'dark'] as const).map((v) => ({
          value: v,
          label: t('web', `theme_${v}`),
        }))}
      />
      <SelectField
        label={t('web', 'density')}
        value={look.density}
        onValue={(v) => prefer({ density: v === 'compact' ? 'compact' : 'roomy' })}
        options={(['roomy', 'compact'] as const).map((v) => ({ value: v, label: t('web', `density_${v}`) }))}
      />
      <SelectField
        label={t('web', 'single_keys')}
        value={look.keys}
        onValue={(v) => prefer({ keys: v === 'off' ? 'off' : 'on' })}
        options={(['on', 'off'] as const).map((v) => ({ value: v, label: t('web', `keys_${v}`) }))}
      />
      {onKeys && (
        <Button kind="quiet" icon="keyboard" onClick={onKeys}>
          {t('web', 'keyboard')}
        </Button>
      )}
      <Button
        icon="sign-out"
        wide
        onClick={async () => {
          await signOut()
          queries.clear()
          await navigate({ to: '/sign-in' })
        }}
      >
        {t('web', 'sign_out')}
      </Button>
    </div>
  )
}
