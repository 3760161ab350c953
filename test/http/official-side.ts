/** The official victim database as a stand-in, over real HTTP: it keeps what it is given, unless it is told to be otherwise. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { OfficialMessage } from '#domain/exchange/official.ts'

export type Mood = (given: OfficialMessage) => { status: number; body?: unknown; wait?: number } | null

interface Asked {
  readonly method: string
  readonly path: string
  readonly key: string
  readonly token: string | undefined
  readonly body: string
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

export class OtherSide {
  readonly held = new Map<string, OfficialMessage>()
  readonly asked: Asked[] = []
  mood: Mood = () => null
  listing: (() => { status: number; body: unknown }) | null = null
  readonly server: Server

  private constructor() {
    this.server = createServer((request, response) => {
      void this.hear(request).then(({ status, value }) => {
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(typeof value === 'string' ? value : JSON.stringify(value))
      })
    })
  }
  static async open(): Promise<OtherSide> {
    const side = new OtherSide()
    await new Promise<void>((done) => side.server.listen(0, '127.0.0.1', done))
    return side
  }
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api`
  }
  /** The last status of each record. */
  lastOf(): { id: string; status: string; on: string }[] {
    const last = new Map([...this.held.values()].map((one) => [one.id, one]))
    return [...last.values()].map(({ id, status, on }) => ({ id, status, on }))
  }
  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((done) => this.server.close(done))
  }

  private async hear(request: IncomingMessage): Promise<{ status: number; value: unknown }> {
    const body = await bodyOf(request)
    this.asked.push({
      method: request.method ?? '',
      path: new URL(request.url ?? '/', 'http://localhost').pathname,
      key: String(request.headers['idempotency-key']),
      token: request.headers.authorization,
      body,
    })
    if (request.method === 'GET') {
      const { status, body: value } = this.listing?.() ?? {
        status: 200,
        body: { items: this.lastOf(), next: null },
      }
      return { status, value }
    }
    const message: OfficialMessage = JSON.parse(body)
    const instead = this.mood(message)
    if (instead !== null) {
      await new Promise((done) => setTimeout(done, instead.wait ?? 0))
      return { status: instead.status, value: instead.body ?? '' }
    }
    const known = this.held.has(message.statusId)
    this.held.set(message.statusId, message)
    return { status: known ? 200 : 201, value: { id: message.id, statusId: message.statusId } }
  }
}
