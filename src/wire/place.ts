/** Places of the country (T0). */
import { z } from 'zod'
import { uuid } from './envelope.ts'
import { day } from './text.ts'

export const Municipality = z.object({
  /** 01–61 of the address and building register. */
  code: z.string(),
  shortCode: z.string(),
  name: z.string(),
  altNames: z.array(z.string()),
  seat: z.string(),
  /** ISO 3166-2. */
  county: z.string(),
  countyName: z.string(),
  lon: z.number(),
  lat: z.number(),
  population: z.int(),
  /** The child protection unit that answers for it, null where none is registered. */
  unitId: uuid.nullable(),
})
export const MunicipalityList = z.object({ items: z.array(Municipality) })

export const BorderCrossingList = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      otherSide: z.string().nullable(),
      neighbour: z.string().nullable(),
      kind: z.string(),
      status: z.string(),
      main: z.boolean(),
      lon: z.number(),
      lat: z.number(),
      municipality: z.string(),
    }),
  ),
})

export const HolidayList = z.object({
  items: z.array(
    z.object({
      id: uuid,
      version: z.int(),
      day: z.iso.date(),
      nameSq: z.string(),
      nameEn: z.string(),
      kind: z.string(),
      confirmed: z.boolean(),
      /** Taken off the calendar: a working day. */
      struck: z.boolean(),
      source: z.string(),
    }),
  ),
})

export const RuleList = z.object({
  items: z.array(
    z.object({
      id: uuid,
      version: z.int(),
      ruleSet: z.string(),
      effectiveFrom: z.iso.date(),
      code: z.string(),
      name: z.string(),
      trigger: z.string(),
      action: z.string(),
      actor: z.string(),
      amount: z.int(),
      unit: z.string(),
      ownerRole: z.string(),
      warnAt: z.int(),
      enabled: z.boolean(),
      verification: z.enum(['V', 'U', 'D']),
      verificationSaid: z.string(),
      legalSource: z.string(),
      confirmedOn: z.iso.date().nullable(),
    }),
  ),
})

const source = z.string().trim().min(1).max(500)
const name = z.string().trim().min(1).max(120)
/** The record id is the holiday's; a new one is minted by the client. */
export const SetHoliday = z.strictObject({
  day,
  nameSq: name,
  nameEn: name,
  /** Law or decision in which the day was read. */
  source,
  confirmed: z.boolean(),
})
export const StrikeHoliday = z.strictObject({ source })
export const ConfirmRule = z.strictObject({ source })
