/** Shipped rows into a table: only what differs is written, and how many those were is told. */
import type { Tx } from '../tx.ts'

export interface Table {
  readonly table: string
  readonly key: readonly string[]
  readonly columns: Readonly<Record<string, string>>
  /** `follow` the file; `keep` what an administrator changed; `until` follows as long as this holds of the row. */
  readonly when: 'follow' | 'keep' | { readonly until: string }
  /** Rows of the file (`r`) of which this does not hold are somebody's own business by now. */
  readonly only?: string
  readonly rows: readonly object[]
}

/** One statement a table: rows as JSON, changed ones only, and how many those were. */
export const upsert = async (
  tx: Tx,
  { table, key, columns, when, only = 'true', rows }: Table,
): Promise<number> => {
  const names = Object.keys(columns)
  const others = names.filter((name) => !key.includes(name))
  const tuple = (from: string) => `(${others.map((name) => `${from}.${name}`).join(', ')})`
  const conflict =
    when === 'keep'
      ? 'do nothing'
      : `do update set ${others.map((name) => `${name} = excluded.${name}`).join(', ')}
         where ${tuple(table)} is distinct from ${tuple('excluded')}${when === 'follow' ? '' : ` and ${when.until}`}`
  const result = await tx.sql<{ n: number }>(
    `with changed as (
       insert into ${table} (${names.join(', ')})
       select ${names.join(', ')} from jsonb_to_recordset($1::jsonb) as r (${names.map((name) => `${name} ${columns[name]}`).join(', ')}) where ${only}
       on conflict (${key.join(', ')}) ${conflict} returning 1)
     select count(*)::int as n from changed`,
    [JSON.stringify(rows)],
  )
  return result[0]!.n
}
