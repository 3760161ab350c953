/** What happened in a case, oldest first, in words; existence is told where the text is not the reader's to see. */
import type { Instant, Json, Uuid } from '#domain/core.ts'
import type { EntrySeen } from '#domain/document/file.ts'
import { plain } from '#domain/document/parts.ts'
import type { Language } from '#wire/words/index.ts'
import { openPart } from '../sealing/index.ts'
import type { Tx } from '../tx.ts'
import { say, says } from '../words.ts'

interface Row {
  readonly id: Uuid
  readonly type: string
  readonly at: Instant
  readonly by: string | null
  readonly facts: Readonly<Record<string, Json>>
  readonly digests: string
}
interface PartRow {
  readonly event_id: Uuid
  readonly tier: 'T3' | 'T4'
  readonly name: string
  readonly body: Json
}

const rank = { T3: 3, T4: 4 } as const
/** A file of more events than this prints its newest; the register keeps them all. */
const most = 3000
/** Told in full elsewhere in the paper. */
const elsewhere = new Set(['answers', 'person', 'names'])

const whatOf = (row: Row, hidden: boolean, language: Language): string => {
  const known = (key: string, params?: Record<string, string>): string | null =>
    says(language, key) ? say(language, key, params) : null
  const { facts, type } = row
  if (type === 'NoteAdded')
    // Even the kind of a sensitive note says something of the child.
    return (
      (hidden ? null : known(`casePage.note_${String(facts.kind)}`)) ?? say(language, 'casePage.kind_note')
    )
  if (type === 'CaseReferralMoved')
    return (
      known(`referral.news_${String(facts.what)}`, { code: String(facts.code) }) ??
      say(language, 'casePage.kind_referral')
    )
  const rule = known(`clock.rule_${String(facts.rule)}`) ?? String(facts.rule ?? '')
  for (const noun of [
    'casePage',
    'gtnPage',
    'familyPage',
    'courtPage',
    'outcomePage',
    'placementPage',
    'clock',
  ]) {
    const words = known(`${noun}.event_${type}`, noun === 'clock' ? { rule } : {})
    if (words !== null) return words
  }
  return say(language, 'document.entry')
}

export const entriesOf = async (tx: Tx, id: Uuid, tier: number, language: Language): Promise<EntrySeen[]> => {
  const rows = await tx.sql<Row>(
    `select e.id, e.type, e.occurred_at as at, u.display_name as by, e.facts, e.digests from event e
       left join app_user u on u.id = e.actor_id
     where e.kind = 'case_file' and e.record_id = $1 order by e.seq desc limit ${most}`,
    [id],
  )
  const stored =
    tier < 3
      ? []
      : await tx.sql<PartRow>(
          `select p.event_id, p.tier, p.name, p.body from event_part p where p.event_id = any ($1::uuid[]) and p.tier = any ($2)`,
          [rows.map((row) => row.id), tier < 4 ? ['T3'] : ['T3', 'T4']],
        )
  const parts = new Map<Uuid, PartRow[]>()
  for (const part of stored) {
    if (elsewhere.has(part.name)) continue
    const opened = { ...part, body: await openPart(tx, part, { kind: 'case_file', id }) }
    parts.set(part.event_id, [...(parts.get(part.event_id) ?? []), opened])
  }
  return rows.reverse().map((row) => {
    const hidden = ['T3', 'T4'].some(
      (one) => rank[one as 'T3' | 'T4'] > tier && row.digests.includes(`${one}:`),
    )
    return {
      at: row.at,
      what: whatOf(row, hidden, language),
      by: row.by,
      texts: (parts.get(row.id) ?? []).map((part) => plain(part.body)).filter((text) => text !== ''),
      hidden,
    }
  })
}
