/** The official victim database over HTTP: docs/exchange.md. Its words are never repeated; its answers are bounded. */
import { z } from 'zod'
import {
  judgeAnswer,
  type OfficialFault,
  type OfficialMessage,
  type OfficialRecord,
} from '#domain/exchange/official.ts'

export interface OfficialDatabase {
  send(message: OfficialMessage): Promise<'sent' | OfficialFault>
  /** Everything it holds, or why that cannot be known. */
  list(): Promise<readonly OfficialRecord[] | OfficialFault>
}

const timeout = 10_000
const mostAnswer = 65_536
const mostPage = 4_194_304
const mostPages = 500
const mostRecords = 250_000

const Page = z.object({
  items: z
    .array(
      z.object({
        id: z.string().max(80),
        status: z.string().max(40),
        on: z.iso.date(),
      }),
    )
    .max(1000),
  next: z.string().max(400).nullable(),
})

/** No more of an answer than this is read, whatever its length says. */
const readBounded = async (response: Response, most: number): Promise<string | null> => {
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > most) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const faultOf = (error: unknown): OfficialFault =>
  error instanceof Error && error.name === 'TimeoutError' ? 'too_late' : 'unreachable'

const jsonOf = (text: string | null): unknown => {
  if (text === null) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `url` without a slash at the end. */
export const officialDatabase = (url: string, token: string, patience = timeout): OfficialDatabase => {
  const ask = async (
    path: string,
    most: number,
    init: { method: 'GET' | 'PUT'; body?: string; key?: string },
  ): Promise<{ status: number; body: unknown } | OfficialFault> => {
    try {
      const response = await fetch(`${url}${path}`, {
        method: init.method,
        redirect: 'error',
        signal: AbortSignal.timeout(patience),
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(init.key === undefined ? {} : { 'idempotency-key': init.key }),
        },
        ...(init.body === undefined ? {} : { body: init.body }),
      })
      return { status: response.status, body: jsonOf(await readBounded(response, most)) }
    } catch (error) {
      return faultOf(error)
    }
  }
  return {
    send: async (message) => {
      const answer = await ask(
        `/records/${encodeURIComponent(message.id)}/statuses/${encodeURIComponent(message.statusId)}`,
        mostAnswer,
        {
          method: 'PUT',
          body: JSON.stringify({
            id: message.id,
            statusId: message.statusId,
            status: message.status,
            on: message.on,
            forms: message.forms,
          }),
          key: message.statusId,
        },
      )
      return typeof answer === 'string' ? answer : judgeAnswer(answer.status, answer.body, message)
    },
    list: async () => {
      const records: OfficialRecord[] = []
      let after: string | null = null
      for (let page = 0; page < mostPages; page += 1) {
        const query: string = after === null ? '' : `&after=${encodeURIComponent(after)}`
        const answer: { status: number; body: unknown } | OfficialFault = await ask(
          `/records?limit=1000${query}`,
          mostPage,
          { method: 'GET' },
        )
        if (typeof answer === 'string') return answer
        if (answer.status === 401 || answer.status === 403) return 'not_let_in'
        if (answer.status !== 200) return answer.status >= 500 ? 'their_fault' : 'refused'
        const read = Page.safeParse(answer.body)
        if (!read.success) return 'garbled'
        records.push(...read.data.items)
        if (records.length > mostRecords) return 'garbled'
        if (read.data.next === null) return records
        after = read.data.next
      }
      return 'garbled'
    },
  }
}
