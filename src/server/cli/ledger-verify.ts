import { type Verification, verifyLedger } from '../ledger.ts'
import { print } from './output.ts'
import { type Verb, withDatabase } from './verb.ts'

const sentence = (found: Verification): string => {
  if (found.broken === null)
    return `whole: ${found.events} events in ${found.records} records, ${found.checkpoints} seals, ${found.accessRecords} access records`
  const { reason, ...place } = found.broken
  const where = Object.entries(place)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
  return `broken: ${reason} (${where})`
}

export const verb: Verb = {
  run: ({ json }) =>
    withDatabase(
      async ({ ctx, seal }) => {
        const found = await verifyLedger(ctx, seal)
        print(json ? JSON.stringify(found) : sentence(found))
        return found.ok ? 0 : 1
      },
      { looks: true },
    ),
}
