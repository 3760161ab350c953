import { LinkTabs } from '#web/design/Tabs.tsx'
import { useWords } from '#web/design/words.tsx'

export type PreventionTab = 'acts' | 'trainings' | 'businesses' | 'figures'

/** The rooms of prevention. */
export function PreventionTabs({ current }: { current: PreventionTab }) {
  const t = useWords()
  return (
    <LinkTabs
      label={t('prevention', 'title')}
      current={current}
      tabs={[
        { key: 'acts', label: t('prevention', 'tab_acts'), to: '/prevention' },
        { key: 'trainings', label: t('prevention', 'tab_trainings'), to: '/trainings' },
        { key: 'businesses', label: t('prevention', 'tab_businesses'), to: '/registers/businesses' },
        { key: 'figures', label: t('prevention', 'tab_figures'), to: '/prevention/figures' },
      ]}
    />
  )
}
