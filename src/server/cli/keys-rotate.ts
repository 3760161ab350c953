import { rotateKeys } from '../sealing/rotate.ts'
import { print } from './output.ts'
import { type Verb, withDatabase } from './verb.ts'

export const verb: Verb = {
  options: { lost: { type: 'boolean', default: false } },
  run: ({ json, values }) =>
    withDatabase(async ({ ctx, ring }) => {
      const rotated = await rotateKeys(ctx, ring, { lost: values.lost === true })
      const { key, rewrapped, unopened, removable } = rotated
      if (json) print(JSON.stringify(rotated))
      else {
        print(`new key ${key}: ${rewrapped} data keys wrapped anew`)
        if (unopened > 0) print(`${unopened} data keys do not open: their wrapping key is missing`)
        for (const file of removable) print(`wraps nothing any more and may be removed: ${file}`)
      }
      return unopened === 0 ? 0 : 1
    }),
}
