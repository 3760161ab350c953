/** The work list as a filter chooses: everything is looked at that is counted, then chosen, then paged. */

import type { Uuid } from '#domain/core.ts'
import { chooses, leadsUnit } from '#domain/worklist/filter.ts'
import { FindWork } from '#wire/work.ts'
import { getLaw } from '../clock/law.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import type { Tx } from '../tx.ts'
import { COUNTED } from './count.ts'
import { lastFaces } from './faces.ts'
import { byDue, countGroups, groupOf, itemsOf, kindsOf, saidOf } from './items.ts'
import { firstActions, firstClocks, type Scope, type WorkRow, waiting } from './rows.ts'
import { reachOf, sourceRows } from './source-rows.ts'

interface Facts {
  readonly id: Uuid
  readonly code: string
  readonly concerns: readonly string[]
  readonly municipality: string | null
  readonly risk: string | null
  readonly worker: Uuid | null
  readonly name: string | null
}

const factsOf = async (tx: Tx, rows: readonly WorkRow[]): Promise<ReadonlyMap<Uuid, Facts>> => {
  const ids = [...new Set(rows.map((row) => row.caseId ?? row.recordId))]
  const found = await tx.sql<Facts>(
    `select f.id, f.code, f.concerns, f.municipality, f.risk_level as risk, f.manager_id as worker, u.display_name as name
       from case_file f left join app_user u on u.id = f.manager_id where f.id = any ($1::uuid[])
     union all select r.id, 'NJ-' || to_char(r.received_at at time zone 'Europe/Tirane', 'YYYY') || '-' || upper(right(r.id::text, 6)),
       r.concerns, r.municipality, null, null, null from report r where r.id = any ($1)
     union all select r.id, r.code, f.concerns, f.municipality, f.risk_level, f.manager_id, u.display_name
       from referral r left join case_file f on f.id = r.case_id left join app_user u on u.id = f.manager_id where r.id = any ($1)`,
    [ids],
  )
  return new Map(found.map((one) => [one.id, one]))
}

const everything = async (tx: Tx, scope: Scope): Promise<WorkRow[]> => {
  const [clocks, actions, waits, sources] = await Promise.all([
    firstClocks(tx, COUNTED, COUNTED, scope),
    firstActions(tx, COUNTED, COUNTED, scope),
    waiting(tx, undefined, null, COUNTED),
    reachOf(tx).then(({ ways }) => sourceRows(tx, COUNTED, ways, scope)),
  ])
  return [...clocks.rows, ...actions.rows, ...waits, ...sources].sort(byDue)
}

export const findWork = endpoint({
  method: 'POST',
  url: '/api/work',
  wire: FindWork,
  handle: async (tx, { body, identity }) => {
    const { holidays } = await getLaw(tx)
    const after = readCursor(body.cursor)
    const { criteria } = body
    const scope = leadsUnit(tx.actor.role) ? criteria.scope : 'mine'
    const all = await everything(tx, scope)
    const facts = await factsOf(tx, all)
    const factOf = (row: WorkRow) => facts.get(row.caseId ?? row.recordId)
    const chosen = all.filter((row) => {
      const fact = factOf(row)
      return chooses(criteria, {
        group: groupOf(row, tx.now),
        kind: row.kind,
        risk: fact?.risk ?? null,
        concerns: fact?.concerns ?? null,
        municipality: fact?.municipality ?? row.clock?.municipality ?? null,
        workerId: fact?.worker ?? null,
        code: fact?.code ?? row.from?.code ?? '',
        title: saidOf(row, identity.language),
      })
    })
    const from =
      after === null
        ? 0
        : chosen.findIndex((row) => row.due > after.at || (row.due === after.at && row.id > after.id))
    const rest = from === -1 ? [] : chosen.slice(from)
    const page = rest.slice(0, body.limit)
    const faces = await lastFaces(tx, page)
    const last = page.at(-1)
    return {
      items: itemsOf(page, faces, tx, holidays, identity.language, (row) => {
        const fact = factOf(row)
        return fact?.worker != null && fact.name !== null ? { id: fact.worker, name: fact.name } : null
      }),
      next: last !== undefined && rest.length > body.limit ? cursorOf(last.due, last.id) : null,
      total: Math.min(COUNTED, chosen.length),
      counts: countGroups(chosen, tx.now),
      escalated: [],
      caseload: null,
      kinds: kindsOf(chosen, identity.language),
    }
  },
})
