/** What every command of the command line is: options in, exit code out. */
import type { ParseArgsOptionsConfig } from 'node:util'
import { type Booted, boot } from '../boot.ts'
import { readConfig } from '../config.ts'
import { say } from './output.ts'

export interface Given {
  readonly values: Readonly<Record<string, string | boolean | undefined>>
  /** The result goes to stdout as one JSON value, and nothing else does. */
  readonly json: boolean
}

export interface Verb {
  readonly options?: ParseArgsOptionsConfig
  /** The option that a bare word after the command fills, as in `user add LOGIN`. */
  readonly bare?: string
  run(given: Given): Promise<number>
}

/**
 * Works on the configured database, whether the server is running or not. `looks`: the command leaves nothing behind,
 * so a database that it found missing is begun anew by the first start, demo country and all.
 */
export const withDatabase = async <T>(
  work: (booted: Booted) => Promise<T>,
  { looks = false }: { looks?: boolean } = {},
): Promise<T> => {
  const booted = await boot(readConfig(), say)
  try {
    if (!looks || !booted.fresh) booted.whole()
    return await work(booted)
  } finally {
    await booted.close()
  }
}
