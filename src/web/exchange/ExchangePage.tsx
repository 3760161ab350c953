import { useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { Role } from '#domain/core.ts'
import { useUser } from '#web/client/session.ts'
import { Loading } from '#web/design/States.tsx'
import { LinkTabs } from '#web/design/Tabs.tsx'
import { useWords } from '#web/design/words.tsx'

const OfficialTab = lazy(() => import('./OfficialTab.tsx'))
const HtcdsTab = lazy(() => import('./HtcdsTab.tsx'))
const ImportedTab = lazy(() => import('./ImportedTab.tsx'))
const ChildrenTab = lazy(() => import('./ChildrenTab.tsx'))
const ListsTab = lazy(() => import('./ListsTab.tsx'))

type Tab = 'official' | 'htcds' | 'imported' | 'children' | 'lists'
const tabsOf = (role: Role): readonly Tab[] =>
  role === 'responsible_authority'
    ? ['official', 'htcds', 'imported', 'children', 'lists']
    : ['children', 'lists']

/** What the trafficking track gives to others and takes from them, by pseudonym or code. */
export default function ExchangePage() {
  const t = useWords()
  const { role } = useUser()
  const search = useSearch({ strict: false })
  const tabs = tabsOf(role)
  const tab = tabs.find((one) => one === search.tab) ?? tabs[0]
  return (
    <div className="view stack">
      <div>
        <h1>{t('exchangePage', 'title')}</h1>
        <p className="lede">
          {t('exchangePage', role === 'responsible_authority' ? 'lede_authority' : 'lede_agency')}
        </p>
      </div>
      <LinkTabs
        label={t('exchangePage', 'tabs')}
        current={tab ?? ''}
        tabs={tabs.map((key) => ({
          key,
          label: t('exchangePage', `tab_${key}`),
          to: '/exchange',
          search: key === tabs[0] ? {} : { tab: key },
        }))}
      />
      <Suspense fallback={<Loading />}>
        {tab === 'official' && <OfficialTab />}
        {tab === 'htcds' && <HtcdsTab />}
        {tab === 'imported' && <ImportedTab />}
        {tab === 'children' && <ChildrenTab />}
        {tab === 'lists' && <ListsTab />}
      </Suspense>
    </div>
  )
}
