/** This country's key card, to be given to another one, and the fingerprint to be read out over another line. */
import { cardText } from '../packet/container.ts'
import { cardOf, fingerprintOf } from '../packet/keys.ts'
import { ownCountry } from '../packet/open.ts'
import { systemActor, withTx } from '../tx.ts'
import { print, say } from './output.ts'
import { type Verb, withDatabase } from './verb.ts'

export const verb: Verb = {
  run: ({ json }) =>
    withDatabase(
      async ({ ctx }) => {
        const card = await withTx(ctx, systemActor, async (tx) =>
          cardOf(await ownCountry(tx), tx.keys.country),
        )
        const fingerprint = fingerprintOf(card)
        if (json) print(JSON.stringify({ ...card, fingerprint }))
        else {
          process.stdout.write(cardText(card))
          say(`fingerprint: ${fingerprint}`)
        }
        return 0
      },
      { looks: true },
    ),
}
