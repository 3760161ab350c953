import { boot } from '../boot.ts'
import { readConfig } from '../config.ts'
import { type DemoLoaded, demoPassword, loadDemo } from '../demo/index.ts'
import { Fault } from '../fault.ts'
import { print, say } from './output.ts'
import type { Verb } from './verb.ts'

/** The accounts, on stderr: stdout keeps to what a program reads. */
export const tellAccounts = (accounts: DemoLoaded['accounts']): void => {
  say(`a demo country: all people in it are invented; sign in as any of these, password ${demoPassword}`)
  const width = Math.max(...accounts.map((one) => one.login.length)) + 2
  for (const { login, role, name } of accounts) say(`  ${login.padEnd(width)}${role.padEnd(24)}${name}`)
}

export const verb: Verb = {
  run: async ({ json }) => {
    const config = readConfig()
    if (config.databaseUrl !== undefined)
      throw new Fault(
        'The demo country is only made in an embedded database of its own: leave DATABASE_URL out. Nothing was changed.',
      )
    const booted = await boot(config, say)
    try {
      const loaded = await loadDemo(booted.ctx, say)
      booted.whole()
      if (json) print(JSON.stringify({ ...loaded, password: demoPassword }))
      else tellAccounts(loaded.accounts)
      return 0
    } finally {
      await booted.close()
    }
  },
}
