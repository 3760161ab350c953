import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { useWords } from '#web/design/words.tsx'
import { Recommendations } from './Recommendations.tsx'

const filters = ['mine', 'open', 'late', 'all'] as const
type Filter = (typeof filters)[number]
const queries: Readonly<Record<Filter, Readonly<Record<string, string>>>> = {
  mine: { mine: 'true', status: 'open' },
  open: { status: 'open' },
  late: { status: 'late' },
  all: {},
}

/** What is asked of one's own institution first; then everything one's bodies asked of others. */
export default function RecommendationsPage() {
  const t = useWords()
  const { id } = useParams({ strict: false })
  // A notice leads to one of them, whatever became of it since.
  const [filter, setFilter] = useState<Filter>(id === undefined ? 'mine' : 'all')
  return (
    <div className="view stack">
      <div>
        <h1>{t('bodyPage', 'my_recommendations')}</h1>
        <p className="lede">{t('bodyPage', 'recommendations_lede')}</p>
      </div>
      <FilterTabs
        label={t('bodyPage', 'filter')}
        tabs={filters.map((key) => ({ key, label: t('bodyPage', `filter_${key}`) }))}
        current={filter}
        onPick={(key) => setFilter(filters.find((one) => one === key) ?? 'mine')}
      />
      <div className="sheet">
        <Recommendations key={filter} query={queries[filter]} ofMany selected={id} />
      </div>
    </div>
  )
}
