/** A plan's content as the tree that the law prints, with sums on the way up. */
import type { MoneySource, PlanContent, PlanNode } from '#domain/action-plan/content.ts'
import { dueInterval } from '#domain/action-plan/deadline.ts'
import { thousandsOfLek } from '#domain/action-plan/money.ts'
import { activitiesUnder, sumOf } from '#domain/action-plan/reconciliation.ts'
import type { PlanTreeNode } from '#wire/action-plan.ts'
import type { Tx } from '../tx.ts'
import { doubtSq } from './doubts.ts'

type Money = Record<MoneySource, string | null>

export const moneyOf = (activities: readonly PlanNode[]): Record<MoneySource, string> => ({
  cost: thousandsOfLek(sumOf(activities, 'cost')),
  state: thousandsOfLek(sumOf(activities, 'state')),
  donors: thousandsOfLek(sumOf(activities, 'donors')),
  gap: thousandsOfLek(sumOf(activities, 'gap')),
})

const printedMoney = (node: PlanNode): Money => {
  const of = (source: MoneySource): string | null => {
    const lek = node.activity?.amounts[source].lek ?? null
    return lek === null ? null : thousandsOfLek(lek)
  }
  return { cost: of('cost'), state: of('state'), donors: of('donors'), gap: of('gap') }
}

/** A plan that prints no money at all sums to nothing, not to nought. */
const noMoney: Money = { cost: null, state: null, donors: null, gap: null }
export const printsMoney = (content: PlanContent): boolean =>
  content.nodes.some((node) => node.activity?.amounts.cost.lek != null)

export const countsOf = (content: PlanContent) => {
  const count = (kind: PlanNode['kind']): number => content.nodes.filter((node) => node.kind === kind).length
  return {
    pillars: count('pillar'),
    goals: count('goal'),
    objectives: count('objective'),
    subObjectives: count('sub_objective'),
    activities: count('activity'),
  }
}

export const totalsOf = (content: PlanContent): Money =>
  printsMoney(content) ? moneyOf(content.nodes.filter((node) => node.activity !== null)) : noMoney

interface BodyName {
  readonly nameSq: string
  readonly nameEn: string
}
export const bodyNames = async (tx: Tx): Promise<ReadonlyMap<string, BodyName>> => {
  const rows = await tx.sql<BodyName & { code: string }>(
    'select code, name_sq as "nameSq", name_en as "nameEn" from plan_body',
  )
  return new Map(rows.map((row) => [row.code, row]))
}

export const treeOf = (content: PlanContent, names: ReadonlyMap<string, BodyName>): PlanTreeNode[] => {
  const withMoney = printsMoney(content)
  const children = Map.groupBy(content.nodes, (node) => node.parent)
  const build = (node: PlanNode): PlanTreeNode => {
    const under = activitiesUnder(content.nodes, node.uid)
    const deadline = node.activity?.deadline ?? null
    const due = deadline === null ? null : dueInterval(deadline)
    return {
      uid: node.uid,
      kind: node.kind,
      code: node.code,
      codePrinted: node.codePrinted,
      titleSq: node.titleSq,
      titleEn: node.titleEn,
      textSq: node.textSq,
      subItemsSq: [...node.subItemsSq],
      subItemsEn: [...node.subItemsEn],
      headerMissing: node.headerMissing,
      sourceLine: node.sourceLine,
      doubt: node.doubt,
      doubtSq: doubtSq(node.doubt),
      indicators: [...node.indicators],
      responsible: node.responsible.map((body) => ({
        code: body.code,
        nameSq: names.get(body.code)?.nameSq ?? body.asPrinted,
        nameEn: names.get(body.code)?.nameEn ?? body.asPrinted,
        asPrinted: body.asPrinted,
      })),
      ...(node.activity !== null ? printedMoney(node) : withMoney ? moneyOf(under) : noMoney),
      activities: under.length,
      deadline:
        deadline === null || due === null
          ? null
          : { ...deadline, dueEarliest: due.earliest, dueLatest: due.latest },
      resources: node.activity?.resources ?? null,
      children: (children.get(node.uid) ?? []).map(build),
    }
  }
  return (children.get(null) ?? []).map(build)
}
