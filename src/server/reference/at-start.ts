/**
 * Reference data at a start: loaded when the shipped files, or what reads them, are others than those this database was last
 * loaded from. A row that somebody changed by hand since is brought back by `mburoja reference load`, which always loads.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { systemTx } from '../tx.ts'

const root = join(import.meta.dirname, '../../..')
/** The files, the code that makes rows of them, and the tables these go into. */
const sources = [
  'reference',
  'migrations',
  'src/domain',
  ...['action-plan', 'form', 'indicator', 'learning', 'reference'].map((noun) => `src/server/${noun}`),
]

const digestOf = (): string => {
  const hash = createHash('sha256')
  for (const source of sources) {
    const found = readdirSync(join(root, source), { recursive: true, withFileTypes: true })
    for (const path of found
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort())
      hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex')
}

export const referenceAtStart = async (ctx: Context): Promise<void> => {
  const digest = digestOf()
  const known = await systemTx(ctx, 'owner', 'start: which reference data is loaded', (tx) =>
    tx.sql("select 1 from country_setting where key = 'reference' and value = to_jsonb($1::text)", [digest]),
  )
  if (known.length > 0) return
  const { loadReference } = await import('./load.ts')
  await loadReference(ctx)
  await systemTx(ctx, 'owner', 'start: this reference data is loaded', (tx) =>
    tx.sql(
      `insert into country_setting (key, value) values ('reference', to_jsonb($1::text))
       on conflict (key) do update set value = excluded.value`,
      [digest],
    ),
  )
}
