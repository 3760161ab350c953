import { useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { Role } from '#domain/core.ts'
import { useUser } from '#web/client/session.ts'
import { Loading } from '#web/design/States.tsx'
import { LinkTabs } from '#web/design/Tabs.tsx'
import { useWords } from '#web/design/words.tsx'
import './supervision.css'

const LoadTab = lazy(() => import('./LoadTab.tsx'))
const UnitsTab = lazy(() => import('./UnitsTab.tsx'))
const FilesTab = lazy(() => import('./FilesTab.tsx'))
const ReviewsTab = lazy(() => import('./ReviewsTab.tsx'))
const TalksTab = lazy(() => import('./TalksTab.tsx'))
const AbsenceTab = lazy(() => import('./AbsenceTab.tsx'))

type Tab = 'load' | 'files' | 'reviews' | 'talks' | 'absence'
const tabsOf = (role: Role): readonly Tab[] => {
  if (role === 'cpu_head') return ['load', 'files', 'reviews', 'talks', 'absence']
  return role === 'cpw' ? ['files', 'talks', 'absence'] : ['load', 'reviews']
}

/** Load, files, reviews, talks and days of absence: for those who work, those who lead them, and the State Agency. */
export default function SupervisionPage() {
  const t = useWords()
  const { role } = useUser()
  const search = useSearch({ strict: false })
  const tabs = tabsOf(role)
  const tab = tabs.find((one) => one === search.tab) ?? tabs[0]
  const head = role === 'cpu_head'
  return (
    <div className="view stack">
      <div>
        <h1>{t('supervisionPage', 'title')}</h1>
        <p className="lede">
          {t('supervisionPage', head ? 'lede_head' : role === 'cpw' ? 'lede_cpw' : 'lede_agency')}
        </p>
      </div>
      <LinkTabs
        label={t('supervisionPage', 'tabs')}
        current={tab ?? ''}
        tabs={tabs.map((key) => ({
          key,
          label: t('supervisionPage', `tab_${key}`),
          to: '/supervision',
          search: key === tabs[0] ? {} : { tab: key },
        }))}
      />
      <Suspense fallback={<Loading />}>
        {tab === 'load' && (head ? <LoadTab /> : <UnitsTab />)}
        {tab === 'files' && <FilesTab />}
        {tab === 'reviews' && <ReviewsTab />}
        {tab === 'talks' && <TalksTab />}
        {tab === 'absence' && <AbsenceTab />}
      </Suspense>
    </div>
  )
}
