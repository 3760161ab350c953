/** Signing in and out, the second factor, one's own sessions and tokens for programs. */
import { z } from 'zod'
import { roles } from '#domain/core.ts'
import { scopes, tokenDays } from '#domain/session.ts'
import { uuid } from './envelope.ts'
import { trimmedText } from './text.ts'

const Login = trimmedText(63).toLowerCase()
/** Bounds only keep the request small; what a password may be is decided in the domain. */
const Password = z.string().min(1).max(1024)
const Code = z.string().trim().min(6).max(40)

export const SignIn = z.strictObject({ login: Login, password: Password })
export const SetUp = z.strictObject({ login: Login, code: Code, password: Password })
export const GiveCode = z.strictObject({ code: Code })
export const Unlock = z.strictObject({ password: Password })
export const ChangePassword = z.strictObject({ password: Password, newPassword: Password })
export const ConfirmPassword = z.strictObject({ password: Password })

/**
 * `none`: nobody is signed in. `totp`: the code is awaited. `enrol`: a second factor must be set up first. `full`:
 * signed in. `locked` asks for the password again; nothing is lost.
 */
export const SessionState = z.object({
  stage: z.enum(['none', 'totp', 'enrol', 'full']),
  locked: z.boolean(),
  /** This is a demo country: invented people, no second factor. */
  demo: z.boolean(),
  /** Send it back as header `x-csrf` with every request that changes something. */
  csrf: z.string().nullable(),
  user: z
    .object({
      id: uuid,
      login: z.string(),
      name: z.string(),
      role: z.enum(roles),
      language: z.enum(['sq', 'en']),
      secondFactor: z.boolean(),
      recoveryCodesLeft: z.int(),
      unit: z.object({
        id: uuid,
        kind: z.string(),
        nameSq: z.string(),
        nameEn: z.string(),
        municipality: z.string().nullable(),
        county: z.string().nullable(),
        institutionId: uuid,
      }),
    })
    .nullable(),
  /** Seconds without activity after which it locks. */
  idleSeconds: z.int().nullable(),
  endsAt: z.iso.datetime().nullable(),
  /** Scopes, where a program asks with a token. */
  scopes: z.array(z.enum(scopes)).nullable(),
})

export const TotpEnrolment = z.object({
  /** Base32, for typing it into the app by hand. */
  secret: z.string(),
  /** `otpauth://…`, what the square code says. */
  uri: z.string(),
})

/** Shown once; only keyed hashes are kept. */
export const RecoveryCodes = z.object({ codes: z.array(z.string()) })
export const TotpConfirmed = z.object({ codes: z.array(z.string()), session: SessionState })

export const SessionList = z.object({
  items: z.array(
    z.object({
      id: uuid,
      current: z.boolean(),
      createdAt: z.iso.datetime(),
      lastSeenAt: z.iso.datetime(),
      /** Family of browser and system, such as `Firefox, Linux`; nothing finer is kept. */
      agent: z.string(),
      locked: z.boolean(),
    }),
  ),
  next: z.null(),
})

export const NewToken = z.strictObject({
  name: trimmedText(80),
  scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
  days: z.int().min(1).max(tokenDays.most).default(tokenDays.usual),
  password: Password,
})
export const TokenMade = z.object({
  id: uuid,
  /** Shown once. */
  token: z.string(),
  expiresAt: z.iso.datetime(),
})
export const TokenList = z.object({
  items: z.array(
    z.object({
      id: uuid,
      name: z.string(),
      scopes: z.array(z.enum(scopes)),
      createdAt: z.iso.datetime(),
      expiresAt: z.iso.datetime(),
      lastUsedAt: z.iso.datetime().nullable(),
    }),
  ),
  next: z.null(),
})

export type SessionState = z.infer<typeof SessionState>
export type SessionList = z.infer<typeof SessionList>
export type TokenList = z.infer<typeof TokenList>
