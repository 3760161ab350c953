/**
 * A mail server for tests: it speaks SMTP over a real connection, keeps what it is given, and can be told to refuse.
 * It lasts as long as its test and listens on this machine only.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net'

export interface Letter {
  readonly from: string
  readonly to: readonly string[]
  /** As it came, headers and all. */
  readonly raw: string
  readonly subject: string
  /** The body, decoded. */
  readonly text: string
}

export interface PostOffice {
  readonly url: string
  readonly letters: Letter[]
  /** Answers the next recipients with these lines instead of taking them, one each. */
  refuse(...answers: readonly string[]): void
  close(): Promise<void>
}

const quoted = (text: string): string =>
  Buffer.from(
    text
      .replaceAll(/=\r?\n/g, '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')

const decodedBody = (head: string, body: string): string => {
  const how = /^content-transfer-encoding: *(\S+)/im.exec(head)?.[1]?.toLowerCase()
  if (how === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  return how === 'quoted-printable' ? quoted(body) : body
}

const decodedSubject = (head: string): string =>
  (/^subject: *((?:.|\r\n[ \t])*)$/im.exec(head)?.[1] ?? '')
    .replaceAll(/\?=\r\n[ \t]+=\?/g, '?==?')
    .replaceAll(/\r\n[ \t]/g, ' ')
    .replaceAll(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_, how: string, text: string) =>
      how.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString('utf8')
        : quoted(text.replaceAll('_', ' ')),
    )

const letterOf = (from: string, to: readonly string[], raw: string): Letter => {
  const end = raw.indexOf('\r\n\r\n')
  const head = raw.slice(0, end)
  return { from, to, raw, subject: decodedSubject(head), text: decodedBody(head, raw.slice(end + 4)) }
}

export const openPostOffice = async (): Promise<PostOffice> => {
  const letters: Letter[] = []
  const answers: string[] = []
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => undefined)
    let waiting = ''
    let from = ''
    let to: string[] = []
    let data: string | null = null
    const say = (line: string) => socket.write(`${line}\r\n`)
    const hear = (line: string): void => {
      if (data !== null) {
        if (line !== '.') {
          data += `${line.startsWith('..') ? line.slice(1) : line}\r\n`
          return
        }
        letters.push(letterOf(from, to, data))
        data = null
        say('250 taken')
        return
      }
      const verb = line.slice(0, 4).toUpperCase()
      const named = /<(.*?)>/.exec(line)?.[1] ?? ''
      if (verb === 'EHLO') say('250 post.test')
      else if (verb === 'MAIL') {
        from = named
        to = []
        say('250 ok')
      } else if (verb === 'RCPT') {
        const answer = answers.shift()
        if (answer === undefined) to.push(named)
        say(answer ?? '250 ok')
      } else if (verb === 'DATA') {
        data = ''
        say('354 go on')
      } else if (verb === 'QUIT') {
        say('221 bye')
        socket.end()
      } else say('250 ok')
    }
    socket.on('data', (chunk: Buffer) => {
      waiting += chunk.toString('utf8')
      for (let end = waiting.indexOf('\r\n'); end >= 0; end = waiting.indexOf('\r\n')) {
        const line = waiting.slice(0, end)
        waiting = waiting.slice(end + 2)
        hear(line)
      }
    })
    say('220 post.test')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    letters,
    refuse: (...lines) => answers.push(...lines),
    close: () =>
      new Promise((done) => {
        for (const socket of open) socket.destroy()
        server.close(() => done())
      }),
  }
}
