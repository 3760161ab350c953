import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { FilterTabs, LinkTabs } from '#web/design/Tabs.tsx'
import { useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { Breaches } from './Breaches.tsx'
import { Grants } from './Grants.tsx'
import { Holds, Keeping } from './Keeping.tsx'
import { Openings } from './Openings.tsx'
import { Requests } from './Requests.tsx'

const tabs = ['openings', 'grants', 'requests', 'breaches', 'retention', 'holds'] as const

/** The day of the data protection officer. */
export default function PrivacyPage() {
  const t = useWords()
  const search = useSearch({ strict: false })
  const tab = tabs.find((one) => one === search.tab) ?? 'openings'
  const [form, setForm] = useState<CommandForm>()
  const [box, setBox] = useState<'waiting' | 'reviewed'>('waiting')
  return (
    <div className="view stack">
      <div>
        <h1>{t('privacyPage', 'title')}</h1>
        <p className="lede">{t('privacyPage', 'lede')}</p>
      </div>
      <LinkTabs
        label={t('privacyPage', 'title')}
        current={tab}
        tabs={tabs.map((key) => ({
          key,
          label: t('privacyPage', `tab_${key}`),
          to: '/privacy',
          search: key === 'openings' ? {} : { tab: key },
        }))}
      />
      <h2 className="only-heard">{t('privacyPage', `tab_${tab}`)}</h2>
      {tab === 'openings' && (
        <>
          <FilterTabs
            label={t('privacyPage', 'tab_openings')}
            current={box}
            onPick={(key) => setBox(key === 'reviewed' ? 'reviewed' : 'waiting')}
            tabs={[
              { key: 'waiting', label: t('privacyPage', 'box_waiting') },
              { key: 'reviewed', label: t('privacyPage', 'box_reviewed') },
            ]}
          />
          <Openings key={box} box={box} empty={t('privacyPage', 'openings_none')} officer onForm={setForm} />
        </>
      )}
      {tab === 'grants' && <Grants box="all" empty={t('privacyPage', 'grants_none')} onForm={setForm} />}
      {tab === 'requests' && <Requests onForm={setForm} />}
      {tab === 'breaches' && <Breaches onForm={setForm} />}
      {tab === 'retention' && <Keeping onForm={setForm} />}
      {tab === 'holds' && <Holds onForm={setForm} />}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
