/** Part of a name → persons of the caller's own cases, found by a function that holds the caller's scope inside. */
import type { z } from 'zod'
import type { Day, Uuid } from '#domain/core.ts'
import { nameTokens } from '#linkage/name.ts'
import { AskPersons, SearchPersons } from '#wire/report.ts'
import { hashTerm, recordAccess } from '../access.ts'
import type { Context } from '../context.ts'
import { endpoint } from '../endpoint.ts'
import type { Tx } from '../tx.ts'

interface Found {
  readonly person_id: Uuid
  readonly case_id: Uuid | null
  readonly nrm_id: Uuid | null
  readonly code: string
  readonly status: string
  readonly given_name: string | null
  readonly family_name: string | null
  readonly birth_from: Day | null
  readonly birth_to: Day | null
  readonly birth_said: string | null
}

const byName = 'select s.*, null::uuid as nrm_id from search_persons($1, $2) s'
const adultsByName = 'select s.*, null::uuid as case_id from search_adults($1, $2) s'
/** Roles that read files of adults, each within its own reach. */
export const readsAdults: readonly string[] = ['responsible_authority', 'social_service', 'shelter']
/** By the printed code: whoever sees the file at all finds it, names stay with those who read them. */
const adultsByCode = `select f.person_id, null::uuid as case_id, f.id as nrm_id, f.code, f.status, n.given_name, n.family_name, n.birth_from,
    n.birth_to, n.birth_said
  from nrm_file f left join person_named n on n.id = f.person_id
 where f.subject = 'adult' and f.code >= $1::text and f.code < ($1::text || '~') order by f.code desc limit $2`
/** Operators that cannot leak, so that the index answers beneath the row policies. */
const byCode = `select c.person_id, c.id as case_id, null::uuid as nrm_id, c.code, c.status, n.given_name, n.family_name, n.birth_from, n.birth_to, n.birth_said
  from case_file c left join person_named n on n.id = c.person_id where c.code ~>=~ $1::text and c.code ~<~ ($1::text || '~') order by c.code desc limit $2`

export const nameOf = (row: Pick<Found, 'given_name' | 'family_name'>): string =>
  [row.given_name, row.family_name].filter((part) => part !== null).join(' ')

const rowsOf = async (
  tx: Tx,
  code: string,
  words: readonly string[],
  limit: number,
): Promise<readonly Found[]> => {
  const adults = readsAdults.includes(tx.actor.role)
  if (/^MKR-\d[\d-]*$/.test(code)) return adults ? tx.sql<Found>(adultsByCode, [code, limit]) : []
  if (/^[A-Z0-9]{2}-\d[\d-]*$/.test(code)) return tx.sql<Found>(byCode, [code, limit])
  if (words.length === 0) return []
  const asked = [words.slice(0, 6).map((word) => `%${word}%`), limit]
  const [children, grown] = await Promise.all([
    tx.sql<Found>(byName, asked),
    adults ? tx.sql<Found>(adultsByName, asked) : [],
  ])
  return [...children, ...grown].slice(0, limit)
}

const find = async (
  tx: Tx,
  ctx: Context,
  query: z.output<typeof AskPersons.body>,
): Promise<z.input<typeof SearchPersons.reply>> => {
  const code = query.q.trim().toUpperCase()
  const words = nameTokens(query.q).toSorted((a, b) => b.length - a.length)
  const rows = await rowsOf(tx, code, words, query.limit)
  recordAccess(tx, {
    act: 'search',
    kind: 'person',
    ids: rows.map((row) => row.person_id),
    tier: 'T3',
    term: hashTerm(ctx, query.q.trim()),
  })
  return {
    items: rows.map((row) => ({
      personId: row.person_id,
      caseId: row.case_id,
      caseCode: row.code,
      caseStatus: row.status,
      nrmId: row.nrm_id,
      name: nameOf(row),
      birth:
        row.birth_from === null || row.birth_to === null
          ? null
          : { from: row.birth_from, to: row.birth_to, said: row.birth_said ?? '' },
    })),
  }
}

/** A name belongs in no address: the interface asks here. */
export const ask = endpoint({
  method: 'POST',
  url: '/api/search',
  wire: AskPersons,
  handle: (tx, { body, ctx }) => find(tx, ctx, body),
})

/** For programs that look up the code of a case; kept beside the other door. */
export const search = endpoint({
  method: 'GET',
  url: '/api/search',
  wire: SearchPersons,
  handle: (tx, { query, ctx }) => find(tx, ctx, query),
})
