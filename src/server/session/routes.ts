/**
 * The doors of signing in. They stand outside the command pipeline: nobody is signed in yet, and what passes here
 * (passwords, codes, tokens) must never be kept as a stored reply.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Problem as ProblemShape, uuid } from '#wire/envelope.ts'
import * as wire from '#wire/session.ts'
import type { Context } from '../context.ts'
import { notFound, Problem } from '../problem.ts'
import { parse } from '../shape.ts'
import { systemTx } from '../tx.ts'
import { mistrust } from './cache.ts'
import { changesSomething, mustBeOurPage, mustCarryCsrf, sessionToken, setSessionCookie } from './cookie.ts'
import { knownDevice, markDevice } from './device.ts'
import { TooManySignIns } from './hashing.ts'
import * as own from './own.ts'
import { endSessions, type Found, findSession, touch, type Visitor } from './sessions.ts'
import { giveRecoveryCode, giveTotp, proveSelf, setUp, signIn, unlock } from './sign-in.ts'
import { identifyToken, insertToken } from './tokens.ts'

const Empty = z.object({})
const Id = z.strictObject({ id: uuid })
const MaybePassword = z.strictObject({ password: z.string().min(1).max(1024).optional() })

interface Door {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  readonly summary: string
  readonly body?: z.ZodType
  readonly params?: z.ZodType
  readonly reply: z.ZodType
  readonly handler: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
}

const orBusy = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof TooManySignIns)) throw error
    throw new Problem('unavailable', { refusal: { code: 'sign_in_busy' }, retryAfter: 5 })
  }
}

export const mountSession = (app: FastifyInstance, ctx: Context): void => {
  const visitorOf = (request: FastifyRequest): Visitor => ({
    address: request.ip,
    userAgent: request.headers['user-agent'],
    device: (login) => knownDevice(ctx, request, login),
  })

  const found = async (request: FastifyRequest): Promise<Found | null> => {
    const token = sessionToken(ctx, request)
    return token === null ? null : findSession(ctx, token)
  }

  /** The visitor's session at one of these stages; changes must come from our page. Programs are turned away. */
  const must = async (
    request: FastifyRequest,
    options: { stages?: readonly string[]; locked?: boolean } = {},
  ): Promise<Found> => {
    if (request.headers.authorization !== undefined)
      throw new Problem('forbidden', { refusal: { code: 'session_only' } })
    const one = await found(request)
    if (one === null || !(options.stages ?? ['full']).includes(one.session.stage))
      throw new Problem('unauthenticated')
    if (one.state === 'locked' && options.locked !== true) throw new Problem('locked')
    if (changesSomething(request)) mustCarryCsrf(ctx, request, one.session.id)
    if (one.state === 'open') touch(ctx, one.session)
    return one
  }

  /** Give the browser its new token and say where it stands now. */
  const enter = async (
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
  ): Promise<wire.SessionState> => {
    setSessionCookie(ctx, request, reply, token)
    const state = await own.viewSession(ctx, await findSession(ctx, token))
    if (state.user !== null) markDevice(ctx, request, reply, state.user.login)
    return state
  }

  const doors: readonly Door[] = [
    {
      method: 'GET',
      url: '/api/session',
      summary: 'Where the visitor stands: nobody, half signed in, signed in, locked',
      reply: wire.SessionState,
      handler: async (request) => {
        const [scheme, token] = (request.headers.authorization ?? '').split(' ', 2)
        if (scheme !== '' && token !== undefined) return own.viewProgram(ctx, await identifyToken(ctx, token))
        return own.viewSession(ctx, await found(request))
      },
    },
    {
      method: 'POST',
      url: '/api/session',
      summary: 'Sign in with name and password',
      body: wire.SignIn,
      reply: wire.SessionState,
      handler: async (request, reply) => {
        mustBeOurPage(request)
        const given = parse(wire.SignIn, request.body, 'body')
        const previous = (await found(request))?.session ?? null
        return enter(request, reply, await signIn(ctx, given, visitorOf(request), previous))
      },
    },
    {
      method: 'POST',
      url: '/api/session/setup',
      summary: 'First sign-in with the code from an administrator; sets the password',
      body: wire.SetUp,
      reply: wire.SessionState,
      handler: async (request, reply) => {
        mustBeOurPage(request)
        const given = parse(wire.SetUp, request.body, 'body')
        const previous = (await found(request))?.session ?? null
        return enter(request, reply, await setUp(ctx, given, visitorOf(request), previous))
      },
    },
    {
      method: 'POST',
      url: '/api/session/totp',
      summary: 'Second step: the code of the authenticator app',
      body: wire.GiveCode,
      reply: wire.SessionState,
      handler: async (request, reply) => {
        const { session } = await must(request, { stages: ['totp'] })
        const { code } = parse(wire.GiveCode, request.body, 'body')
        return enter(request, reply, await giveTotp(ctx, session, code, visitorOf(request)))
      },
    },
    {
      method: 'POST',
      url: '/api/session/recovery',
      summary: 'Second step without the phone: one of the recovery codes',
      body: wire.GiveCode,
      reply: wire.SessionState,
      handler: async (request, reply) => {
        const { session } = await must(request, { stages: ['totp'] })
        const { code } = parse(wire.GiveCode, request.body, 'body')
        return enter(request, reply, await giveRecoveryCode(ctx, session, code, visitorOf(request)))
      },
    },
    {
      method: 'DELETE',
      url: '/api/session',
      summary: 'Sign out',
      reply: Empty,
      handler: async (request, reply) => {
        const { session } = await must(request, { stages: ['totp', 'enrol', 'full'], locked: true })
        await systemTx(ctx, 'auth', 'sign out', (tx) =>
          endSessions(tx, { userId: session.userId, id: session.id, why: 'signed_out' }),
        )
        setSessionCookie(ctx, request, reply, null)
        return {}
      },
    },
    {
      method: 'POST',
      url: '/api/session/lock',
      summary: 'Lock now; the password opens it again',
      reply: Empty,
      handler: async (request) => {
        const { session } = await must(request)
        await systemTx(ctx, 'auth', 'lock a session by hand', (tx) =>
          tx.sql('update session set locked_at = $2 where id = $1', [session.id, tx.now]),
        )
        mistrust(session.userId)
        return {}
      },
    },
    {
      method: 'POST',
      url: '/api/session/unlock',
      summary: 'Go on after the lock, with the password',
      body: wire.Unlock,
      reply: wire.SessionState,
      handler: async (request, reply) => {
        const { session } = await must(request, { locked: true })
        const { password } = parse(wire.Unlock, request.body, 'body')
        return enter(request, reply, await unlock(ctx, session, password, visitorOf(request)))
      },
    },
    {
      method: 'POST',
      url: '/api/session/totp/enrol',
      summary: 'Begin a second factor: a new secret, in force once confirmed',
      body: MaybePassword,
      reply: wire.TotpEnrolment,
      handler: async (request) => {
        const { session } = await must(request, { stages: ['enrol', 'full'] })
        const { password } = parse(MaybePassword, request.body ?? {}, 'body')
        return own.beginTotp(ctx, session, password, visitorOf(request))
      },
    },
    {
      method: 'POST',
      url: '/api/session/totp/confirm',
      summary: 'Confirm the second factor with a code; answers the recovery codes, once',
      body: wire.GiveCode,
      reply: wire.TotpConfirmed,
      handler: async (request, reply) => {
        const { session } = await must(request, { stages: ['enrol', 'full'] })
        const { code } = parse(wire.GiveCode, request.body, 'body')
        const { token, codes } = await own.confirmTotp(ctx, session, code, visitorOf(request))
        return { codes, session: await enter(request, reply, token) }
      },
    },
    {
      method: 'POST',
      url: '/api/session/recovery-codes',
      summary: 'New recovery codes, shown once; the old ones are void',
      body: wire.ConfirmPassword,
      reply: wire.RecoveryCodes,
      handler: async (request) => {
        const { session } = await must(request)
        const { password } = parse(wire.ConfirmPassword, request.body, 'body')
        return { codes: await own.renewRecoveryCodes(ctx, session, password, visitorOf(request)) }
      },
    },
    {
      method: 'POST',
      url: '/api/session/password',
      summary: 'Change the password; every other session of the person ends',
      body: wire.ChangePassword,
      reply: wire.SessionState,
      handler: async (request, reply) => {
        const { session } = await must(request)
        const given = parse(wire.ChangePassword, request.body, 'body')
        return enter(request, reply, await own.changePassword(ctx, session, given, visitorOf(request)))
      },
    },
    {
      method: 'GET',
      url: '/api/sessions',
      summary: 'One’s own sessions',
      reply: wire.SessionList,
      handler: async (request) => own.listSessions(ctx, (await must(request)).session),
    },
    {
      method: 'DELETE',
      url: '/api/sessions',
      summary: 'End every other session of one’s own',
      reply: z.object({ ended: z.int() }),
      handler: async (request) => {
        const { session } = await must(request)
        const ended = await systemTx(ctx, 'auth', 'end one’s other sessions', (tx) =>
          endSessions(tx, { userId: session.userId, except: session.id, why: 'by_owner' }),
        )
        return { ended }
      },
    },
    {
      method: 'DELETE',
      url: '/api/sessions/:id',
      summary: 'End one of one’s own sessions',
      params: Id,
      reply: Empty,
      handler: async (request) => {
        const { session } = await must(request)
        const { id } = parse(Id, request.params, 'path')
        const ended = await systemTx(ctx, 'auth', 'end one of one’s sessions', (tx) =>
          endSessions(tx, { userId: session.userId, id, why: 'by_owner' }),
        )
        if (ended === 0) throw notFound()
        return {}
      },
    },
    {
      method: 'GET',
      url: '/api/tokens',
      summary: 'One’s own tokens for programs',
      reply: wire.TokenList,
      handler: async (request) => own.listTokens(ctx, (await must(request)).session),
    },
    {
      method: 'POST',
      url: '/api/tokens',
      summary: 'Make a token for a program; it is shown once',
      body: wire.NewToken,
      reply: wire.TokenMade,
      handler: async (request) => {
        const { session } = await must(request)
        const wish = parse(wire.NewToken, request.body, 'body')
        await proveSelf(ctx, session, wish.password, visitorOf(request))
        const made = await systemTx(ctx, 'auth', 'make an access token', (tx) =>
          insertToken(tx, session.actor, wish),
        )
        if (!made.ok) throw new Problem('refused', { refusal: made.refusal })
        return made.made
      },
    },
    {
      method: 'DELETE',
      url: '/api/tokens/:id',
      summary: 'Revoke a token',
      params: Id,
      reply: Empty,
      handler: async (request) => {
        const { session } = await must(request)
        const { id } = parse(Id, request.params, 'path')
        const rows = await systemTx(ctx, 'auth', 'revoke an access token', (tx) => {
          mistrust(session.userId)
          return tx.sql(
            'update access_token set revoked_at = $3 where id = $1 and user_id = $2 and revoked_at is null returning id',
            [id, session.userId, tx.now],
          )
        })
        if (rows.length === 0) throw notFound()
        return {}
      },
    },
  ]

  for (const door of doors) {
    app.route({
      method: door.method,
      url: door.url,
      schema: {
        tags: ['session'],
        summary: door.summary,
        ...(door.body === undefined ? {} : { body: door.body }),
        ...(door.params === undefined ? {} : { params: door.params }),
        response: { 200: door.reply, '4xx': ProblemShape },
      },
      validatorCompiler: () => (value) => ({ value }),
      handler: async (request, reply) => {
        reply.header('cache-control', 'no-store')
        return orBusy(door.handler(request, reply))
      },
    })
  }
}
