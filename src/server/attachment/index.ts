/** Files of cases: sent piece by piece, examined, sealed, listed, taken away. */
import type { CommandHandler } from '../command.ts'
import type { Context } from '../context.ts'
import type { Endpoint } from '../endpoint.ts'
import { systemTx } from '../tx.ts'
import { attachFile } from './attach.ts'
import { listAttachments } from './list.ts'

export const attachmentCommands: readonly CommandHandler[] = [attachFile]
export const attachmentEndpoints: readonly Endpoint[] = [listAttachments]
export { mountAttachmentFiles } from './take.ts'
export { mountUploads } from './upload.ts'

/** Uploads that nobody finished within their week. */
export const forgetUploads = (ctx: Context): Promise<{ forgotten: number }> =>
  systemTx(ctx, 'jobs', 'attachments: forget what nobody finished sending', async (tx) => {
    const stale = await tx.sql<{ id: string }>(
      `select id from attachment where state = 'uploading' and expires_at < $1 order by expires_at limit 500`,
      [tx.now],
    )
    let forgotten = 0
    for (const { id } of stale) {
      const [row] = await tx.sql<{ gone: boolean }>('select forget_upload($1, $2) as gone', [id, tx.now])
      if (row?.gone === true) forgotten += 1
    }
    return { forgotten }
  })
