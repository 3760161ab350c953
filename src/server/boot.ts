/**
 * From configuration to a context: the database is there and up to date, the keys are its own, the pools stand.
 * The server and every command begin here and end with `close`.
 */

import { join } from 'node:path'
import { clamd, installScanner } from './attachment/scan.ts'
import type { Config } from './config.ts'
import type { Context } from './context.ts'
import { type ConnectionRole, makePool } from './database.ts'
import { codeOf, Fault, fullDisk, messageOf } from './fault.ts'
import { migrate } from './migrate.ts'
import { type Opened, openDatabase } from './open.ts'
import { referenceAtStart } from './reference/at-start.ts'
import { type FileRing, openRing } from './sealing/ring.ts'
import { startSealing } from './sealing/start.ts'
import { openSecrets, type Secrets } from './secrets.ts'
import { identify } from './session/index.ts'
import { systemTx } from './tx.ts'

export interface Booted {
  readonly ctx: Context
  readonly seal: Secrets['seal']
  readonly ring: FileRing
  /** An empty embedded database, made by this start. */
  readonly fresh: boolean
  /** `PostgreSQL 15, embedded in …` or where DATABASE_URL leads, without its password. */
  readonly where: string
  /** Nothing of the beginning is left to do: the next start takes the database as it is. */
  whole(): void
  close(): Promise<void>
}

const connections = { app: 20, auth: 8, jobs: 8, audit: 4, owner: 4 } as const

export const boot = async (
  config: Config,
  say: (line: string) => void,
  opening: Promise<Opened> = openDatabase(config, say),
): Promise<Booted> => {
  const opened = await opening
  const pools: Context['pools'][keyof Context['pools']][] = []
  let closing = false
  const close = async (): Promise<void> => {
    closing = true
    await Promise.all(pools.map((pool) => pool.end()))
    await opened.close()
  }
  try {
    await migrate(opened.url, { say })
    const keys = join(opened.home, 'keys')
    const secrets = openSecrets(keys)
    const ring = openRing(keys, secrets.secret)
    const pool = (role: ConnectionRole, max: number) => {
      const made = makePool(opened.url, role, {
        max,
        onError: (error) => closing || say(`database connection: ${error.message}`),
      })
      pools.push(made)
      return made
    }
    const ctx: Context = {
      pools: {
        app: pool('mb_app', connections.app),
        auth: pool('mb_auth', connections.auth),
        jobs: pool('mb_jobs', connections.jobs),
        audit: pool('mb_audit', connections.audit),
        owner: pool('mb_owner', connections.owner),
      },
      clock: () => new Date().toISOString(),
      secret: secrets.secret,
      ring,
      country: secrets.country,
      secure: config.publicUrl?.startsWith('https:') === true,
      identify: (request) => identify(ctx, request),
    }
    installScanner(config.clamd === undefined ? undefined : clamd(config.clamd))
    await ownKeys(ctx, secrets, keys)
    await startSealing(ctx, ring, say)
    await referenceAtStart(ctx)
    return {
      ctx,
      seal: secrets.seal,
      ring,
      fresh: opened.fresh,
      where: opened.where,
      whole: opened.whole,
      close,
    }
  } catch (error) {
    await close().catch(() => {})
    throw plain(error)
  }
}

/** Another home's keys would read no second factor and recognise no search term: say so before anybody is locked out. */
const ownKeys = (ctx: Context, secrets: Secrets, directory: string): Promise<void> =>
  systemTx(ctx, 'owner', 'start: the keys belong to this database', async (tx) => {
    await tx.sql(
      "insert into country_setting (key, value) values ('keys', to_jsonb($1::text)) on conflict (key) do nothing",
      [secrets.fingerprint],
    )
    const [row] = await tx.sql<{ value: string }>(
      "select value #>> '{}' as value from country_setting where key = 'keys'",
    )
    if (row?.value !== secrets.fingerprint)
      throw new Fault(
        `The keys in ${directory} are not those this database was begun with: bring back its own keys directory. Nothing was changed.`,
      )
  })

/** Faults of the database that whoever runs it can mend, as sentences. */
const plain = (error: unknown): unknown => {
  if (codeOf(error) === '42501')
    return new Fault(`The login of the database lacks a right: ${messageOf(error)}. Nothing was changed.`)
  return fullDisk(error)
}
