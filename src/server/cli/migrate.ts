import { readConfig } from '../config.ts'
import { openEmbedded } from '../embedded.ts'
import { type Migrated, migrate } from '../migrate.ts'
import { print, say } from './output.ts'
import type { Verb } from './verb.ts'

const migrateConfigured = async (): Promise<Migrated> => {
  const config = readConfig()
  if (config.databaseUrl !== undefined) return migrate(config.databaseUrl, { say })
  const embedded = await openEmbedded({ home: config.home, pgBin: config.pgBin, say })
  try {
    return await migrate(embedded.url, { say })
  } finally {
    embedded.whole()
    await embedded.close()
  }
}

export const verb: Verb = {
  run: async ({ json }) => {
    const done = await migrateConfigured()
    if (json) print(JSON.stringify(done))
    else print(done.applied.length === 0 ? `up to date at ${done.at}` : `applied ${done.applied.join(', ')}`)
    return 0
  },
}
