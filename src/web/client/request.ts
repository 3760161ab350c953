import { setServerTime } from '#web/design/now.ts'
import { language, say } from '#web/design/words.tsx'
import { takeEarly } from '#web/early/asked.ts'
import { untouchedFor } from './presence.ts'
import { type ProblemDocument, ServerProblem, Unreachable } from './problem.ts'
import { lock, session, unlocked } from './session.ts'

export interface Ask {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  query?: Readonly<Record<string, string | number | boolean | null | undefined>> | undefined
  body?: unknown
  /** A file sent as it is, instead of a body. */
  file?: Blob
  /** What the file is sent as; bare bytes otherwise. */
  media?: string
  headers?: Readonly<Record<string, string>>
  /** Why a record is opened that the assignment alone would not give; written into its access record. */
  purpose?: string | undefined
  signal?: AbortSignal | undefined
  /** Sign-in itself answers 401 and must not wait for signing in. */
  open?: boolean
}

const address = (path: string, query: Ask['query']): string => {
  const given = Object.entries(query ?? {}).filter(([, v]) => v !== undefined && v !== null && v !== '')
  if (given.length === 0) return path
  return `${path}?${new URLSearchParams(given.map(([k, v]) => [k, String(v)]))}`
}

const send = async (path: string, ask: Ask): Promise<Response> => {
  const { csrf } = session()
  if ((ask.method ?? 'GET') === 'GET' && ask.purpose === undefined && ask.headers === undefined) {
    const early = await takeEarly(address(path, ask.query))
    if (early !== undefined) return early
  }
  try {
    return await fetch(address(path, ask.query), {
      method: ask.method ?? 'GET',
      credentials: 'same-origin',
      ...(ask.file !== undefined
        ? { body: ask.file }
        : ask.body === undefined
          ? {}
          : { body: JSON.stringify(ask.body) }),
      ...(ask.signal === undefined ? {} : { signal: ask.signal }),
      headers: {
        accept: 'application/json',
        'accept-language': language(),
        ...(ask.file !== undefined
          ? { 'content-type': ask.media ?? 'application/octet-stream' }
          : ask.body === undefined
            ? {}
            : { 'content-type': 'application/json' }),
        ...(csrf !== null && ask.method !== undefined && ask.method !== 'GET' ? { 'x-csrf': csrf } : {}),
        // The page's own refreshing must not keep a session awake that its person has left.
        ...(untouchedFor() > 60_000 ? { 'x-background': '1' } : {}),
        ...(ask.purpose === undefined ? {} : { 'x-purpose': ask.purpose }),
        ...ask.headers,
      },
    })
  } catch (error) {
    if (ask.signal?.aborted) throw error
    throw new Unreachable()
  }
}

const problemOf = async (response: Response): Promise<ServerProblem> => {
  const fallback: ProblemDocument = {
    status: response.status,
    code: response.status === 404 ? 'not_found' : 'internal',
    title: '',
    detail: say('web', response.status === 404 ? 'not_found' : 'failed'),
  }
  const wait = Number(response.headers.get('retry-after'))
  try {
    const said = (await response.json()) as Partial<ProblemDocument>
    return new ServerProblem({ ...fallback, ...said }, Number.isFinite(wait) && wait > 0 ? wait : null)
  } catch {
    return new ServerProblem(fallback)
  }
}

/**
 * One request. A lost session covers the page and waits: after signing in again the same request goes out once more,
 * so that nobody loses what they were doing.
 */
export const answered = async (path: string, ask: Ask): Promise<Response> => {
  let response = await send(path, ask)
  if (response.status === 401 && !ask.open && session().stage === 'full') {
    lock()
    await unlocked()
    response = await send(path, ask)
  }
  const date = response.headers.get('x-now')
  if (date) setServerTime(date)
  if (!response.ok) throw await problemOf(response)
  return response
}

export const request = async <T>(path: string, ask: Ask = {}): Promise<T> => {
  const response = await answered(path, ask)
  if (response.status === 204) return undefined as T
  return (await response.json()) as T
}

/** A file that the server makes for this reader, saved by the browser under the name that it came with. */
export const saveFile = async (path: string, ask: Ask = {}): Promise<string> => {
  const response = await answered(path, ask)
  const said = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')
  const name = said?.[1] ?? 'file'
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = name
  link.click()
  // The browser has begun to save by the next turn; until then the address must hold.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return name
}
