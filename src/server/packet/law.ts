/** What the law leaves open about packets and agreements, as shipped in `reference/al/returns.json`. Read once, at start. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { referencePath } from '../reference/files.ts'

const Unconfirmed = z.strictObject({
  value: z.int().min(1).max(3650),
  verification: z.enum(['V', 'U', 'D']),
  source: z.string().min(1),
})
const file = z
  .strictObject({ packetDays: Unconfirmed, agreementWarnDays: Unconfirmed, freshListHours: Unconfirmed })
  .parse(JSON.parse(readFileSync(referencePath('returns.json'), 'utf8')))

export const packetLaw = {
  /** Days for which a packet may be opened, at most. */
  packetDays: file.packetDays.value,
  /** Days before its end from which an agreement shows as ending. */
  agreementWarnDays: file.agreementWarnDays.value,
  /** Hours after which a list of recalled packets counts as old. */
  freshListHours: file.freshListHours.value,
} as const
