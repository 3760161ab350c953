import type { Role } from '#domain/core.ts'
import { addUser } from '../admin/add-user.ts'
import { Fault } from '../fault.ts'
import { print } from './output.ts'
import { type Given, type Verb, withDatabase } from './verb.ts'

export const needed = (values: Given['values'], name: string): string => {
  const value = values[name]
  if (typeof value !== 'string' || value === '')
    throw new Fault(`${name === 'login' ? 'The login' : `--${name}`} is missing.`)
  return value
}

const optional = (values: Given['values'], name: string): string | undefined => {
  const value = values[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

export const verb: Verb = {
  bare: 'login',
  options: {
    login: { type: 'string' },
    role: { type: 'string' },
    unit: { type: 'string' },
    name: { type: 'string' },
    language: { type: 'string' },
  },
  run: ({ values, json }) => {
    const login = needed(values, 'login')
    const role = needed(values, 'role') as Role
    const unit = needed(values, 'unit')
    const name = optional(values, 'name')
    const language = optional(values, 'language')
    if (language !== undefined && language !== 'sq' && language !== 'en')
      throw new Fault('--language is sq or en.')
    return withDatabase(async ({ ctx }) => {
      const added = await addUser(ctx, {
        login,
        role,
        unit,
        ...(name === undefined ? {} : { displayName: name }),
        ...(language === undefined ? {} : { language }),
      })
      if (json) print(JSON.stringify(added))
      else
        print(
          `${added.login}: first sign-in at /app/sign-in with the one-time code ${added.setupCode}, until ${added.expiresAt}`,
        )
      return 0
    })
  },
}
