/** A new wrapping key: every data key is wrapped anew under it; the values themselves stay as they are. */
import type { Uuid } from '#domain/core.ts'
import type { Context } from '../context.ts'
import { Fault } from '../fault.ts'
import { Problem } from '../problem.ts'
import { systemTx, type WriteTx } from '../tx.ts'
import { type FileRing, refreshEvery } from './ring.ts'
import { noteKey } from './start.ts'

export interface Rotated {
  /** Name of the key that wraps from now on. */
  readonly key: string
  readonly rewrapped: number
  /** Data keys whose own wrapping key is missing: they stay as they are. */
  readonly unopened: number
  /** Files of the keys under which nothing is wrapped any more: they may be removed. */
  readonly removable: readonly string[]
}

interface Row {
  readonly kind: string
  readonly record_id: Uuid
  readonly wrapping: string
  readonly wrapped: Buffer
}

type At = Pick<Row, 'kind' | 'record_id'>

const batch = 500

const rewrap = async (
  tx: WriteTx,
  ring: FileRing,
  name: string,
  after: At,
): Promise<{ rewrapped: number; unopened: number; last: At | undefined }> => {
  const rows = await tx.sql<Row>(
    `select kind, record_id, wrapping_key as wrapping, wrapped from record_key
      where wrapping_key <> $1 and (kind, record_id) > ($2, $3) order by kind, record_id limit ${batch} for update`,
    [name, after.kind, after.record_id],
  )
  let unopened = 0
  for (const row of rows) {
    const owner = `${row.kind} ${row.record_id}`
    try {
      const anew = ring.wrap(owner, ring.unwrap(owner, row))
      tx.later(
        'update record_key set wrapping_key = $3, wrapped = $4, version = version + 1 where kind = $1 and record_id = $2',
        [row.kind, row.record_id, anew.wrapping, anew.wrapped],
      )
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'unopened') throw error
      unopened += 1
    }
  }
  return { rewrapped: rows.length - unopened, unopened, last: rows.at(-1) }
}

type Step = <T>(work: (tx: WriteTx) => Promise<T>) => Promise<T>

const pass = async (step: Step, ring: FileRing, name: string) => {
  let after: At = { kind: '', record_id: '00000000-0000-0000-0000-000000000000' }
  let rewrapped = 0
  let unopened = 0
  for (;;) {
    const at = after
    const done = await step((tx) => rewrap(tx, ring, name, at))
    rewrapped += done.rewrapped
    unopened += done.unopened
    if (done.last === undefined) return { rewrapped, unopened }
    after = done.last
  }
}

/**
 * `wait` (ms) lets a running server find the new key before the second pass takes what it wrapped meanwhile.
 * `lost`: the newest key will not come back; begin a new one, and what the lost one sealed stays shut.
 * @throws Fault when the newest key is missing and not given up: a new one on top would hide that.
 */
export const rotateKeys = async (
  ctx: Context,
  ring: FileRing,
  { wait = refreshEvery + 1000, lost = false }: { readonly wait?: number; readonly lost?: boolean } = {},
): Promise<Rotated> => {
  try {
    if (!lost) ring.wrap('try', Buffer.alloc(32))
  } catch {
    throw new Fault(
      `The newest key is missing from ${ring.directory}: bring it back first, or say --lost to go on without what it sealed.`,
    )
  }
  const name = ring.add()
  await systemTx(ctx, 'owner', 'keys: a new wrapping key', (tx) => tx.sql(noteKey, [name, tx.now]))
  const step: Step = (work) => systemTx(ctx, 'owner', 'keys: wrap data keys anew', work)
  const first = await pass(step, ring, name)
  await new Promise((resolve) => setTimeout(resolve, wait))
  // The lock waits for whoever is adding a key; whoever adds one after it finds the old wrapping key retired.
  const [second, retired] = await systemTx(ctx, 'owner', 'keys: retire what wraps nothing', async (tx) => {
    await tx.sql('lock table record_key in share row exclusive mode')
    const rest = await pass((work) => work(tx), ring, name)
    const rows = await tx.sql<{ id: string }>(
      `update wrapping_key w set retired_at = coalesce(retired_at, $2) where id <> $1
        and not exists (select from record_key k where k.wrapping_key = w.id) returning id`,
      [name, tx.now],
    )
    return [rest, rows] as const
  })
  return {
    key: name,
    rewrapped: first.rewrapped + second.rewrapped,
    unopened: second.unopened,
    removable: retired.flatMap(({ id }) => ring.fileOf(id) ?? []),
  }
}
