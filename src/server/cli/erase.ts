import { Fault } from '../fault.ts'
import { erasableKinds, erase } from '../retention/erase.ts'
import { print } from './output.ts'
import { type Verb, withDatabase } from './verb.ts'

const options = ['kind', 'id', 'rule', 'by'] as const

export const verb: Verb = {
  options: {
    kind: { type: 'string' },
    id: { type: 'string' },
    rule: { type: 'string' },
    by: { type: 'string' },
  },
  run: ({ json, values }) => {
    const [kind, id, rule, by] = options.map((name) => String(values[name] ?? ''))
    const known = erasableKinds.find((one) => one === kind)
    if (known === undefined) throw new Fault(`--kind is one of ${erasableKinds.join(', ')}.`)
    if (!/^[0-9a-f-]{36}$/i.test(id ?? '')) throw new Fault('--id is the record’s id.')
    return withDatabase(async ({ ctx }) => {
      const erased = await erase(ctx, { kind: known, id: id ?? '', rule: rule ?? '', by: by ?? '' })
      print(
        json
          ? JSON.stringify(erased)
          : `erased ${erased.parts} personal values of ${erased.records} records; the ledger names each`,
      )
      return 0
    })
  },
}
