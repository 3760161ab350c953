import { useState } from 'react'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { useWords } from '#web/design/words.tsx'
import { InstitutionsPart } from './InstitutionsPart.tsx'
import { UnitsPart } from './UnitsPart.tsx'
import { UsersPart } from './UsersPart.tsx'

/** Accounts and the bodies they belong to. */
export default function AdminPage() {
  const t = useWords()
  const [tab, setTab] = useState('users')
  const tabs = (['users', 'units', 'institutions'] as const).map((key) => ({
    key,
    label: t('admin', `tab_${key}`),
  }))
  return (
    <div className="view stack">
      <div>
        <h1>{t('admin', 'title')}</h1>
        <p className="lede">{t('admin', 'no_cases')}</p>
      </div>
      <FilterTabs label={t('admin', 'title')} tabs={tabs} current={tab} onPick={setTab} />
      {tab === 'users' && <UsersPart />}
      {tab === 'units' && <UnitsPart />}
      {tab === 'institutions' && <InstitutionsPart />}
    </div>
  )
}
