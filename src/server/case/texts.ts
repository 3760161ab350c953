/** Texts of a case by what they belong to, from the tiers that this reader reaches. */
import type { Json, Uuid } from '#domain/core.ts'
import { open } from '../sealing/index.ts'
import type { Tx } from '../tx.ts'

interface Text {
  readonly id: Uuid
  readonly subject_id: Uuid
  readonly name: string
  readonly body: Json
}

/** The newest text of that name, or null where there is none or it lies beyond the reader's reach. */
export type FindText = (subject: Uuid, name: string) => string | null

export const textsOf = async (tx: Tx, caseId: Uuid, subjects: readonly Uuid[]): Promise<FindText> => {
  const [named, sensitive] = await Promise.all(
    ['case_text', 'case_text_sensitive'].map((table) =>
      tx.sql<Text>(
        `select id, subject_id, name, body from ${table} where case_id = $1 and subject_id = any ($2::uuid[]) order by at desc, id desc`,
        [caseId, subjects],
      ),
    ),
  )
  const record = { kind: 'case_file', id: caseId }
  const opened: Text[] = [...(named ?? [])]
  for (const text of sensitive ?? [])
    opened.push({
      ...text,
      body: await open(tx, { record, tier: 'T4', at: text.id, name: text.name }, text.body),
    })
  return (subject, name) => {
    const body = opened.find((text) => text.subject_id === subject && text.name === name)?.body
    return typeof body === 'string' ? body : null
  }
}
