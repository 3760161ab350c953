/** Sends a file piece by piece (tus 1.0) and goes on where it was when the connection comes back. */
import { pieceSize } from '#domain/attachment/media.ts'
import { ServerProblem, Unreachable } from '#web/client/problem.ts'
import { answered } from '#web/client/request.ts'

const tus = { 'tus-resumable': '1.0.0' } as const

const hash = async (bytes: ArrayBuffer): Promise<Uint8Array | null> =>
  // Browsers give it to secure pages alone; without it the connection's own checks must do.
  globalThis.crypto.subtle === undefined ? null : new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))

/** Of the whole file, hexadecimal; null where the browser cannot, or the file is too large to be read at once. */
export const fingerprint = async (file: File): Promise<string | null> => {
  if (file.size > 25_000_000) return null
  const sum = await hash(await file.arrayBuffer())
  return sum === null ? null : [...sum].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Until the browser says that there is a network again, or some seconds at most. */
const again = (attempt: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      globalThis.removeEventListener('online', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, Math.min(8000, 500 * 2 ** attempt))
    globalThis.addEventListener('online', done)
    signal.addEventListener('abort', done)
  })

export interface Sending {
  readonly received: number
  readonly lost: boolean
}

/**
 * Answers the id of the upload, all of it sent. Aborted, it throws the signal's reason and what arrived stays.
 * @param known an upload begun before, to go on with.
 */
export const sendFile = async (
  caseId: string,
  file: File,
  options: {
    readonly known?: string | undefined
    readonly signal: AbortSignal
    readonly onBegun: (id: string) => void
    readonly onProgress: (now: Sending) => void
  },
): Promise<string> => {
  const { signal } = options
  const base = `/api/cases/${caseId}/uploads`
  const begin = async (): Promise<string> => {
    const reply = await answered(base, {
      method: 'POST',
      headers: { ...tus, 'upload-length': String(file.size) },
      signal,
    })
    return (reply.headers.get('location') ?? '').split('/').at(-1) ?? ''
  }
  let id = options.known ?? (await begin())
  options.onBegun(id)
  const asked = async (): Promise<number> => {
    const reply = await answered(`${base}/${id}`, { method: 'HEAD', headers: tus, signal })
    return Number(reply.headers.get('upload-offset'))
  }
  let offset: number | null = options.known === undefined ? 0 : null
  let attempt = 0
  let goesOn = options.known !== undefined
  for (;;) {
    try {
      offset ??= await asked()
      options.onProgress({ received: offset, lost: false })
      if (offset >= file.size) return id
      const piece = file.slice(offset, offset + pieceSize)
      const sum = await hash(await piece.arrayBuffer())
      const reply = await answered(`${base}/${id}`, {
        method: 'PATCH',
        file: piece,
        media: 'application/offset+octet-stream',
        headers: {
          ...tus,
          'upload-offset': String(offset),
          ...(sum === null ? {} : { 'upload-checksum': `sha256 ${btoa(String.fromCharCode(...sum))}` }),
        },
        signal,
      })
      offset = Number(reply.headers.get('upload-offset'))
      attempt = 0
    } catch (error) {
      signal.throwIfAborted()
      // What was begun is gone, with its week or with a refusal: the file is sent from its beginning.
      if (goesOn && error instanceof ServerProblem && error.problem.status === 404) {
        goesOn = false
        id = await begin()
        options.onBegun(id)
        offset = 0
        continue
      }
      const elsewhere = error instanceof ServerProblem && [409, 429, 503].includes(error.problem.status)
      if (!(error instanceof Unreachable) && !elsewhere) throw error
      if (offset !== null) options.onProgress({ received: offset, lost: true })
      await again(attempt, signal)
      signal.throwIfAborted()
      attempt += 1
      // The piece may have arrived though its answer did not: the server knows.
      offset = null
    }
  }
}

export const giveUp = async (caseId: string, id: string): Promise<void> => {
  await answered(`/api/cases/${caseId}/uploads/${id}`, { method: 'DELETE', headers: tus })
}
