/** At each start: the wrapping keys that this database needs are here, or it is said which are not. */
import type { Context } from '../context.ts'
import { systemTx } from '../tx.ts'
import type { Unproven } from './plain.ts'
import type { FileRing } from './ring.ts'

/** Notes the newest key in the database, so that a later start can tell that it is missing. */
export const noteKey = `insert into wrapping_key (id, made_at) values ($1, $2) on conflict do nothing`

/** Tables that may hold plain values: the constraint which says that they do not is not proven yet. */
const unprovenSql = `select conrelid::regclass::text as table, conname as name from pg_constraint
  where conname like '%\\_is\\_sealed' and contype = 'c' and not convalidated`

interface Found {
  /** Names of keys that wrap something and are not here. */
  readonly missing: readonly string[]
  /** The newest key that the database knows is here. */
  readonly newest: boolean
  readonly unproven: readonly Unproven[]
}

const look = (ctx: Context, ring: FileRing): Promise<Found> =>
  systemTx(ctx, 'owner', 'start: the wrapping keys belong to this database', async (tx) => {
    // Two first starts at once make one key.
    await tx.sql('lock table wrapping_key in share row exclusive mode')
    const known = await tx.sql<{ id: string }>(
      'select id from wrapping_key where retired_at is null order by made_at desc, id',
    )
    const missing = known.map((row) => row.id).filter((id) => !ring.names().includes(id))
    const newest = known[0] === undefined || ring.names().includes(known[0].id)
    if (newest) await tx.sql(noteKey, [ring.names().at(-1) ?? ring.add(), tx.now])
    return { missing, newest, unproven: await tx.sql<Unproven>(unprovenSql) }
  })

/**
 * Without the newest key the rest works, and an urgent report is still taken; sensitive values are refused, never kept
 * plain. Without an older one the values under it do not open.
 */
export const startSealing = async (
  ctx: Context,
  ring: FileRing,
  say: (line: string) => void,
): Promise<void> => {
  const { missing, newest, unproven } = await look(ctx, ring)
  if (missing.length > 0)
    say(
      `In ${ring.directory} the key ${missing.join(', ')} is missing or not the one this database was sealed with: ` +
        `sensitive values do not open${newest ? ' where it sealed them' : ', and new ones are refused'} until its file wrap-NNNN is brought back.`,
    )
  if (!newest) return ring.close()
  if (unproven.length > 0) await (await import('./plain.ts')).sealPlain(ctx, unproven, say)
}
