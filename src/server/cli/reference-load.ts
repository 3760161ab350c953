import { loadReference } from '../reference/load.ts'
import { print } from './output.ts'
import { type Verb, withDatabase } from './verb.ts'

export const verb: Verb = {
  run: ({ json }) =>
    withDatabase(async ({ ctx }) => {
      const changed = await loadReference(ctx)
      if (json) print(JSON.stringify(changed))
      else for (const [table, rows] of Object.entries(changed)) print(`${table}: ${rows} rows changed`)
      return 0
    }),
}
