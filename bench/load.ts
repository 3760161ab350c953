/**
 * A closed loop of N connections: each sends the next request when it has its answer. Warm-up is not counted.
 * Latencies are kept whole, so that a percentile is one that was seen.
 */
import http from 'node:http'

export interface Ask {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Measured {
  readonly requests: number
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p95: number
  /** Replies that were not 200: a figure with any is worthless and the run says so. */
  readonly failures: number
}

export interface LoadOptions {
  readonly port: number
  readonly connections: number
  readonly seconds: number
  readonly warmupSeconds: number
  /** Called when the warm-up has ended and when the measuring has: to read the clocks of processes. */
  readonly onStart?: () => void
  readonly onEnd?: () => void
}

const send = (agent: http.Agent, port: number, ask: Ask): Promise<number> =>
  new Promise((resolve, reject) => {
    const request = http.request(
      {
        host: '127.0.0.1',
        port,
        agent,
        method: ask.method,
        path: ask.path,
        headers: {
          ...ask.headers,
          ...(ask.body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(ask.body)) }),
        },
      },
      (response) => {
        response.on('error', reject)
        response.on('end', () => resolve(response.statusCode ?? 0))
        response.resume()
      },
    )
    request.on('error', reject)
    request.end(ask.body)
  })

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

/** Runs `next()` requests for the given time. Bounded: it ends by the clock, whatever the server does. */
export const load = async (next: () => Ask, options: LoadOptions): Promise<Measured> => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: options.connections })
  const latencies: number[] = []
  let failures = 0
  const begin = performance.now()
  const countFrom = begin + options.warmupSeconds * 1000
  const until = countFrom + options.seconds * 1000
  let started = false
  const worker = async (): Promise<void> => {
    for (;;) {
      const at = performance.now()
      if (at >= until) return
      if (!started && at >= countFrom) {
        started = true
        options.onStart?.()
      }
      const status = await send(agent, options.port, next())
      if (at >= countFrom) {
        latencies.push(performance.now() - at)
        if (status !== 200) failures += 1
      }
    }
  }
  await Promise.all(Array.from({ length: options.connections }, worker))
  options.onEnd?.()
  agent.destroy()
  const took = (performance.now() - countFrom) / 1000
  latencies.sort((a, b) => a - b)
  return {
    requests: latencies.length,
    perSecond: latencies.length / took,
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    failures,
  }
}
