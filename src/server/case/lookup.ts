/** What a decision must know of the world around the case. */

import { lastChildDay } from '#domain/case/measure.ts'
import type { ReceivingUnit } from '#domain/case/move.ts'
import type { Worker } from '#domain/case/open.ts'
import type { Day, Uuid } from '#domain/core.ts'
import type { Tx } from '../tx.ts'

export const findWorker = async (tx: Tx, id: Uuid): Promise<Worker | null> => {
  const [row] = await tx.sql<Worker>(
    'select id, unit_id as "unitId", role from app_user where id = $1 and active',
    [id],
  )
  return row ?? null
}

/** Only child protection units take cases over. */
export const findReceivingUnit = async (tx: Tx, id: Uuid): Promise<ReceivingUnit | null> => {
  const [row] = await tx.sql<ReceivingUnit>(
    "select id, municipality, county from unit where id = $1 and kind = 'cpu' and active and municipality is not null",
    [id],
  )
  return row ?? null
}

/** True when one of the ids is no institution of the register. */
export const unknownInstitution = async (tx: Tx, ids: readonly (Uuid | null)[]): Promise<boolean> => {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return false
  const [row] = await tx.sql<{ n: number }>(
    'select count(*)::int as n from institution where id = any ($1::uuid[])',
    [wanted],
  )
  return row?.n !== wanted.length
}

export const isAcceptedReport = async (tx: Tx, id: Uuid): Promise<boolean> => {
  const rows = await tx.sql("select 1 from report where id = $1 and state = 'ACCEPTED'", [id])
  return rows.length > 0
}

/** Where the actor's unit works; every case of it counts there. */
export const getOwnPlace = async (tx: Tx): Promise<{ municipality: string; county: string } | null> => {
  const [row] = await tx.sql<{ municipality: string | null; county: string | null }>(
    "select municipality, county from unit where id = $1 and kind = 'cpu'",
    [tx.actor.unitId],
  )
  return row === undefined || row.municipality === null || row.county === null
    ? null
    : { municipality: row.municipality, county: row.county }
}

/** The last day before the eighteenth birthday, as far as the register knows the birth; null where it knows nothing. */
export const findLastChildDay = async (tx: Tx, personId: Uuid): Promise<Day | null> => {
  const [row] = await tx.sql<{ to: Day | null; year: number | null }>(
    `select n.birth_to as "to", p.born_to as year from person p left join person_named n on n.id = p.id where p.id = $1`,
    [personId],
  )
  return row === undefined ? null : lastChildDay(row)
}
