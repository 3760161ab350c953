/** Code, name and risk of the records on one page, as far as this reader may see each tier. */
import type { Uuid } from '#domain/core.ts'
import { listAccess, listAccessValues } from '../access.ts'
import type { Tx } from '../tx.ts'
import type { WorkRow } from './rows.ts'

export interface Face {
  readonly id: Uuid
  readonly code: string
  readonly caseId: Uuid | null
  readonly given: string | null
  readonly family: string | null
  readonly sex: 'female' | 'male' | 'unknown' | null
  readonly bornTo: number | null
  readonly risk: string | null
}

/** `case_faces` (migration 0011) holds the caller's scope. */
const cases = `select id, code, id as "caseId", given_name as given, family_name as family, sex, born_to as "bornTo", risk_level as risk
  from case_faces($1)`

const reports = `select r.id, 'NJ-' || to_char(r.received_at at time zone 'Europe/Tirane', 'YYYY') || '-' || upper(right(r.id::text, 6)) as code,
    null::uuid as "caseId", c.given_name as given, c.family_name as family, c.sex, extract(year from c.birth_to)::int as "bornTo",
    null as risk
  from report r left join lateral (select * from report_child x where x.report_id = r.id order by x.position limit 1) c on true
  where r.id = any ($1)`

const referrals = `select r.id, r.code, f.id as "caseId", n.given_name as given, n.family_name as family, p.sex, p.born_to as "bornTo",
    f.risk_level as risk
  from referral r left join case_file f on f.id = r.case_id left join case_file_named t on t.id = f.id
    left join person p on p.id = f.person_id left join person_named n on n.id = f.person_id and t.id is not null
  where r.id = any ($1)`

/** The faces of a page, recorded as seen by the statement that reads them: nothing can be asked after it. */
export const lastFaces = async (tx: Tx, rows: readonly WorkRow[]): Promise<ReadonlyMap<Uuid, Face>> => {
  const ids = (...kinds: WorkRow['kind'][]) => [
    ...new Set(rows.filter((row) => kinds.includes(row.kind)).map((row) => row.recordId)),
  ]
  const ofSources = rows.flatMap((row) => (row.from !== undefined && row.caseId !== null ? [row.caseId] : []))
  const wanted = [
    { sql: cases, of: [...new Set([...ids('case', 'plan_action'), ...ofSources])] },
    { sql: reports, of: ids('report') },
    { sql: referrals, of: ids('referral') },
  ].filter(({ of }) => of.length > 0)
  if (wanted.length === 0) return new Map()
  const arms = wanted.map(({ sql }, at) => sql.replace('$1', `$${at + 1}::uuid[]`))
  const found = await tx.last<Face>(
    `with face as materialized (${arms.join(' union all ')}), shown as (select array_agg(id) as ids from face),
       seen as (${listAccess(wanted.length + 1, "'T3'")})
     select * from face`,
    [...wanted.map(({ of }) => of), ...listAccessValues(tx, 'work')],
  )
  return new Map(found.map((face) => [face.id, face]))
}
