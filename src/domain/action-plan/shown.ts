/** A part of a plan's tree with the sums of just that part: what is left out must not stay in the totals above it. */
import { lekOfThousands, thousandsOfLek } from './money.ts'

const sources = ['cost', 'state', 'donors', 'gap'] as const

/** A node with its money in thousand lekë as exact decimal text; null where the plan prints none. */
export interface Branch<Node> {
  readonly kind: string
  readonly activities: number
  readonly cost: string | null
  readonly state: string | null
  readonly donors: string | null
  readonly gap: string | null
  readonly children: readonly Node[]
}

const leaves = <Node extends Branch<Node>>(node: Node): Node[] =>
  node.kind === 'activity' ? [node] : node.children.flatMap((child) => leaves(child))

/** The activities of the tree, in its order. */
export const activitiesIn = <Node extends Branch<Node>>(nodes: readonly Node[]): Node[] =>
  nodes.flatMap((node) => leaves(node))

/** What these activities sum to; null for a source where the plan prints no money at all. */
const summed = <Node extends Branch<Node>>(
  of: Pick<Node, (typeof sources)[number]>,
  activities: readonly Node[],
) =>
  Object.fromEntries(
    sources.map((source) => [
      source,
      of[source] === null
        ? null
        : thousandsOfLek(
            activities.reduce((sum, one) => sum + BigInt(lekOfThousands(one[source] ?? '0') ?? '0'), 0n),
          ),
    ]),
  )

/** Only the activities that are kept, the branches that still have some, and in each branch their number and sums. */
export const keptTree = <Node extends Branch<Node>>(
  nodes: readonly Node[],
  keep: (activity: Node) => boolean,
): Node[] =>
  nodes.flatMap((node): Node[] => {
    if (node.kind === 'activity') return keep(node) ? [node] : []
    const children = keptTree(node.children, keep)
    const own = activitiesIn(children)
    return own.length === 0 ? [] : [{ ...node, ...summed(node, own), children, activities: own.length }]
  })
