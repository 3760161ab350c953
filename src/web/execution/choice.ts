/** Which activities of a plan are shown, and as of which day: kept in the address, so that a tile can open its list. */
const names = ['asOf', 'pillar', 'body', 'status', 'lateness', 'gap'] as const
export type PlanChoice = { readonly [name in (typeof names)[number]]?: string }

export const planChoice = (search: Readonly<Record<string, unknown>>): PlanChoice =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = search[name]
      return typeof value === 'string' && value !== '' && value.length <= 120 ? [[name, value]] : []
    }),
  )
