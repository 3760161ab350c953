/** The public pages over a register of paper: what was told is kept in a list, for tests that need no database. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastify, { type FastifyInstance } from 'fastify'
import { type PublicOptions, publicPages } from '#server/public/index.ts'
import type { PublicReport, PublicStore, Receipt } from '#server/public/store.ts'

interface Municipality {
  readonly code: string
  readonly name: string
}

const municipalities: readonly Municipality[] = (
  JSON.parse(
    readFileSync(join(import.meta.dirname, '..', 'reference', 'al', 'municipalities.json'), 'utf8'),
  ) as Municipality[]
).map(({ code, name }) => ({ code, name }))

export interface PaperHouse {
  readonly app: FastifyInstance
  readonly told: PublicReport[]
  readonly added: { readonly code: string; readonly text: string }[]
  /** What the next receipts read. */
  status: Receipt['status']
  /** The next report meets a broken register. */
  broken: boolean
}

export const paperHouse = async (options: Partial<PublicOptions> = {}): Promise<PaperHouse> => {
  const app = fastify({ trustProxy: true })
  const told: PublicReport[] = []
  const added: { code: string; text: string }[] = []
  const seen = new Set<string>()
  const house: PaperHouse = { app, told, added, status: 'received', broken: false }
  const known = (code: string): boolean =>
    code.replaceAll(/[^0-9A-Za-z]/g, '').toUpperCase() === 'K7QM2WXD4RTP'
  const store: PublicStore = {
    municipalities: async () => municipalities,
    receive: async (report) => {
      if (house.broken) throw new Error('the register is broken')
      if (!seen.has(report.commandId)) told.push(report)
      seen.add(report.commandId)
      return { code: 'K7QM2WXD4RTP' }
    },
    receiveSelf: async () => ({ code: 'K7QM2WXD4RTP' }),
    read: async (code) => (known(code) ? { status: house.status } : null),
    add: async ({ commandId, code, text }) => {
      if (!known(code)) return null
      if (!seen.has(commandId)) added.push({ code, text })
      seen.add(commandId)
      return { status: house.status }
    },
  }
  await app.register(publicPages, { store, now: () => Date.now(), demo: async () => false, ...options })
  return house
}
