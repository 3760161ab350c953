/** Completeness of files from rows: states and counts, no text is read. */

import { isOpen } from '#domain/case/state.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Uuid } from '#domain/core.ts'
import { completeness, type FileFacts, type FileScore } from '#domain/supervision/completeness.ts'
import { ListFiles, ReadCompleteness } from '#wire/supervision.ts'
import { recordAccess } from '../access.ts'
import { caseLaw } from '../case/reference.ts'
import { type CaseFileRow, getCase, stateOf } from '../case/store.ts'
import { endpoint } from '../endpoint.ts'
import { forbidden } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { itemSources, supervisionLaw } from './reference.ts'

interface FactRow extends FileFacts {
  readonly id: Uuid
}

/** One look each at what lies beside these cases. */
const factsOf = async (tx: Tx, ids: readonly Uuid[]): Promise<ReadonlyMap<Uuid, FileFacts>> => {
  const rows = await tx.sql<FactRow & { written: Day | null }>(
    `with c as (select id, episode_at from case_file where id = any ($1::uuid[])),
       k as materialized (select record_id, rule, breaches, started_at, stopped_at is null and paused_at is null and due_at < $2 as late
         from clock where record_kind = 'case_file' and record_id = any ($1::uuid[]))
     select c.id,
       (select count(*)::int from rights_information r where r.case_id = c.id and r.audience = 'child') as rights,
       (select count(*)::int from child_permission p where p.case_id = c.id) as permissions,
       (select count(*)::int from referral f where f.case_id = c.id) as told,
       (select count(*)::int from service_delivery s where s.case_id = c.id) as services,
       (select (max(n.at) at time zone 'Europe/Tirane')::date::text from case_note n where n.case_id = c.id) as written,
       array(select distinct k.rule from k where k.record_id = c.id and k.breaches > 0 and k.started_at >= c.episode_at) as missed,
       array(select k.rule from k where k.record_id = c.id and k.late) as late
     from c`,
    [ids, tx.now],
  )
  return new Map(rows.map(({ id, ...facts }) => [id, facts]))
}

export interface ScoredFile {
  readonly row: CaseFileRow & { readonly manager: string | null }
  readonly score: FileScore
  readonly late: number
}

/** The open files of a unit, each with its score; of one worker only where one is named. */
export const scoredFiles = async (
  tx: Tx,
  unitId: Uuid,
  manager: Uuid | null,
): Promise<readonly ScoredFile[]> => {
  const rows = await tx.sql<CaseFileRow & { manager: string | null }>(
    `select c.*, u.display_name as manager from case_file c left join app_user u on u.id = c.manager_id
     where c.unit_id = $1 and ($2::uuid is null or c.manager_id = $2 or c.deputy_id = $2 or c.manager_id = any ((select stood_in_for())::uuid[]))
       and c.status not in ('ARCHIVED', 'CLOSED_NO_RISK') order by c.opened_at limit 2000`,
    [unitId, manager],
  )
  const facts = await factsOf(
    tx,
    rows.map((row) => row.id),
  )
  const today = tiranaDay(tx.now)
  return rows.flatMap((row) => {
    const known = facts.get(row.id)
    return known === undefined
      ? []
      : [
          {
            row,
            score: completeness(stateOf(row), known, supervisionLaw, caseLaw.conferenceAtMedium, today),
            late: known.late.length,
          },
        ]
  })
}

export const readCompleteness = endpoint({
  method: 'GET',
  url: '/api/cases/{id}/completeness',
  wire: ReadCompleteness,
  handle: async (tx, { params }) => {
    const s = await getCase(tx, params.id)
    const facts = (await factsOf(tx, [s.id])).get(s.id)
    if (facts === undefined) throw forbidden()
    const { items, ...score } = completeness(
      s,
      facts,
      supervisionLaw,
      caseLaw.conferenceAtMedium,
      tiranaDay(tx.now),
    )
    recordAccess(tx, { act: 'read', kind: 'case_file', ids: [s.id], tier: 'T2' })
    return { ...score, items: items.map((one) => ({ ...one, ...itemSources[one.key] })) }
  },
})

export const listFiles = endpoint({
  method: 'GET',
  url: '/api/supervision/files',
  wire: ListFiles,
  handle: async (tx) => {
    const { role, unitId, userId } = tx.actor
    if (role !== 'cpw' && role !== 'cpu_head') return { items: [] }
    const files = await scoredFiles(tx, unitId, role === 'cpw' ? userId : null)
    const items = files
      .filter(({ row }) => isOpen(row) || row.status === 'CLOSED' || row.status === 'FOLLOW_UP')
      .sort((a, b) => a.score.percent - b.score.percent || (a.row.code < b.row.code ? -1 : 1))
      .slice(0, 300)
      .map(({ row, score, late }) => ({
        id: row.id,
        code: row.code,
        status: row.status,
        risk: row.risk_level,
        managerId: row.manager_id,
        managerName: row.manager,
        openedAt: row.opened_at,
        percent: score.percent,
        late,
        missing: score.items.filter((one) => one.state === 'missing').map((one) => one.key),
      }))
    if (items.length > 0)
      recordAccess(tx, { act: 'list', kind: 'case_file', ids: items.map((one) => one.id), tier: 'T2' })
    return { items }
  },
})
