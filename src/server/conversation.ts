/**
 * A transaction as one conversation on the wire. The driver ends every statement with a Sync, so a short transaction of
 * five statements woke the database five times and us five times. Here whatever is asked in one turn of the event loop
 * leaves in one write that ends with a Flush, and the Sync is the commit: a page costs two round trips, or one.
 * Statements are prepared once a connection; their columns are remembered, so they are not described again either.
 */
import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import type { Connection, FieldDef, PoolClient, Submittable } from 'pg'

type Parse = (text: string) => unknown
export type Parsers = (oid: number) => Parse

interface Column {
  readonly name: string
  readonly parse: Parse
}

interface Prepared {
  readonly name: string
  /** `unsure`: an error came between asking for it and hearing of it. */
  state: 'new' | 'asked' | 'known' | 'unsure'
  /** Null until the database has described them. */
  columns: readonly Column[] | null
}

interface Asked {
  readonly statement: Prepared
  readonly rows: object[]
  /** A value that could not be read: the statement's own failure, not the connection's. */
  fault?: unknown
  readonly resolve: (rows: object[]) => void
  readonly reject: (error: Error) => void
}

/** The driver's connection, as far as its own typings do not say. */
interface Wire {
  readonly stream: Socket
  parse(message: { name: string; text: string }): void
  bind(message: {
    statement: string
    values: readonly unknown[]
    valueMapper: (value: unknown) => unknown
  }): void
  describe(message: { type: 'P' }): void
  close(message: { type: 'S'; name: string }): void
  execute(message: object): void
  flush(): void
  sync(): void
}

const names = new Map<string, string>()
/** One prepared statement per distinct text and connection; the text itself is bounded by the source code. */
const nameOf = (text: string): string => {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = `m${createHash('sha256').update(text).digest('hex').slice(0, 24)}`
  if (names.size < 2000) names.set(text, name)
  return name
}

const statements = new WeakMap<Wire, Map<string, Prepared>>()

const statementOf = (wire: Wire, text: string): Prepared => {
  const known = statements.get(wire) ?? new Map<string, Prepared>()
  statements.set(wire, known)
  const found = known.get(text)
  if (found !== undefined) return found
  const made: Prepared = { name: nameOf(text), state: 'new', columns: null }
  known.set(text, made)
  return made
}

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

const elementText = (value: unknown): string => {
  if (value === null || value === undefined) return 'NULL'
  if (Array.isArray(value)) return arrayText(value)
  if (Buffer.isBuffer(value)) return quoted(`\\x${value.toString('hex')}`)
  return quoted(String(encode(value)))
}
const arrayText = (values: readonly unknown[]): string => `{${values.map(elementText).join(',')}}`

/** A parameter as the database reads it: text, bytes or null. */
const encode = (value: unknown): string | Buffer | null => {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return null
  if (Buffer.isBuffer(value)) return value
  if (Array.isArray(value)) return arrayText(value)
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/**
 * From its first statement to its commit, or to its first error; after that nothing more is said in it. `block`: begin and
 * commit are said, for statements that run only between them (`lock table`, `set local`).
 */
export class Conversation implements Submittable {
  readonly #client: PoolClient
  readonly #parsers: Parsers
  readonly #block: boolean
  readonly #asked: Asked[] = []
  #wire: Wire | undefined
  #answering = 0
  #corked = false
  #synced = false
  #ended: Error | undefined
  #ready: (() => void) | undefined

  constructor(client: PoolClient, parsers: Parsers, block: boolean) {
    this.#client = client
    this.#parsers = parsers
    this.#block = block
    if (block) this.ask('begin').catch(() => undefined)
  }

  /** Asks now, in the order of the calls; answers in that order. The first error ends the conversation for all. */
  ask<R>(text: string, values: readonly unknown[] = []): Promise<R[]> {
    if (this.#wire === undefined) this.#client.query(this)
    return new Promise<object[]>((resolve, reject) => {
      const wire = this.#wire
      // The driver takes nothing on a connection that is gone.
      if (wire === undefined) this.#ended ??= new Error('Connection terminated')
      else if (this.#synced) this.#ended ??= new Error('this transaction has ended')
      if (this.#ended !== undefined || wire === undefined) {
        reject(this.#ended)
        return
      }
      const encoded = values.map(encode)
      this.#hold(wire)
      const statement = statementOf(wire, text)
      if (statement.state === 'unsure') wire.close({ type: 'S', name: statement.name })
      if (statement.state === 'new' || statement.state === 'unsure') {
        wire.parse({ name: statement.name, text })
        statement.state = 'asked'
      }
      wire.bind({ statement: statement.name, values: encoded, valueMapper: (value) => value })
      if (statement.columns === null) wire.describe({ type: 'P' })
      wire.execute({})
      this.#asked.push({ statement, rows: [], resolve, reject })
    }) as Promise<R[]>
  }

  /**
   * Commits. Whatever is asked up to a Sync is one transaction by itself, all of it or nothing; only a block that was begun
   * must be told to commit. Resolves when all of it stands and the connection may be used for something else.
   */
  async end(): Promise<void> {
    const ready = new Promise<void>((resolve) => {
      this.#ready = resolve
    })
    const answered = this.#block ? this.ask('commit') : undefined
    if (this.#ended !== undefined) throw this.#ended
    this.#sync()
    await answered
    await ready
  }

  /** Undoes whatever was asked. Rejects where the connection is of no more use. */
  async undo(): Promise<void> {
    if (this.#ended !== undefined || this.#synced) {
      // Without a block the Sync has undone it; an empty question waits for that and finds a connection that is gone.
      await this.#client.query(this.#block ? 'rollback' : '')
      return
    }
    // A Sync would commit: what was asked first becomes a block, which can be taken back.
    const ready = new Promise<void>((resolve) => {
      this.#ready = resolve
    })
    const answered = [...(this.#block ? [] : [this.ask('begin')]), this.ask('rollback')]
    this.#sync()
    await Promise.all(answered)
    await ready
  }

  /** What is asked in this turn leaves together; without a Sync it ends with a Flush, or the answers would wait. */
  #hold(wire: Wire): void {
    if (this.#corked) return
    this.#corked = true
    wire.stream.cork()
    process.nextTick(() => {
      this.#corked = false
      if (!this.#synced) wire.flush()
      wire.stream.uncork()
    })
  }

  #sync(): void {
    if (this.#synced || this.#wire === undefined) return
    this.#synced = true
    this.#wire.sync()
  }

  // What the driver calls. ------------------------------------------------------------------------------------------
  submit(connection: Connection): void {
    this.#wire = connection as unknown as Wire
  }

  handleRowDescription(message: { readonly fields: readonly FieldDef[] }): void {
    const current = this.#asked[this.#answering]
    if (current !== undefined)
      current.statement.columns = message.fields.map((field) => ({
        name: field.name,
        parse: this.#parsers(field.dataTypeID),
      }))
  }

  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void {
    const current = this.#asked[this.#answering]
    const columns = current?.statement.columns
    if (current === undefined || columns === null || columns === undefined) return
    const row: Record<string, unknown> = {}
    const { fields } = message
    try {
      for (let at = 0; at < columns.length; at += 1) {
        const column = columns[at]!
        const value = fields[at]
        row[column.name] = value === null || value === undefined ? null : column.parse(value)
      }
    } catch (fault) {
      current.fault = fault
    }
    current.rows.push(row)
  }

  handleCommandComplete(): void {
    const current = this.#asked[this.#answering]
    if (current === undefined) return
    this.#answering += 1
    current.statement.state = 'known'
    current.statement.columns ??= []
    if (current.fault === undefined) current.resolve(current.rows)
    else current.reject(current.fault as Error)
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete()
  }

  /** Nothing after an error is carried out until the Sync, so it is sent at once; the transaction itself is rolled back. */
  handleError(error: Error): void {
    this.#ended = error
    this.#sync()
    for (const { statement, reject } of this.#asked.splice(this.#answering)) {
      if (statement.state === 'asked') statement.state = 'unsure'
      reject(error)
    }
    this.#ready?.()
  }

  handleReadyForQuery(): void {
    this.#ended ??= new Error('this transaction has ended')
    this.#ready?.()
  }
}
