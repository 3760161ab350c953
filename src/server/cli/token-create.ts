import { type Scope, scopes, tokenDays } from '#domain/session.ts'
import { Fault } from '../fault.ts'
import { createToken } from '../session/index.ts'
import { print } from './output.ts'
import { needed } from './user-add.ts'
import { type Verb, withDatabase } from './verb.ts'

const readScopes = (said: unknown): readonly Scope[] | undefined => {
  if (typeof said !== 'string') return undefined
  return said.split(',').map((one) => {
    const scope = scopes.find((known) => known === one.trim())
    if (scope === undefined) throw new Fault(`There is no scope “${one.trim()}”: ${scopes.join(', ')}.`)
    return scope
  })
}

const readDays = (said: unknown): number | undefined => {
  if (typeof said !== 'string') return undefined
  const days = Number(said)
  if (!Number.isInteger(days) || days < 1 || days > tokenDays.most)
    throw new Fault(`--days is a number from 1 to ${tokenDays.most}.`)
  return days
}

export const verb: Verb = {
  options: {
    user: { type: 'string' },
    scopes: { type: 'string' },
    days: { type: 'string' },
    name: { type: 'string' },
  },
  run: ({ values, json }) => {
    const login = needed(values, 'user')
    const wished = readScopes(values.scopes)
    const days = readDays(values.days)
    return withDatabase(
      async ({ ctx }) => {
        const made = await createToken(ctx, login, {
          ...(wished === undefined ? {} : { scopes: wished }),
          ...(days === undefined ? {} : { days }),
          ...(typeof values.name === 'string' ? { name: values.name } : {}),
        })
        print(
          json ? JSON.stringify({ token: made.token, id: made.id, expiresAt: made.expiresAt }) : made.token,
        )
        return 0
      },
      { looks: true },
    )
  },
}
