/**
 * Possible duplicates of a report's children, for triage alone: the caller's own unit in detail, other units only as
 * hit or no hit and whom to call. One function answers; a fuller engine can stand behind it.
 */
import type { Day, Instant, Uuid } from '#domain/core.ts'
import { type Described, type Duplicate, possibleDuplicates } from '#linkage/duplicates.ts'
import { nameKey, phoneticKeys } from '#linkage/name.ts'
import { ReportDuplicates } from '#wire/report.ts'
import { hashTerm, recordAccess } from '../access.ts'
import { endpoint } from '../endpoint.ts'
import { nameOf } from '../person/search.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { birthOfRow, type ChildRow, childrenOf } from './store.ts'

interface PoolRow {
  readonly person_id: Uuid
  readonly case_id: Uuid
  readonly code: string
  readonly status: string
  readonly given_name: string | null
  readonly family_name: string | null
  readonly other_names: string | null
  readonly sex: Described['sex']
  readonly birth_from: Day | null
  readonly birth_to: Day | null
  readonly municipality: string
}
interface WaitingRow extends ChildRow {
  readonly report_id: Uuid
  readonly received_at: Instant
}
interface UnitRow {
  readonly id: Uuid
  readonly name_sq: string
  readonly name_en: string
  readonly municipality: string | null
  readonly phone: string | null
}
interface Named {
  readonly id: Uuid
  readonly given_name: string | null
  readonly family_name: string | null
}

const span = (row: { birth_from: Day | null; birth_to: Day | null }): Described['birth'] =>
  row.birth_from === null || row.birth_to === null ? null : { from: row.birth_from, to: row.birth_to }

const described = (row: ChildRow, municipality: string | null): Described => ({
  givenName: row.given_name,
  familyName: row.family_name,
  otherNames: row.other_names,
  sex: row.sex,
  birth: span(row),
  places: municipality === null ? [] : [municipality],
})

const allNames = (child: ChildRow): string =>
  [child.given_name, child.family_name, child.other_names].filter((part) => part !== null).join(' ')

export interface Candidate extends Duplicate {
  readonly row: PoolRow
}
export interface Waiting extends Duplicate {
  readonly row: WaitingRow
}
export interface ChildDuplicates {
  readonly child: ChildRow
  readonly waiting: readonly Waiting[]
  readonly candidates: readonly Candidate[]
  readonly elsewhere: readonly UnitRow[]
}

/** Children of the unit's other reports that nobody has triaged yet: two people often tell of one child. */
const findWaiting = async (
  tx: Tx,
  child: ChildRow,
  reportId: Uuid,
  municipality: string | null,
): Promise<readonly Waiting[]> => {
  const rows = await tx.sql<WaitingRow>(
    `select c.*, r.received_at from report r join report_child c on c.report_id = r.id
      where r.unit_id = me_unit() and r.state in ('RECEIVED', 'TRIAGED') and r.id <> $1
        and coalesce(c.given_name, c.family_name, c.other_names) is not null
      order by r.received_at desc limit 300`,
    [reportId],
  )
  const known = rows.map((row) => ({ id: row.id, ...described(row, municipality) }))
  return possibleDuplicates(described(child, municipality), known)
    .slice(0, 5)
    .map((one) => ({ ...one, row: rows.find((row) => row.id === one.id)! }))
}

/** The one question that triage asks of the register. */
export const findDuplicates = async (
  tx: Tx,
  child: ChildRow,
  reportId: Uuid,
  municipality: string | null,
): Promise<ChildDuplicates> => {
  const names = allNames(child)
  const key = nameKey(names)
  if (key === '') return { child, waiting: [], candidates: [], elsewhere: [] }
  const values = [key, phoneticKeys(names), child.birth_from, child.birth_to]
  const [pool, elsewhere, waiting] = await Promise.all([
    tx.sql<PoolRow>('select * from duplicate_pool($1, $2, $3, $4)', values),
    tx.sql<UnitRow>(
      `select u.id, u.name_sq, u.name_en, u.municipality, u.phone from duplicate_units($1, $2, $3, $4) d
         join unit u on u.id = d.unit_id order by u.id`,
      values,
    ),
    findWaiting(tx, child, reportId, municipality),
  ])
  const known = pool.map((row) => ({
    id: row.case_id,
    givenName: row.given_name,
    familyName: row.family_name,
    otherNames: row.other_names,
    sex: row.sex,
    birth: span(row),
    places: [row.municipality],
  }))
  const found = possibleDuplicates(described(child, municipality), known)
  return {
    child,
    waiting,
    candidates: found
      .slice(0, 10)
      .map((one) => ({ ...one, row: pool.find((row) => row.case_id === one.id)! })),
    elsewhere,
  }
}

export const readDuplicates = endpoint({
  method: 'GET',
  url: '/api/reports/{id}/duplicates',
  wire: ReportDuplicates,
  handle: async (tx, { params, ctx }) => {
    const [report] = await tx.sql<{ municipality: string | null }>(
      'select r.municipality from report r join report_named n on n.id = r.id where r.id = $1',
      [params.id],
    )
    if (report === undefined) throw notFound()
    const children = await childrenOf(tx, params.id)
    const found = await Promise.all(
      children.map((child) => findDuplicates(tx, child, params.id, report.municipality)),
    )
    const persons = [...new Set(found.flatMap((one) => one.candidates.map(({ row }) => row.person_id)))]
    // Names of colleagues' cases stay closed: the policies decide which of them come back here.
    const named = await tx.sql<Named>(
      'select id, given_name, family_name from person_named where id = any ($1::uuid[])',
      [persons],
    )
    for (const one of found) {
      recordAccess(tx, {
        act: 'search',
        kind: 'person',
        ids: one.candidates.map(({ row }) => row.person_id),
        tier: 'T3',
        term: hashTerm(ctx, allNames(one.child)),
        code: one.elsewhere.length > 0 ? 'hit_elsewhere' : 'no_hit_elsewhere',
      })
    }
    return {
      children: found.map(({ child, waiting, candidates, elsewhere }) => ({
        childId: child.id,
        candidates: candidates.map(({ row, score, band, reasons }) => {
          const open = named.find((one) => one.id === row.person_id)
          return {
            personId: row.person_id,
            caseId: row.case_id,
            caseCode: row.code,
            caseStatus: row.status,
            name: open === undefined ? null : nameOf(open),
            birth: open === undefined ? null : birthOfRow({ ...row, birth_said: '' }),
            sex: row.sex,
            score,
            band,
            reasons: [...reasons],
          }
        }),
        reports: waiting.map(({ row, score, band }) => ({
          reportId: row.report_id,
          receivedAt: row.received_at,
          name: nameOf(row),
          score,
          band,
        })),
        elsewhere: elsewhere.map((unit) => ({
          unitId: unit.id,
          nameSq: unit.name_sq,
          nameEn: unit.name_en,
          municipality: unit.municipality,
          phone: unit.phone,
        })),
      })),
    }
  },
})
