import { exportCheckpoints } from '../ledger.ts'
import { print } from './output.ts'
import { type Verb, withDatabase } from './verb.ts'

export const verb: Verb = {
  run: () =>
    withDatabase(
      async ({ ctx, seal }) => {
        print(JSON.stringify(await exportCheckpoints(ctx, seal)))
        return 0
      },
      { looks: true },
    ),
}
