/** The database that the configuration names: there, and answering. Loads little, so that a server begins while the rest of the program is still being read. */
import type { Config } from './config.ts'
import { serverAccount } from './embedded/account.ts'
import { makeWay, standardHome } from './embedded/home.ts'
import { openEmbedded } from './embedded.ts'
import { codeOf, Fault } from './fault.ts'

export interface Opened {
  readonly home: string
  readonly url: string
  readonly fresh: boolean
  readonly where: string
  whole(): void
  close(): Promise<void>
}

export const openDatabase = async (config: Config, say: (line: string) => void): Promise<Opened> => {
  if (config.databaseUrl === undefined) {
    const embedded = await openEmbedded({ home: config.home, pgBin: config.pgBin, say })
    return { ...embedded, where: `PostgreSQL ${embedded.major}, embedded in ${embedded.home}` }
  }
  const home = config.home ?? standardHome(serverAccount(say))
  try {
    makeWay(home, 0o700)
  } catch (error) {
    throw new Fault(`MBUROJA_HOME holds the keys, and ${home} cannot be made (${codeOf(error)}).`)
  }
  const { hostname, pathname } = new URL(config.databaseUrl)
  return {
    home,
    url: config.databaseUrl,
    fresh: false,
    where: `PostgreSQL at ${hostname}${pathname}`,
    whole: () => {},
    close: async () => {},
  }
}
