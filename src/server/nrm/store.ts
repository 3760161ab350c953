/** Files of the trafficking track as rows: found under the reader's policies, locked for a decision, saved with their event. */
import type { Instant, Uuid } from '#domain/core.ts'
import { apply, type NrmEvent, type NrmFile, type NrmOpened, opened } from '#domain/nrm/state.ts'
import { append } from '../append.ts'
import { notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'

export interface NrmRow {
  readonly id: Uuid
  readonly code: string
  readonly version: number
  readonly person_id: Uuid
  readonly case_id: Uuid | null
  readonly subject: NrmFile['subject']
  readonly status: NrmFile['status']
  readonly phase: NrmFile['phase']
  readonly unit_id: Uuid
  readonly manager_id: Uuid | null
  readonly structure: string
  readonly door: NrmFile['door']
  readonly forms: string[]
  readonly territory: NrmFile['territory']
  readonly prior_id: Uuid | null
  readonly municipality: string | null
  readonly county: string | null
  readonly opened_by: Uuid
  readonly opened_unit: Uuid
  readonly opened_at: Instant
  readonly status_at: Instant
  readonly exited_at: Instant | null
  readonly lowered: boolean
}

export const nrmColumns = `f.id, f.code, f.version, f.person_id, f.case_id, f.subject, f.status, f.phase, f.unit_id, f.manager_id, f.structure,
  f.door, f.forms, f.territory, f.prior_id, f.municipality, f.county, f.opened_by, f.opened_unit, f.opened_at, f.status_at, f.exited_at, f.lowered`

export const toNrm = (row: NrmRow): NrmFile => ({
  id: row.id,
  code: row.code,
  version: row.version,
  personId: row.person_id,
  caseId: row.case_id,
  subject: row.subject,
  status: row.status,
  phase: row.phase,
  unitId: row.unit_id,
  managerId: row.manager_id,
  structure: row.structure,
  door: row.door,
  forms: row.forms,
  territory: row.territory,
  priorId: row.prior_id,
  municipality: row.municipality,
  county: row.county,
  openedBy: row.opened_by,
  openedUnit: row.opened_unit,
  openedAt: row.opened_at,
  statusAt: row.status_at,
  exitedAt: row.exited_at,
  lowered: row.lowered,
})

const rowOf = (file: NrmFile): NrmRow => ({
  id: file.id,
  code: file.code,
  version: file.version,
  person_id: file.personId,
  case_id: file.caseId,
  subject: file.subject,
  status: file.status,
  phase: file.phase,
  unit_id: file.unitId,
  manager_id: file.managerId,
  structure: file.structure,
  door: file.door,
  forms: [...file.forms],
  territory: file.territory,
  prior_id: file.priorId,
  municipality: file.municipality,
  county: file.county,
  opened_by: file.openedBy,
  opened_unit: file.openedUnit,
  opened_at: file.openedAt,
  status_at: file.statusAt,
  exited_at: file.exitedAt,
  lowered: file.lowered,
})

/** The file, or 404 where the reader does not see it. */
export const mustSeeNrm = async (tx: Tx, id: Uuid): Promise<NrmFile> => {
  const [row] = await tx.sql<NrmRow>(`select ${nrmColumns} from nrm_file f where f.id = $1`, [id])
  if (row === undefined) throw notFound()
  return toNrm(row)
}

/** The same, locked for a decision. */
export const lockNrm = async (tx: WriteTx, id: Uuid): Promise<NrmFile> => {
  const [row] = await tx.sql<NrmRow>(`select ${nrmColumns} from nrm_file f where f.id = $1 for update`, [id])
  if (row === undefined) throw notFound()
  return toNrm(row)
}

/** Whether the reader reaches the identified tier of a file. */
export const readsNamed = async (tx: Tx, id: Uuid): Promise<boolean> =>
  (await tx.sql('select 1 from nrm_file_named where id = $1', [id])).length > 0

/** The newest file of a child's case, or null: a case below a potential victim has none. */
export const nrmOf = async (tx: Tx, caseId: Uuid): Promise<NrmFile | null> => {
  const [row] = await tx.sql<NrmRow>(
    `select ${nrmColumns} from nrm_file f where f.case_id = $1 order by f.opened_at desc, f.id desc limit 1`,
    [caseId],
  )
  return row === undefined ? null : toNrm(row)
}

interface Office {
  readonly id: Uuid
}
/** The regional social service of a county; where none is registered, the Responsible Authority hands the file on. */
export const officeOf = async (tx: WriteTx, county: string): Promise<Uuid | null> => {
  const [office] = await tx.sql<Office>(
    `select id from unit where active and (kind = 'social_service' and county = $1 or kind = 'responsible_authority')
      order by kind = 'social_service' desc, id limit 1`,
    [county],
  )
  return office?.id ?? null
}

/** Begin a file with its first event; what is told in words lies in the identified tier. */
export const openFile = async (
  tx: WriteTx,
  id: Uuid,
  event: NrmOpened,
  text: { readonly summary: string | null; readonly contact: string | null },
  managerId: Uuid | null = null,
): Promise<NrmFile> => {
  await append(tx, { kind: 'nrm_file', id, version: 0 }, [event])
  const file = opened(id, event, { now: tx.stamp.now, by: tx.actor.userId, unit: tx.actor.unitId }, managerId)
  tx.later('select open_nrm($1, $2, $3)', [JSON.stringify(rowOf(file)), text.summary, text.contact])
  return file
}

/** Append what happened to a locked file and save what it makes of it. */
export const recordNrm = async (
  tx: WriteTx,
  file: NrmFile,
  events: readonly NrmEvent[],
): Promise<NrmFile> => {
  const version = await append(tx, { kind: 'nrm_file', id: file.id, version: file.version }, events)
  const next = { ...events.reduce((f, e) => apply(f, e, tx.stamp.now), file), version }
  tx.later('select save_nrm($1)', [JSON.stringify(rowOf(next))])
  return next
}

/** Where the clocks of a file run: on the child's case, or on an adult's own file. */
export const clocksOf = (file: Pick<NrmFile, 'id' | 'caseId'>) =>
  file.caseId === null
    ? ({ recordKind: 'nrm_file', recordId: file.id } as const)
    : ({ recordKind: 'case_file', recordId: file.caseId } as const)
