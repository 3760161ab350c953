/** Files of a case: that they exist for whoever sees the case, their titles where the tier reaches. */
import { mayAttach } from '#domain/attachment/attach.ts'
import type { AttachmentKind } from '#domain/attachment/media.ts'
import type { Instant, Json, Uuid } from '#domain/core.ts'
import { ListAttachments } from '#wire/attachment.ts'
import { recordAccess } from '../access.ts'
import { getCase } from '../case/store.ts'
import { endpoint } from '../endpoint.ts'
import { open } from '../sealing/index.ts'
import type { Tx } from '../tx.ts'

interface Row {
  readonly id: Uuid
  readonly kind: AttachmentKind
  readonly size: number
  readonly tier: 'T3' | 'T4'
  readonly scan: 'clean' | 'not_scanned'
  readonly at: Instant
  readonly by: string | null
  readonly erased: boolean
}
interface TitleRow {
  readonly id: Uuid
  readonly subject: Uuid
  readonly body: Json
  readonly sensitive: boolean
}

const titlesOf = async (tx: Tx, caseId: Uuid, ids: readonly Uuid[]): Promise<Map<Uuid, string>> => {
  const from = (table: string, sensitive: boolean): string =>
    `select id, subject_id as subject, body, ${sensitive} as sensitive from ${table}
     where case_id = $1 and subject_id = any ($2::uuid[]) and name = 'title'`
  const rows = await tx.sql<TitleRow>(
    `${from('case_text', false)} union all ${from('case_text_sensitive', true)}`,
    [caseId, ids],
  )
  const titles = new Map<Uuid, string>()
  for (const row of rows) {
    const body = row.sensitive
      ? await open(
          tx,
          { record: { kind: 'case_file', id: caseId }, tier: 'T4', at: row.id, name: 'title' },
          row.body,
        )
      : row.body
    if (typeof body === 'string') titles.set(row.subject, body)
  }
  return titles
}

export const listAttachments = endpoint({
  method: 'GET',
  url: '/api/cases/{id}/attachments',
  wire: ListAttachments,
  handle: async (tx, { params }) => {
    const s = await getCase(tx, params.id)
    const [rows, unfinished] = await Promise.all([
      tx.sql<Row>(
        `select a.id, a.kind, a.size, a.tier, a.scan, a.kept_at as at, u.display_name as by, a.state = 'erased' as erased
         from attachment a left join app_user u on u.id = a.by_id where a.case_id = $1 and a.state <> 'uploading'
         order by a.kept_at desc, a.id desc limit 300`,
        [s.id],
      ),
      tx.sql<{ id: Uuid; size: number; received: number; begunAt: Instant; expiresAt: Instant }>(
        `select id, size, received, begun_at as "begunAt", expires_at as "expiresAt" from attachment
         where case_id = $1 and state = 'uploading' and expires_at > $2 order by begun_at desc limit 20`,
        [s.id, tx.now],
      ),
    ])
    const titles = await titlesOf(
      tx,
      s.id,
      rows.map((row) => row.id),
    )
    recordAccess(tx, { act: 'list', kind: 'case_file', ids: [s.id], tier: titles.size > 0 ? 'T3' : 'T2' })
    return {
      items: rows.map((row) => ({ ...row, title: titles.get(row.id) ?? null })),
      unfinished,
      mayAttach: mayAttach(tx.actor, s) === null,
    }
  },
})
