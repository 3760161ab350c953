import { readConfig } from '../config.ts'
import { officialDatabase } from '../exchange/official.ts'
import { compareUnasked } from '../exchange/push.ts'
import { Fault } from '../fault.ts'
import { print } from './output.ts'
import { type Verb, withDatabase } from './verb.ts'

/** The register laid beside the official victim database, now. Exit 0: equal; 1: they differ, or it cannot be known. */
export const verb: Verb = {
  run: async ({ json }) => {
    const { official } = readConfig()
    if (official === undefined) throw new Fault('OFFICIAL_URL is not set: there is no other side.')
    return withDatabase(async ({ ctx }) => {
      const found = await compareUnasked(ctx, officialDatabase(official.url, official.token))
      if (typeof found === 'string') {
        print(json ? JSON.stringify({ fault: found }) : `no comparison: ${found}`)
        return 1
      }
      const { differences, ...counts } = found
      if (json) print(JSON.stringify({ ...counts, differing: differences.length, differences }))
      else {
        print(
          `here ${counts.ours}, there ${counts.theirs}: ${counts.same} equal, ${counts.waiting} on their way, ${differences.length} differ`,
        )
        for (const one of differences.slice(0, 200))
          print(`${one.kind}  ${one.id}  here: ${one.ours ?? '–'}  there: ${one.theirs ?? '–'}`)
      }
      return differences.length === 0 ? 0 : 1
    })
  },
}
