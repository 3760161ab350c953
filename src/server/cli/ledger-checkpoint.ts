import { takeCheckpoint } from '../ledger.ts'
import { print } from './output.ts'
import { type Verb, withDatabase } from './verb.ts'

export const verb: Verb = {
  run: ({ json }) =>
    withDatabase(async ({ ctx, seal }) => {
      const taken = await takeCheckpoint(ctx, seal)
      print(
        json
          ? JSON.stringify(taken)
          : `seal ${taken.id} over ${taken.events} events of ${taken.records} records`,
      )
      return 0
    }),
}
