/** What may be read of referrals: the boxes, one of them, those of a case, and the directory of recipients. */
import type { Uuid } from '#domain/core.ts'
import { minimumDataSet, recipientKindOf, referableUnitKinds, servicesOf } from '#domain/referral/packet.ts'
import {
  CaseReferrals,
  type DirectoryUnit,
  GetReferral,
  ListInstitutions,
  ListReferrals,
} from '#wire/referral.ts'
import { recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { type Seen, seenSql, unitJson, viewReferral, viewRow } from './view.ts'

const boxes = {
  in: 'r.to_unit_id = (select me_unit())',
  out: 'r.from_unit_id = (select me_unit())',
  escalated: 'r.escalated_at is not null and r.to_unit_id <> (select me_unit())',
} as const

/** Paged by time of sending; the rows a person may reach are the policy's, not this query's. */
export const listReferrals = endpoint({
  method: 'GET',
  url: '/api/referrals',
  wire: ListReferrals,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<Seen>(
      seenSql(`select * from referral r where ${boxes[query.box]}
        and ($1::text is null or (r.closed_at is null) = ($1 = 'true'))
        and ($2::timestamptz is null or (r.sent_at, r.id) < ($2, $3::uuid))
        order by r.sent_at desc, r.id desc limit $4`),
      [query.open ?? null, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const items = rows.slice(0, query.limit).map((row) => viewRow(tx, row))
    recordAccess(tx, { act: 'list', kind: 'referral', ids: items.map((item) => item.id), tier: 'T2' })
    const last = items.at(-1)
    return {
      items,
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.sentAt, last.id) : null,
    }
  },
})

const getSeen = async (tx: Tx, id: Uuid): Promise<Seen> => {
  const [row] = await tx.sql<Seen>(seenSql('select * from referral r where r.id = $1'), [id])
  if (row === undefined) throw notFound()
  return row
}

export const getReferral = endpoint({
  method: 'GET',
  url: '/api/referrals/{id}',
  wire: GetReferral,
  handle: async (tx, { params }) => {
    const view = await viewReferral(tx, await getSeen(tx, params.id))
    const tier = view.packet.some((part) => part.tier === 'T4') ? 'T4' : view.packet.length > 0 ? 'T3' : 'T2'
    recordAccess(tx, { act: 'read', kind: 'referral', ids: [params.id], tier })
    return view
  },
})

/** Nested under its case: a case out of reach has no referrals to ask for. */
export const caseReferrals = endpoint({
  method: 'GET',
  url: '/api/cases/{id}/referrals',
  wire: CaseReferrals,
  handle: async (tx, { params }) => {
    const [seen] = await tx.sql<{ ok: boolean }>(
      'select exists (select 1 from case_file where id = $1) as ok',
      [params.id],
    )
    if (seen?.ok !== true) throw notFound()
    const rows = await tx.sql<Seen>(seenSql('select * from referral r where r.case_id = $1'), [params.id])
    const items = []
    for (const row of rows) items.push(await viewReferral(tx, row))
    recordAccess(tx, { act: 'list', kind: 'referral', ids: items.map((item) => item.id), tier: 'T3' })
    return { items, next: null }
  },
})

/** Units to which one may refer. Public offices only: nothing here is about a person. */
export const listInstitutions = endpoint({
  method: 'GET',
  url: '/api/institutions',
  wire: ListInstitutions,
  handle: async (tx, { query }) => {
    const rows = await tx.sql<{ unit: DirectoryUnit; institutionId: Uuid }>(
      `select ${unitJson('u')} as unit, u.institution_id as "institutionId" from unit u
       where u.active and u.kind = any ($1) and ($2::text is null or u.municipality = $2 or u.municipality is null)
       order by u.kind, u.municipality, u.name_sq, u.id`,
      [referableUnitKinds, query.municipality ?? null],
    )
    return {
      items: rows.flatMap(({ unit, institutionId }) => {
        const recipientKind = recipientKindOf(unit.kind)
        if (recipientKind === null || (query.kind !== undefined && query.kind !== recipientKind)) return []
        return [
          {
            ...unit,
            institutionId,
            recipientKind,
            services: [...servicesOf[recipientKind]],
            fields: [...minimumDataSet[recipientKind]],
          },
        ]
      }),
      next: null,
    }
  },
})
