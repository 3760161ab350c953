/** What is open to whom beyond their scope: for themselves, for the unit whose case it is, for the officer who reviews. */
import type { Instant, Uuid } from '#domain/core.ts'
import {
  glassLives,
  grantStanding,
  mayAskAccess,
  mayBreakGlass,
  maySearchBeyond,
} from '#domain/privacy/access.ts'
import { nameKey, phoneticKeys } from '#linkage/name.ts'
import {
  FindFar,
  FoundFar,
  type Grant,
  GrantList,
  GrantsQuery,
  IdParams,
  Minimum,
  type Opening,
  OpeningList,
  OpeningReads,
  OpeningsQuery,
} from '#wire/privacy.ts'
import { hashTerm, recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { forbidden, notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { privacyLaw } from './law.ts'
import { findFar, tierNow, unitSql, wordsSql } from './store.ts'

const paged = <Row extends { id: Uuid }>(rows: readonly Row[], limit: number, at: (row: Row) => Instant) => {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(at(last), last.id) : null }
}

type OpeningRow = Omit<Opening, 'live' | 'mine'> & { readonly userId: Uuid }
const listOpenings = endpoint({
  method: 'GET',
  url: '/api/access/openings',
  wire: {
    summary:
      'Files opened by break-glass: one’s own, those of one’s unit’s cases, for the data protection officer all',
    query: OpeningsQuery,
    reply: OpeningList,
  },
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<OpeningRow>(
      `select b.id, b.version, b.case_id as "caseId", b.case_code as "caseCode", u.display_name as user, b.role, ${unitSql('n')}, b.reach,
         b.reason, b.opened_at as "openedAt", b.until, b.ended_at as "endedAt", b.review_due as "reviewDue", b.reviewed_at as "reviewedAt",
         r.display_name as reviewer, b.outcome, b.consequence, b.user_id as "userId", ${wordsSql('b')}
       from break_glass b join app_user u on u.id = b.user_id join unit n on n.id = b.unit_id left join app_user r on r.id = b.reviewed_by
       where case $1 when 'mine' then b.user_id = (select me_user()) when 'waiting' then b.outcome is null
           when 'reviewed' then b.outcome is not null else true end
         and ($2::timestamptz is null or (b.opened_at, b.id) < ($2, $3::uuid))
       order by b.opened_at desc, b.id desc limit $4`,
      [query.box, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const page = paged(rows, query.limit, (row) => row.openedAt)
    return {
      next: page.next,
      items: page.items.map(({ userId, ...row }) => ({
        ...row,
        live: glassLives(row, tx.now),
        mine: userId === tx.actor.userId,
      })),
    }
  },
})

const readOpening = endpoint({
  method: 'GET',
  url: '/api/access/openings/{id}/reads',
  wire: {
    summary: 'What was opened under one break-glass, oldest first; for the data protection officer',
    params: IdParams,
    reply: OpeningReads,
  },
  handle: async (tx, { params }) => {
    if (tx.actor.role !== 'dpo') throw forbidden()
    const rows = await tx.sql<{
      at: Instant
      act: string
      kind: string
      tier: string | null
      code: string | null
    }>(
      `select a.at, a.act, a.kind, a.tier, a.code from break_glass b
         join access_record a on a.actor_id = b.user_id and a.at >= b.opened_at and a.at <= least(b.until, coalesce(b.ended_at, b.until))
           and (a.code = 'break_glass' or a.act = 'break_glass' and a.record_id = b.case_id)
       where b.id = $1 order by a.at, a.id limit 500`,
      [params.id],
    )
    recordAccess(tx, { act: 'list', kind: 'access_record', ids: [params.id], tier: 'T2' })
    return { items: rows }
  },
})

type GrantRow = Omit<Grant, 'mine' | 'mayAnswer' | 'mayRevoke' | 'state'> & {
  readonly state: 'REQUESTED' | 'GRANTED' | 'REFUSED' | 'REVOKED'
  readonly userId: Uuid
  readonly ownerUnitId: Uuid | null
}
const listGrants = endpoint({
  method: 'GET',
  url: '/api/access/grants',
  wire: {
    summary: 'Access to cases that was asked for and given for a purpose until a day',
    query: GrantsQuery,
    reply: GrantList,
  },
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<GrantRow>(
      `select g.id, g.version, g.case_id as "caseId", g.case_code as "caseCode", u.display_name as user, g.role, ${unitSql('n')}, g.reach,
         g.purpose, g.days, g.state, g.requested_at as "requestedAt", g.until, d.display_name as decider, g.user_id as "userId",
         (select c.unit_id from case_file c where c.id = g.case_id) as "ownerUnitId", ${wordsSql('g')}
       from access_grant g join app_user u on u.id = g.user_id join unit n on n.id = g.unit_id left join app_user d on d.id = g.decided_by
       where case $1 when 'mine' then g.user_id = (select me_user()) when 'asked' then g.user_id <> (select me_user()) else true end
         and ($2::timestamptz is null or (g.requested_at, g.id) < ($2, $3::uuid))
       order by g.requested_at desc, g.id desc limit $4`,
      [query.box, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const page = paged(rows, query.limit, (row) => row.requestedAt)
    return {
      next: page.next,
      items: page.items.map(({ userId, ownerUnitId, ...row }) => {
        const mine = userId === tx.actor.userId
        const heads = tx.actor.role === 'cpu_head' && ownerUnitId === tx.actor.unitId && !mine
        const standing = grantStanding(row, tx.now)
        return {
          ...row,
          state: standing,
          mine,
          mayAnswer: heads && standing === 'REQUESTED',
          mayRevoke: (heads || tx.actor.role === 'dpo') && standing === 'GRANTED',
        }
      }),
    }
  },
})

interface Hit {
  readonly id: Uuid
  readonly code: string | null
}
const hitsOf = async (tx: Tx, ids: readonly Hit[]) => {
  const rows = await tx.sql<{ id: Uuid; sq: string; en: string; phone: string | null }>(
    `select x.id, u.name_sq as sq, u.name_en as en, u.phone from unnest($1::uuid[]) with ordinality a (id, n)
       cross join lateral case_to_open(null, a.id) x join unit u on u.id = x.unit_id order by a.n`,
    [ids.map((hit) => hit.id)],
  )
  const items = []
  for (const row of rows)
    items.push({
      caseId: row.id,
      caseCode: ids.find((hit) => hit.id === row.id)?.code ?? null,
      unit: { sq: row.sq, en: row.en },
      phone: row.phone,
      open: (await tierNow(tx, row.id)) >= 3,
    })
  return items
}

const find = endpoint({
  method: 'POST',
  url: '/api/access/find',
  wire: {
    summary:
      'Hit or no hit beyond one’s scope: that a case is there and which unit to call, by its code or by a person who is alike',
    body: FindFar,
    reply: FoundFar,
  },
  handle: async (tx, { body, ctx }) => {
    if (!mayBreakGlass(tx.actor) && !mayAskAccess(tx.actor)) throw forbidden()
    const said = {
      mayOpen: mayBreakGlass(tx.actor),
      mayAsk: mayAskAccess(tx.actor),
      hours: privacyLaw.glassHours,
      mostDays: privacyLaw.grantDays,
    }
    if (body.caseCode !== undefined) {
      const far = await findFar(tx, ctx, { code: body.caseCode })
      return { ...said, items: far === null ? [] : await hitsOf(tx, [{ id: far.id, code: far.code }]) }
    }
    if (!maySearchBeyond(tx.actor)) throw forbidden()
    const names = `${body.givenName} ${body.familyName}`
    const rows = await tx.sql<{ id: Uuid }>('select id from cases_alike($1, $2, $3, $4)', [
      nameKey(names),
      phoneticKeys(names),
      body.birth?.from ?? null,
      body.birth?.to ?? null,
    ])
    recordAccess(tx, {
      act: 'search',
      kind: 'person',
      ids: rows.map((row) => row.id),
      tier: 'T2',
      code: rows.length === 0 ? 'no_hit' : 'hit_elsewhere',
      term: hashTerm(ctx, names),
    })
    return {
      ...said,
      items: await hitsOf(
        tx,
        rows.map(({ id }) => ({ id, code: null })),
      ),
    }
  },
})

const readMinimum = endpoint({
  method: 'GET',
  url: '/api/access/minimum/{id}',
  wire: {
    summary:
      'The least that protects the child of this case, for police and professionals while their opening or grant lives',
    params: IdParams,
    reply: Minimum,
  },
  handle: async (tx, { params }) => {
    const [row] = await tx.sql<{ file: Minimum | null }>('select opened_minimum($1) as file', [params.id])
    const file = row?.file ?? null
    if (file === null) throw notFound()
    recordAccess(tx, { act: 'read', kind: 'case_file', ids: [params.id], tier: 'T3' })
    return file
  },
})

export const accessEndpoints: readonly Endpoint[] = [listOpenings, readOpening, listGrants, find, readMinimum]
