/** What keepers of the net write: structures, names, posts, appointments. All on the structure's own chain. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Decision, Uuid } from '#domain/core.ts'
import { isSingle, type StructureKind } from '#domain/net/kinds.ts'
import {
  decideAdd,
  decideAddPosition,
  decideAppoint,
  decideChangePosition,
  decideConfirm,
  decideEnd,
  decideEndAppointment,
  decideEndPosition,
  decideRename,
  type NetEvent,
} from '#domain/net/structure.ts'
import {
  AddPosition,
  AddStructure,
  Appoint,
  ChangePosition,
  ConfirmStructure,
  EndAppointment,
  EndPosition,
  EndStructure,
  RenameStructure,
} from '#wire/net.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, type Outcome, refused } from '../command.ts'
import { invalid, notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'
import { lockStructure, positionOf, save, twinsOf } from './store.ts'

const unknown = (field: string) => invalid({ field: `body.body.${field}`, code: 'unknown_code' })

interface Where {
  readonly municipality: string | null
  readonly county: string | null
}

/** The place as the reference data know it; a code that is in no list is a fault of the field. */
const whereIs = async (
  tx: Tx,
  body: { municipality?: string | undefined; county?: string | undefined; crossing?: string | undefined },
): Promise<Where> => {
  if (body.crossing !== undefined) {
    const [at] = await tx.sql<Where>(
      `select b.municipality, m.county from border_crossing b join municipality m on m.code = b.municipality where b.id = $1`,
      [body.crossing],
    )
    if (at === undefined) throw unknown('crossing')
    return at
  }
  if (body.municipality !== undefined) {
    const [at] = await tx.sql<Where>(
      'select code as municipality, county from municipality where code = $1',
      [body.municipality],
    )
    if (at === undefined) throw unknown('municipality')
    return at
  }
  if (body.county !== undefined) {
    const [at] = await tx.sql<Where>(
      'select null as municipality, code as county from county where code = $1',
      [body.county],
    )
    if (at === undefined) throw unknown('county')
    return at
  }
  return { municipality: null, county: null }
}

const standsIn = async (tx: Tx, unitId: Uuid | undefined, at: Where): Promise<boolean> => {
  if (unitId === undefined) return true
  const [unit] = await tx.sql<Where>('select municipality, county from unit where id = $1', [unitId])
  if (unit === undefined) throw unknown('unitId')
  return at.municipality === null ? unit.county === at.county : unit.municipality === at.municipality
}

/** Decide, append, write the row; the reply carries what the event made. */
const settle = async (
  tx: WriteTx,
  record: { readonly id: Uuid; readonly version: number },
  decision: Decision<NetEvent>,
  name?: string,
): Promise<Outcome> => {
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'net_structure', id: record.id, version: record.version },
    decision.events,
  )
  for (const event of decision.events) await save(tx, record.id, version, event, tiranaDay(tx.now), name)
  const made = decision.events[0]?.facts
  return done({
    recordId: record.id,
    version,
    reply: {
      ...(made !== undefined && 'positionId' in made ? { positionId: made.positionId } : {}),
      ...(made !== undefined && 'tenureId' in made ? { tenureId: made.tenureId } : {}),
    },
  })
}

export const addStructure = command('net.add_structure', AddStructure, async (tx, cmd) => {
  const { body } = cmd
  const at = await whereIs(tx, body)
  const kind: StructureKind = body.kind
  const crossing = body.crossing ?? null
  if (isSingle(kind))
    // One key for every keeper of that place: two beginnings of the same unit cannot pass each other.
    await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 18))', [
      [kind, at.municipality, at.county, crossing].join(' '),
    ])
  const unitFits = await standsIn(tx, body.unitId, at)
  const twins = isSingle(kind) ? await twinsOf(tx, { kind, ...at, crossing }) : []
  return settle(tx, { id: cmd.recordId, version: 0 }, decideAdd(at, { twins, unitFits }, body, tx.stamp))
})

export const renameStructure = command('net.rename_structure', RenameStructure, async (tx, cmd) => {
  const structure = await lockStructure(tx, cmd.recordId)
  await mustBeFresh(tx, 'net_structure', cmd, ['names', 'ends'])
  return settle(tx, structure, decideRename(structure, cmd.body, tx.stamp))
})

export const confirmStructure = command('net.confirm_structure', ConfirmStructure, async (tx, cmd) => {
  const structure = await lockStructure(tx, cmd.recordId)
  return settle(tx, structure, decideConfirm(structure, tx.stamp))
})

export const endStructure = command('net.end_structure', EndStructure, async (tx, cmd) => {
  const structure = await lockStructure(tx, cmd.recordId)
  await mustBeFresh(tx, 'net_structure', cmd, ['names', 'ends'])
  return settle(tx, structure, decideEnd(structure, cmd.body, tx.stamp))
})

export const addPosition = command('net.add_position', AddPosition, async (tx, cmd) => {
  const structure = await lockStructure(tx, cmd.recordId)
  return settle(tx, structure, decideAddPosition(structure, cmd.body, tx.stamp))
})

export const changePosition = command('net.change_position', ChangePosition, async (tx, cmd) => {
  const structure = await lockStructure(tx, cmd.recordId)
  const position = positionOf(structure, cmd.body.positionId)
  await mustBeFresh(tx, 'net_structure', cmd, [`position ${position.id}`])
  return settle(tx, structure, decideChangePosition(structure, position, cmd.body, tx.stamp))
})

export const endPosition = command('net.end_position', EndPosition, async (tx, cmd) => {
  const structure = await lockStructure(tx, cmd.recordId)
  const position = positionOf(structure, cmd.body.positionId)
  return settle(tx, structure, decideEndPosition(structure, position, cmd.body, tx.stamp))
})

export const appoint = command('net.appoint', Appoint, async (tx, cmd) => {
  const structure = await lockStructure(tx, cmd.recordId)
  const position = positionOf(structure, cmd.body.positionId)
  return settle(tx, structure, decideAppoint(structure, position, cmd.body, tx.stamp), cmd.body.name)
})

export const endAppointment = command('net.end_appointment', EndAppointment, async (tx, cmd) => {
  const structure = await lockStructure(tx, cmd.recordId)
  const position = structure.positions.find((one) => one.tenures.some(({ id }) => id === cmd.body.tenureId))
  const tenure = position?.tenures.find(({ id }) => id === cmd.body.tenureId)
  if (position === undefined || tenure === undefined) throw notFound('body.body.tenureId')
  return settle(tx, structure, decideEndAppointment(structure, position, tenure, cmd.body, tx.stamp))
})

export const structureCommands = [
  addStructure,
  renameStructure,
  confirmStructure,
  endStructure,
  addPosition,
  changePosition,
  endPosition,
  appoint,
  endAppointment,
]
