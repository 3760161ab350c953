/**
 * The virus scanner, where one is installed: ClamAV's daemon, asked over its own socket (INSTREAM). Where there is none, or it
 * does not answer, a file is kept as «not scanned» and says so.
 */
import { createConnection, type Socket } from 'node:net'

export type ScanResult = 'clean' | 'infected' | 'not_scanned'
export type Scanner = (file: AsyncIterable<Buffer>) => Promise<ScanResult>

const patience = 30_000

const connect = (address: string): Socket => {
  if (address.startsWith('/')) return createConnection(address)
  const at = address.lastIndexOf(':')
  return createConnection({
    host: at === -1 ? address : address.slice(0, at),
    port: at === -1 ? 3310 : Number(address.slice(at + 1)),
  })
}

/** `address`: `host`, `host:port`, or the path of a socket. */
export const clamd =
  (address: string): Scanner =>
  async (file) => {
    const socket = connect(address)
    let answer = ''
    let broken = false
    socket.setTimeout(patience, () => socket.destroy())
    socket.on('data', (part: Buffer) => {
      answer += part.toString('latin1')
    })
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
    socket.once('error', () => {
      broken = true
    })
    const write = (part: Buffer): Promise<void> =>
      new Promise((resolve) => {
        if (broken || socket.destroyed) resolve()
        else socket.write(part, () => resolve())
      })
    await write(Buffer.from('zINSTREAM\0'))
    for await (const part of file) {
      if (broken || answer !== '') break
      const length = Buffer.alloc(4)
      length.writeUInt32BE(part.length)
      await write(Buffer.concat([length, part]))
    }
    await write(Buffer.alloc(4))
    await closed
    if (/ FOUND\0?\s*$/.test(answer)) return 'infected'
    return /: OK\0?\s*$/.test(answer) ? 'clean' : 'not_scanned'
  }

let installed: Scanner | undefined
/** Once, at start: the country's scanner, or none. */
export const installScanner = (scanner: Scanner | undefined): void => {
  installed = scanner
}
export const scanFile: Scanner = async (file) =>
  installed === undefined ? 'not_scanned' : await installed(file)
