/** Reading what left a case, and the written requests for it. */

import type { z } from 'zod'
import { caseTier, gate, isHead, scopeOf } from '#domain/case/policy.ts'
import type { CaseState } from '#domain/case/state.ts'
import type { Actor, Day, Uuid } from '#domain/core.ts'
import { extractParts } from '#domain/information-request.ts'
import { CaseDisclosures, CaseRequests } from '#wire/disclosure.ts'
import { recordAccess } from '../access.ts'
import { asText, wordsUnder } from '../case/beside.ts'
import { getCase } from '../case/store.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'

export { disclosureCommands } from './write.ts'

type Disclosure = z.input<typeof CaseDisclosures.reply>['items'][number]
type Request = z.input<typeof CaseRequests.reply>['items'][number]

/** The case, for whoever sees it at all; the tier of the texts is answered by their own policies. */
const seen = async (tx: Tx, id: Uuid): Promise<{ s: CaseState; tier: 2 | 3 | 4 }> => {
  const s = await getCase(tx, id)
  const tier = caseTier(tx.actor, scopeOf(s))
  if (tier === 0) throw notFound()
  return { s, tier }
}

const caseDisclosures = endpoint({
  method: 'GET',
  url: '/api/cases/{id}/disclosures',
  wire: CaseDisclosures,
  handle: async (tx, { params, query }) => {
    const { s, tier } = await seen(tx, params.id)
    const after = readCursor(query.cursor)
    const rows = await tx.sql<
      Omit<Disclosure, 'reason' | 'toUnit'> & { sq: string | null; en: string | null }
    >(
      `select d.id, d.at, d.kind, coalesce(x.country, d.to_kind) as "toKind", u.name_sq as sq, u.name_en as en, d.grounds, d.fields, d.tier, d.overrides,
         d.child_asked as "childAsked", d.referral_id as "referralId", d.request_id as "requestId", d.document, p.display_name as by
       from (select id, case_id, at, kind, to_unit_id, to_kind, grounds, fields, tier, overrides, child_asked, referral_id, request_id,
               document, by_id, packet_id from disclosure where case_id = $1
             union all select id, case_id, at, 'document', to_unit_id, 'paper', '[{"kind": "law", "ref": ""}]', array[kind], tier, 'none',
               'not_needed', null, null, kind, by_id, null from document_copy where case_id = $1 and leaves) d
         left join unit u on u.id = d.to_unit_id left join app_user p on p.id = d.by_id
         left join packet x on x.id = d.packet_id
       where ($2::timestamptz is null or (d.at, d.id) < ($2, $3::uuid))
       order by d.at desc, d.id desc limit $4`,
      [s.id, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    const words = await wordsUnder(
      tx,
      s.id,
      page.map((row) => row.id),
    )
    recordAccess(tx, { act: 'read', kind: 'case_file', ids: [s.id], tier: tier === 2 ? 'T2' : 'T3' })
    return {
      items: page.map(({ sq, en, ...row }) => ({
        ...row,
        toUnit: sq === null || en === null ? null : { sq, en },
        reason: asText(words(row.id, 'reason')),
      })),
      next: rows.length > query.limit && last !== undefined ? cursorOf(String(last.at), last.id) : null,
    }
  },
})

/** The same questions that the commands ask, so that the screen offers no more. */
const mayDo = (
  actor: Actor,
  s: CaseState,
  row: Pick<Request, 'state' | 'checkedBy'>,
): ('check' | 'answer' | 'refuse')[] => {
  const works = gate('add_note', actor, s) === null
  const checks =
    works ||
    isHead(actor, s) ||
    (actor.role === 'municipal_director' && actor.municipality === s.municipality)
  const open = row.state !== 'answered' && row.state !== 'refused'
  return [
    ...(row.state === 'received' && checks ? (['check'] as const) : []),
    ...(row.state === 'lawful' && works && row.checkedBy !== actor.userId ? (['answer'] as const) : []),
    ...(open && works ? (['refuse'] as const) : []),
  ]
}

type Row = Omit<Request, 'officer' | 'words' | 'opinion' | 'refusal' | 'extract' | 'may'> & {
  readonly receivedOn: Day
}
/** Bounded: more letters than this about one child were never met. */
const most = 100

const caseRequests = endpoint({
  method: 'GET',
  url: '/api/cases/{id}/requests',
  wire: CaseRequests,
  handle: async (tx, { params }) => {
    const { s, tier } = await seen(tx, params.id)
    const rows = await tx.sql<Row>(
      `select r.id, r.authority, r.reference, r.article, r.asked, r.received_on as "receivedOn", r.court_order as "courtOrder", r.state,
         r.allowed, r.given, r.checked_by as "checkedBy", k.display_name as "checkedByName", l.display_name as "closedByName"
       from information_request r left join app_user k on k.id = r.checked_by left join app_user l on l.id = r.closed_by
       where r.case_id = $1 order by r.received_on desc, r.at desc, r.id limit ${most}`,
      [s.id],
    )
    const words = await wordsUnder(
      tx,
      s.id,
      rows.map((row) => row.id),
    )
    recordAccess(tx, { act: 'read', kind: 'case_file', ids: [s.id], tier: `T${tier}` as 'T2' | 'T3' | 'T4' })
    return {
      items: rows.map((row) => ({
        ...row,
        officer: asText(words(row.id, 'officer')),
        words: asText(words(row.id, 'asked')),
        opinion: asText(words(row.id, 'opinion')),
        refusal: asText(words(row.id, 'refusal')),
        extract: row.given.map((part) => ({
          part,
          tier: extractParts[part],
          text: asText(words(row.id, `extract_${part}`)),
        })),
        may: mayDo(tx.actor, s, row),
      })),
    }
  },
})

export const disclosureEndpoints: readonly Endpoint[] = [caseDisclosures, caseRequests]
