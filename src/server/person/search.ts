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
  readonly case_id: Uuid
  readonly code: string
  readonly status: string
  readonly given_name: string | null
  readonly family_name: string | null
  readonly birth_from: Day | null
  readonly birth_to: Day | null
  readonly birth_said: string | null
}

const byName = 'select * from search_persons($1, $2)'
/** Operators that cannot leak, so that the index answers beneath the row policies. */
const byCode = `select c.person_id, c.id as case_id, c.code, c.status, n.given_name, n.family_name, n.birth_from, n.birth_to, n.birth_said
  from case_file c left join person_named n on n.id = c.person_id where c.code ~>=~ $1::text and c.code ~<~ ($1::text || '~') order by c.code desc limit $2`

export const nameOf = (row: Pick<Found, 'given_name' | 'family_name'>): string =>
  [row.given_name, row.family_name].filter((part) => part !== null).join(' ')

const find = async (
  tx: Tx,
  ctx: Context,
  query: z.output<typeof AskPersons.body>,
): Promise<z.input<typeof SearchPersons.reply>> => {
  const code = query.q.trim().toUpperCase()
  const words = nameTokens(query.q).toSorted((a, b) => b.length - a.length)
  const rows = /^[A-Z0-9]{2}-\d[\d-]*$/.test(code)
    ? await tx.sql<Found>(byCode, [code, query.limit])
    : words.length === 0
      ? []
      : await tx.sql<Found>(byName, [words.slice(0, 6).map((word) => `%${word}%`), query.limit])
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
