/** Rows of institutions, units and users as administrators write them. Row-level security lets nobody else. */
import type { UnitState, UserState } from '#domain/admin.ts'
import type { Role, Uuid } from '#domain/core.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'

/** Version of the record's chain; 0 where a row came with the reference data and has no event yet. */
export const chainVersion = async (tx: Tx, id: Uuid): Promise<number> =>
  (await tx.sql<{ version: number }>('select version from record_head where record_id = $1', [id]))[0]
    ?.version ?? 0

/** Locked for change; not found for everybody who is no administrator. */
export const lockUnit = async (tx: Tx, id: Uuid): Promise<UnitState> => {
  const [unit] = await tx.sql<UnitState>('select id, kind, active from unit where id = $1 for update', [id])
  if (unit === undefined) throw notFound()
  return unit
}

/** How many others of its kind are open; locked, so that no two close at once and leave none. */
export const lockOthers = async (tx: Tx, unit: UnitState): Promise<number> =>
  (
    await tx.sql('select id from unit where kind = $1 and active and id <> $2 order by id for update', [
      unit.kind,
      unit.id,
    ])
  ).length

export const lockUser = async (tx: Tx, id: Uuid): Promise<UserState & { login: string }> => {
  const [user] = await tx.sql<{ id: Uuid; login: string; role: Role; unit_id: Uuid; active: boolean }>(
    'select id, login, role, unit_id, active from app_user where id = $1 for update',
    [id],
  )
  if (user === undefined) throw notFound()
  return { id: user.id, login: user.login, role: user.role, unitId: user.unit_id, active: user.active }
}

export const findUnit = async (tx: Tx, id: Uuid): Promise<UnitState | undefined> =>
  (await tx.sql<UnitState>('select id, kind, active from unit where id = $1', [id]))[0]

export const institutionExists = async (tx: Tx, id: Uuid): Promise<boolean> =>
  (await tx.sql('select 1 from institution where id = $1 and active', [id])).length > 0

/** The county of a municipality; undefined where there is no such municipality. */
export const countyOf = async (tx: Tx, municipality: string): Promise<string | undefined> =>
  (await tx.sql<{ county: string }>('select county from municipality where code = $1', [municipality]))[0]
    ?.county
