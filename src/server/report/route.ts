/** Where a report goes: the unit of its municipality, else a national line. */
import type { Uuid } from '#domain/core.ts'
import type { Tx } from '../tx.ts'

export interface Route {
  /** False for a code that does not exist. */
  readonly known: boolean
  readonly unitId: Uuid | null
}

const ask = async (tx: Pick<Tx, 'sql'>, municipality: string | null): Promise<Route> => {
  const [row] = await tx.sql<{ known: boolean; cpu: Uuid | null; line: Uuid | null }>(
    `select $1::text is null or exists (select from municipality where code = $1) as known,
       (select id from unit where kind = 'cpu' and municipality = $1 and active order by id limit 1) as cpu,
       (select id from unit where kind = 'hotline' and active order by id limit 1) as line`,
    [municipality],
  )
  return { known: row?.known === true, unitId: row?.cpu ?? row?.line ?? null }
}

const keepFor = 2_000
let kept = new WeakMap<object, Map<string | null, { readonly route: Route; readonly until: number }>>()
let mistrustedUntil = 0

/**
 * Called inside the transaction that changes a unit: what was read before its commit is not believed here from now on. Another
 * process believes it for two seconds at most; a report that it sends to a closed unit is undone and begun anew (migration 0115).
 */
export const mistrustRoutes = (): void => {
  kept = new WeakMap()
  mistrustedUntil = performance.now() + 2.5 * keepFor
}

/**
 * Units change a few times a year, and every report asks: what leads somewhere is kept for two seconds, so that the codes
 * bound it.
 */
export const findRoute = async (
  tx: Pick<Tx, 'sql' | 'database' | 'anew'>,
  municipality: string | null,
): Promise<Route> => {
  const now = performance.now()
  const known = tx.anew ? undefined : kept.get(tx.database)?.get(municipality)
  if (known !== undefined && known.until > now) return known.route
  const route = await ask(tx, municipality)
  if (route.known && route.unitId !== null && now > mistrustedUntil) {
    const routes = kept.get(tx.database) ?? new Map()
    kept.set(tx.database, routes.set(municipality, { route, until: now + keepFor }))
  }
  return route
}
