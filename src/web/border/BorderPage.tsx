import { lazy, Suspense, useState } from 'react'
import type { Role } from '#domain/core.ts'
import { useUser } from '#web/client/session.ts'
import { Loading } from '#web/design/States.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { useWords } from '#web/design/words.tsx'

const parts = {
  check: lazy(() => import('./CheckPart.tsx')),
  alerts: lazy(() => import('./AlertsPart.tsx')),
  counts: lazy(() => import('./CountsPart.tsx')),
} as const
type Part = keyof typeof parts

/** What a role does here; the server decides what is in it. */
const partsOf = (role: Role): readonly Part[] => {
  if (role === 'border_police') return ['check', 'counts']
  if (role === 'responsible_authority') return ['alerts', 'counts']
  return role === 'state_agency' || role === 'coordinator' ? ['counts'] : ['alerts']
}

/** The border: children recorded and looked up, alerts and their matches, and what is counted. */
export default function BorderPage() {
  const t = useWords()
  const mine = partsOf(useUser().role)
  const [chosen, setChosen] = useState<Part>(mine[0] ?? 'counts')
  const Shown = parts[chosen]
  return (
    <div className="view stack">
      <h1>{t('borderPage', 'title')}</h1>
      {mine.length > 1 && (
        <FilterTabs
          label={t('borderPage', 'title')}
          tabs={mine.map((key) => ({ key, label: t('borderPage', `tab_${key}`) }))}
          current={chosen}
          onPick={(key) => setChosen(mine.find((one) => one === key) ?? 'counts')}
        />
      )}
      <Suspense fallback={<Loading />}>
        <Shown />
      </Suspense>
    </div>
  )
}
