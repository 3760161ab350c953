/** Rows of the net as its commands read and write them. */
import type { Day, Uuid } from '#domain/core.ts'
import type { Duty, StructureKind } from '#domain/net/kinds.ts'
import type { NetEvent, Position, Span, Structure } from '#domain/net/structure.ts'
import { notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'

interface StructureSql {
  readonly id: Uuid
  readonly version: number
  readonly kind: StructureKind
  readonly municipality: string | null
  readonly county: string | null
  readonly crossing: string | null
  readonly from: Day
  readonly to: Day | null
}
interface PositionSql {
  readonly id: Uuid
  readonly duty: Duty
  readonly fullTime: boolean
  readonly inJobDescription: boolean
  readonly from: Day
  readonly to: Day | null
}

/** With its names, posts and appointments. Everybody on the staff reads it; whether they may keep it the domain decides. */
export const loadStructure = async (tx: Tx, id: Uuid): Promise<Structure> => {
  const [[head], names, positions, tenures] = await Promise.all([
    tx.sql<StructureSql>(
      `select id, version, kind, municipality, county, crossing, valid_from as "from", valid_to as "to"
       from net_structure where id = $1`,
      [id],
    ),
    tx.sql<{ from: Day }>('select from_day as "from" from net_name where structure_id = $1 order by 1', [id]),
    tx.sql<PositionSql>(
      `select id, duty, full_time as "fullTime", in_job_description as "inJobDescription", valid_from as "from", valid_to as "to"
       from net_position where structure_id = $1 order by valid_from, id`,
      [id],
    ),
    tx.sql<Span & { id: Uuid; positionId: Uuid }>(
      `select id, position_id as "positionId", from_day as "from", to_day as "to" from net_tenure
       where structure_id = $1 order by from_day`,
      [id],
    ),
  ])
  if (head === undefined) throw notFound()
  return {
    ...head,
    names,
    positions: positions.map(
      (one): Position => ({ ...one, tenures: tenures.filter((tenure) => tenure.positionId === one.id) }),
    ),
  }
}

/** Two keepers of one structure wait for each other here; the lock lives as long as the transaction. */
export const lockStructure = async (tx: WriteTx, id: Uuid): Promise<Structure> => {
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 18))', [id])
  return loadStructure(tx, id)
}

export const positionOf = (structure: Structure, id: Uuid): Position => {
  const found = structure.positions.find((one) => one.id === id)
  if (found === undefined) throw notFound()
  return found
}

/** Spans of other structures of that kind at that place. */
export const twinsOf = (
  tx: Tx,
  at: {
    readonly kind: StructureKind
    readonly municipality: string | null
    readonly county: string | null
    readonly crossing: string | null
  },
): Promise<Span[]> =>
  tx.sql<Span>(
    `select valid_from as "from", valid_to as "to" from net_structure where kind = $1
       and municipality is not distinct from $2 and county is not distinct from $3 and crossing is not distinct from $4`,
    [at.kind, at.municipality, at.county, at.crossing],
  )

/** Writes what happened into the rows. `name` is an official's, kept in its own table. */
export const save = async (
  tx: WriteTx,
  id: Uuid,
  version: number,
  event: NetEvent,
  today: Day,
  name?: string,
): Promise<void> => {
  switch (event.type) {
    case 'StructureAdded': {
      const { facts } = event
      await tx.sql(
        `insert into net_structure (id, version, kind, municipality, county, crossing, unit_id, valid_from, valid_to, act_number,
           act_date, confirmed_on) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [
          id,
          version,
          facts.kind,
          facts.municipality,
          facts.county,
          facts.crossing,
          facts.unitId,
          facts.from,
          facts.to,
          facts.act,
          facts.actDate,
          today,
        ],
      )
      await insertName(tx, id, facts)
      return
    }
    case 'StructureRenamed':
      await insertName(tx, id, event.facts)
      break
    case 'StructureConfirmed':
      break
    case 'StructureEnded': {
      const { to } = event.facts
      await tx.sql('update net_structure set valid_to = $2, version = $3 where id = $1', [id, to, version])
      await tx.sql(
        'update net_position set valid_to = $2 where structure_id = $1 and (valid_to is null or valid_to > $2)',
        [id, to],
      )
      await tx.sql(
        'update net_tenure set to_day = $2 where structure_id = $1 and (to_day is null or to_day > $2)',
        [id, to],
      )
      break
    }
    case 'PositionAdded': {
      const { facts } = event
      await tx.sql(
        `insert into net_position (id, structure_id, duty, full_time, in_job_description, valid_from, valid_to)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [facts.positionId, id, facts.duty, facts.fullTime, facts.inJobDescription, facts.from, facts.to],
      )
      break
    }
    case 'PositionChanged':
      await tx.sql('update net_position set full_time = $2, in_job_description = $3 where id = $1', [
        event.facts.positionId,
        event.facts.fullTime,
        event.facts.inJobDescription,
      ])
      break
    case 'PositionEnded':
      await tx.sql('update net_position set valid_to = $2 where id = $1', [
        event.facts.positionId,
        event.facts.to,
      ])
      await tx.sql(
        'update net_tenure set to_day = $2 where position_id = $1 and (to_day is null or to_day > $2)',
        [event.facts.positionId, event.facts.to],
      )
      break
    case 'Appointed': {
      const { facts } = event
      await tx.sql(
        `insert into net_tenure (id, position_id, structure_id, from_day, to_day, sex, qualification, act_number, act_date)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          facts.tenureId,
          facts.positionId,
          id,
          facts.from,
          facts.to,
          facts.sex,
          facts.qualification,
          facts.act,
          facts.actDate,
        ],
      )
      if (name !== undefined)
        await tx.sql('insert into net_tenure_named (id, structure_id, name) values ($1, $2, $3)', [
          facts.tenureId,
          id,
          name,
        ])
      break
    }
    case 'AppointmentEnded':
      await tx.sql('update net_tenure set to_day = $2 where id = $1', [event.facts.tenureId, event.facts.to])
      break
  }
  await tx.sql(
    'update net_structure set version = $2, confirmed_on = greatest(confirmed_on, $3) where id = $1',
    [id, version, today],
  )
}

const insertName = (
  tx: WriteTx,
  id: Uuid,
  facts: {
    readonly from: Day
    readonly nameSq: string
    readonly nameEn: string
    readonly act: string | null
    readonly actDate: Day | null
  },
): Promise<unknown> =>
  tx.sql(
    'insert into net_name (structure_id, from_day, name_sq, name_en, act_number, act_date) values ($1, $2, $3, $4, $5, $6)',
    [id, facts.from, facts.nameSq, facts.nameEn, facts.act, facts.actDate],
  )
