/**
 * Words → texts of cases. `find_words` (migration 0045) holds the caller's scope and knows where words stand; the texts themselves are
 * read here under their own policies, and what those do not show is not shown.
 */
import type { Instant, Json, Uuid } from '#domain/core.ts'
import { askedWords, snippet } from '#linkage/snippet.ts'
import { SearchTexts, type textSources } from '#wire/text-search.ts'
import { hashTerm, recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { say, says } from '../words.ts'

interface Found {
  readonly id: Uuid
  readonly case_id: Uuid
  readonly code: string
  readonly status: string
  readonly source: (typeof textSources)[number]
  readonly part: string
  readonly at: Instant
  /** Null where the text is gone, or not this reader's after all. */
  readonly body: Json
}

/** Each text by its own table; a look-up by key for each row of the page. */
const found = `with hit as materialized (select * from find_words($1, $2, $3, $4))
  select h.id, h.case_id, h.code, h.status, h.source, h.at,
    case when h.source = 'text' and h.part = 'text' then coalesce((select case when exists (select from case_note n where n.id = t.subject_id) then 'note'
      when exists (select from plan_goal g where g.id = t.subject_id) then 'goal'
      when exists (select from plan_action a where a.id = t.subject_id) then 'action' end
      from case_text t where t.id = h.ref and t.case_id = h.case_id), h.part) else h.part end as part,
    case h.source
    when 'text' then (select t.body from case_text t where t.id = h.ref and t.case_id = h.case_id)
    when 'answer' then (select n.value from answer_named n where n.assessment_id = h.ref and n.question_key = h.part)
    when 'summary' then (select to_jsonb(concat_ws(' ', n.summary, n.safe_contact)) from case_file_named n where n.id = h.ref)
    when 'near' then (select to_jsonb(concat_ws(' · ', n.name, n.remark)) from case_person_near n where n.id = h.ref)
    when 'report' then (select to_jsonb(n.narrative) from report_named n where n.id = h.ref)
    when 'addition' then (select to_jsonb(a.text) from report_addition a where a.id = h.ref)
  end as body from hit h order by h.at desc, h.id desc`

/** What is written in a value, in reading order. */
const textOf = (body: Json): string => {
  if (typeof body === 'string') return body
  if (body === null || typeof body !== 'object') return ''
  return (Array.isArray(body) ? body : Object.values(body)).map(textOf).filter(Boolean).join(' · ')
}

const searchTexts = endpoint({
  method: 'POST',
  url: '/api/search/texts',
  wire: SearchTexts,
  handle: async (tx, { body, ctx, identity: { language } }) => {
    const after = readCursor(body.cursor)
    const words = askedWords(body.q)
    const rows =
      words.length === 0
        ? []
        : await tx.sql<Found>(found, [words.join(' '), after?.at ?? null, after?.id ?? null, body.limit + 1])
    const page = rows.slice(0, body.limit)
    const shown = page.filter((row) => row.body !== null)
    recordAccess(tx, {
      act: 'search',
      kind: 'case_file',
      ids: [...new Set(shown.map((row) => row.case_id))],
      tier: 'T3',
      term: hashTerm(ctx, body.q),
    })
    const last = page.at(-1)
    const whereOf = ({ source, part }: Found): string => {
      const key = `searchPage.where_${source === 'text' ? part : source}`
      return say(language, says(language, key) ? key : 'searchPage.where_text')
    }
    return {
      items: shown.map((row) => ({
        id: row.id,
        caseId: row.case_id,
        code: row.code,
        status: row.status,
        source: row.source,
        part: row.part,
        where: whereOf(row),
        at: row.at,
        snippet: snippet(textOf(row.body), words).map((piece) => ({ ...piece })),
      })),
      next: rows.length > body.limit && last !== undefined ? cursorOf(last.at, last.id) : null,
    }
  },
})

export const textSearchEndpoints: readonly Endpoint[] = [searchTexts]
