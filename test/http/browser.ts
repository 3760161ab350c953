/** A browser for tests of signing in: keeps its cookie and CSRF token, as the pages do. */
import type { LightMyRequestResponse } from 'fastify'
import { type CastName, userId } from '#test/cast.ts'
import type { Loose, TestApp } from '#test/http/harness.ts'
import { lightHash } from '#test/password.ts'

export const goodPassword = 'gurët e bardhë të Valbonës'
let hashed: Promise<string> | undefined

/** Give a person of the cast a password, as if set up long ago. */
export const givePassword = async (app: TestApp, ...names: CastName[]): Promise<void> => {
  hashed ??= lightHash(goodPassword)
  for (const name of names)
    await app.db.admin(
      `insert into credential (user_id, password_hash, password_set_at) values ($1, $2, now())
       on conflict (user_id) do update set password_hash = $2`,
      [userId(name), await hashed],
    )
}

export interface Answer {
  readonly status: number
  readonly body: Loose
  readonly raw: LightMyRequestResponse
}

export class Browser {
  cookie: string | null = null
  device: string | null = null
  csrf: string | null = null
  readonly #app: TestApp
  readonly #address: string

  constructor(app: TestApp, address = '10.0.0.1') {
    this.#app = app
    this.#address = address
  }

  async send(
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const raw = await this.#app.fastify.inject({
      method,
      url,
      remoteAddress: this.#address,
      headers: {
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
        'accept-language': 'en',
        cookie: [this.cookie, this.device].filter((one) => one !== null).join('; '),
        ...(this.csrf === null || method === 'GET' ? {} : { 'x-csrf': this.csrf }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    for (const set of [raw.headers['set-cookie'] ?? []].flat()) {
      const [pair] = set.split(';')
      if (pair?.startsWith('mburoja-device=')) this.device = pair
      else this.cookie = set.includes('Max-Age=0') ? null : pair!
    }
    const parsed = (raw.body.startsWith('{') ? JSON.parse(raw.body) : raw.body) as Loose
    const session = (parsed.session ?? parsed) as Loose
    if (typeof session?.csrf === 'string') this.csrf = session.csrf
    return { status: raw.statusCode, body: parsed, raw }
  }

  get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', url, undefined, headers)
  }
  post(url: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('POST', url, body, headers)
  }
  delete(url: string): Promise<Answer> {
    return this.send('DELETE', url)
  }
  signIn(login: string, password = goodPassword): Promise<Answer> {
    return this.post('/api/session', { login, password })
  }
}
