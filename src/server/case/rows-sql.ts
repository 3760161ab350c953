/** Rows beside the chain, sent now and awaited at commit. */
import type { WriteTx } from '../tx.ts'

export type Values = { readonly [column: string]: unknown }

/** Column names are literals of this file, never input. */
export const insert = (tx: WriteTx, table: string, values: Values): void => {
  const names = Object.keys(values)
  tx.later(
    `insert into ${table} (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
    Object.values(values),
  )
}
export const update = (tx: WriteTx, table: string, id: string, values: Values): void => {
  const names = Object.keys(values)
  tx.later(`update ${table} set ${names.map((name, i) => `${name} = $${i + 2}`).join(', ')} where id = $1`, [
    id,
    ...Object.values(values),
  ])
}
