import { useState } from 'react'
import { useUser } from '#web/client/session.ts'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { useWords } from '#web/design/words.tsx'
import { Agreements, Contacts } from './Contacts.tsx'
import { Received } from './Received.tsx'
import { SentList } from './SentList.tsx'

/** Other countries: contacts and agreements for all who arrange returns; packets for those whose they are. */
export default function PacketsPage() {
  const t = useWords()
  const { role } = useUser()
  const tabs = [
    ...(role === 'responsible_authority' ? (['received'] as const) : []),
    ...(role === 'responsible_authority' || role === 'social_service' ? (['sent'] as const) : []),
    'contacts' as const,
    'agreements' as const,
  ]
  const [tab, setTab] = useState<(typeof tabs)[number]>(tabs[0] ?? 'contacts')
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('packetPage', 'title')}</h1>
          <p className="lede">{t('packetPage', 'lede')}</p>
        </div>
      </div>
      <FilterTabs
        label={t('packetPage', 'title')}
        current={tab}
        onPick={(key) => setTab(tabs.find((one) => one === key) ?? 'contacts')}
        tabs={tabs.map((key) => ({ key, label: t('packetPage', `tab_${key}`) }))}
      />
      {tab === 'received' && <Received />}
      {tab === 'sent' && <SentList />}
      {tab === 'contacts' && <Contacts />}
      {tab === 'agreements' && <Agreements />}
    </div>
  )
}
