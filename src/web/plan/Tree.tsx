import { useLanguage, useWords } from '#web/design/words.tsx'
import type { PlanTreeNode } from '#wire/action-plan.ts'
import { Activities, IndicatorLines } from './Activities.tsx'
import { amount, titled } from './shared.ts'

/** What the activities beneath this heading sum to, by source. */
function Money({ of }: { of: PlanTreeNode }) {
  const t = useWords()
  if (of.cost === null) return null
  return (
    <dl className="plan-money">
      {(['cost', 'state', 'donors', 'gap'] as const).map((key) => (
        <div key={key}>
          <dt>{t('planPage', key)}</dt>
          <dd>{amount(of[key] ?? '0')}</dd>
        </div>
      ))}
    </dl>
  )
}

function Heading({ of, level }: { of: PlanTreeNode; level: 2 | 3 | 4 }) {
  const t = useWords()
  const { language } = useLanguage()
  const title = titled(of, language)
  const Title = `h${level}` as const
  const code = of.codePrinted ?? of.code ?? ''
  const said =
    of.kind === 'goal' ? t('planPage', 'goal_no', { code }) : t('planPage', 'objective_no', { code })
  return (
    <div className="plan-heading" data-kind={of.kind}>
      <Title id={`n-${of.uid}`}>
        {of.kind === 'pillar' ? null : <span className="plan-code">{said}</span>}{' '}
        {of.headerMissing ? (
          <em>{t('planPage', 'heading_missing')}</em>
        ) : (
          <span lang={title.lang}>{title.text}</span>
        )}
      </Title>
      <small className="quiet">
        {of.sourceLine !== null && `${t('planPage', 'line', { line: of.sourceLine })} · `}
        {t('planPage', 'activities_count', { count: of.activities })}
        {of.doubt !== null && ` · ${t('planPage', 'doubt')}: ${language === 'sq' ? of.doubtSq : of.doubt}`}
      </small>
      <IndicatorLines of={of} />
      <Money of={of} />
    </div>
  )
}

function Branch({ of, level, money }: { of: PlanTreeNode; level: 2 | 3 | 4; money: boolean }) {
  const { language } = useLanguage()
  const activities = of.children.filter((child) => child.kind === 'activity')
  const branches = of.children.filter((child) => child.kind !== 'activity')
  return (
    <>
      <Heading of={of} level={level} />
      {activities.length > 0 && (
        <Activities rows={activities} caption={titled(of, language).text || of.uid} money={money} />
      )}
      {branches.map((child) => (
        <Branch key={child.uid} of={child} level={level === 2 ? 3 : 4} money={money} />
      ))}
    </>
  )
}

/** The plan as the law prints it: pillar, goal, objective, and the table of its activities. */
export function Tree({ nodes, money }: { nodes: readonly PlanTreeNode[]; money: boolean }) {
  return nodes.map((node) => (
    <section key={node.uid} className="sheet plan-part" aria-labelledby={`n-${node.uid}`}>
      <Branch of={node} level={2} money={money} />
    </section>
  ))
}
