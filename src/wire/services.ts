/** The directory of services on the wire: for the staff who refer, and for those who keep it. */
import { z } from 'zod'
import { serviceTypes } from '#domain/case/record.ts'
import {
  type PacketField,
  packetFieldNames,
  recipientKinds,
  referralServices,
} from '#domain/referral/packet.ts'
import { serviceStatuses, spoken, weekDays } from '#domain/services/provider.ts'
import { NamePageCursor, PageQuery, uuid } from './envelope.ts'
import { day, keptDay, saidText, trimmedText } from './text.ts'

const Area = z.string().regex(/^(?:[0-9]{2}|AL-[0-9]{2})$/)
const Town = z.string().regex(/^[0-9]{2}$/)
const Name = trimmedText(200)
const Said = trimmedText(1000)
const How = trimmedText(600).nullable().default(null)
const Phone = z
  .string()
  .trim()
  .regex(/^\+?[0-9][0-9 /()-]{2,38}$/)
  .nullable()
  .default(null)
const Hour = z
  .string()
  .regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/)
  .nullable()
  .default(null)
const optional = <S extends z.ZodType>(shape: S) => shape.nullable().default(null)

export const SetProvider = z.strictObject({
  descriptionSq: Said,
  descriptionEn: Said,
  website: optional(
    z
      .string()
      .trim()
      .regex(/^https:\/\/[^\s"'<>]{3,200}$/),
  ),
  email: optional(z.email().max(200)),
  phone: Phone,
  licence: optional(trimmedText(120)),
  licenceUntil: optional(day),
  listed: z.boolean().default(true),
  places: z
    .array(
      z.strictObject({
        id: uuid,
        nameSq: Name,
        nameEn: Name,
        municipality: Town,
        unitId: optional(uuid),
        withheld: z.boolean(),
        address: optional(trimmedText(200)),
        postalCode: optional(z.string().regex(/^[0-9]{4}$/)),
        latitude: optional(z.number().min(39).max(43)),
        longitude: optional(z.number().min(19).max(22)),
      }),
    )
    .min(1)
    .max(20)
    .refine((places) => new Set(places.map(({ id }) => id.toLowerCase())).size === places.length, {
      error: 'twice',
      params: { code: 'bad_format' },
    }),
})
export const SetService = z.strictObject({
  providerId: uuid,
  service: z.enum(serviceTypes),
  nameSq: Name,
  nameEn: Name,
  descriptionSq: Said,
  descriptionEn: Said,
  howSq: How,
  howEn: How,
  minAge: optional(z.int().min(0).max(120)),
  maxAge: optional(z.int().min(0).max(120)),
  free: z.boolean(),
  fees: optional(trimmedText(300)),
  languages: z.array(z.enum(spoken)).min(1).max(12),
  areas: z.array(Area).max(61).default([]),
  places: z.array(uuid).max(20).default([]),
  phone: Phone,
  days: z.array(z.enum(weekDays)).max(7).default([]),
  opensAt: Hour,
  closesAt: Hour,
})
export const VerifyService = z.strictObject({})
export const SetServiceStatus = z.strictObject({ status: z.enum(serviceStatuses), reason: saidText(300) })

export const ServiceEntry = z.object({
  id: uuid,
  version: z.int(),
  provider: z.object({ id: uuid, nameSq: z.string(), nameEn: z.string(), kind: z.string() }),
  service: z.enum(serviceTypes),
  nameSq: z.string(),
  nameEn: z.string(),
  descriptionSq: z.string(),
  descriptionEn: z.string(),
  howSq: z.string().nullable(),
  howEn: z.string().nullable(),
  minAge: z.int().nullable(),
  maxAge: z.int().nullable(),
  free: z.boolean(),
  fees: z.string().nullable(),
  languages: z.array(z.enum(spoken)),
  areas: z.array(z.string()),
  /** Names of those areas; empty: the whole country. */
  areaNames: z.array(z.string()),
  places: z.array(
    z.object({
      id: uuid,
      nameSq: z.string(),
      nameEn: z.string(),
      municipality: z.string(),
      town: z.string(),
      address: z.string().nullable(),
      withheld: z.boolean(),
      /** The unit that answers referrals to this place. */
      unitId: uuid.nullable(),
      /** Half of those referred there in the last year waited at most so many days; null under five. */
      waitDays: z.number().nullable(),
    }),
  ),
  phone: z.string().nullable(),
  days: z.array(z.enum(weekDays)),
  opensAt: z.string().nullable(),
  closesAt: z.string().nullable(),
  status: z.enum(serviceStatuses),
  verifiedOn: z.string(),
  checkDue: z.string().nullable(),
  /** Nobody has said in time that it is still right (D37). */
  stale: z.boolean(),
  mayKeep: z.boolean(),
})
export type ServiceEntry = z.infer<typeof ServiceEntry>
export const ServiceQuery = z.strictObject({
  q: trimmedText(80).optional(),
  municipality: Town.optional(),
  service: z.enum(serviceTypes).optional(),
  stale: z.enum(['true']).optional(),
  ...PageQuery,
  cursor: NamePageCursor,
})
export const ServiceList = z.object({ items: z.array(ServiceEntry), next: z.string().nullable() })

/** Who could carry out an action of a child's plan: one line for each place of an entry where a unit answers. */
export const ActionProviders = {
  summary:
    'Open and paused entries of the directory for an action of a plan, those that fit the child first, with what may be asked there',
  params: z.strictObject({ id: uuid, actionId: uuid }),
  reply: z.object({
    items: z.array(
      z.object({
        entryId: uuid,
        nameSq: z.string(),
        nameEn: z.string(),
        providerSq: z.string(),
        providerEn: z.string(),
        placeSq: z.string(),
        placeEn: z.string(),
        town: z.string(),
        status: z.enum(serviceStatuses),
        verifiedOn: z.string(),
        /** Nobody has said within 180 days that it is still right (D37). */
        stale: z.boolean(),
        fits: z.object({ area: z.boolean(), age: z.boolean() }),
        minAge: z.int().nullable(),
        maxAge: z.int().nullable(),
        /** Half of those referred there in the last year waited at most so many days; null under five. */
        waitDays: z.number().nullable(),
        toUnitId: uuid,
        kind: z.enum(recipientKinds),
        /** As what it is asked for there. */
        service: z.enum(referralServices),
        /** Where in the packet the purpose is written. */
        purpose: z.enum(packetFieldNames as [PacketField, ...PacketField[]]).nullable(),
      }),
    ),
    next: z.null(),
  }),
}
export type ActionProvider = z.infer<typeof ActionProviders.reply>['items'][number]

export const ProviderEntry = z.object({
  id: uuid,
  version: z.int(),
  nameSq: z.string(),
  nameEn: z.string(),
  kind: z.string(),
  profile: SetProvider.extend({
    licenceUntil: keptDay.nullable(),
    places: z.array(z.object({ ...SetProvider.shape.places.unwrap().shape, used: z.boolean() })),
  }).nullable(),
  mayKeep: z.boolean(),
})
export type ProviderEntry = z.infer<typeof ProviderEntry>
export const ProviderParams = z.strictObject({ id: uuid })
export const ProviderQuery = z.strictObject({
  q: trimmedText(80).optional(),
  /** Only those the reader keeps. */
  kept: z.enum(['true']).optional(),
  ...PageQuery,
  cursor: NamePageCursor,
})
export const ProviderList = z.object({
  items: z.array(ProviderEntry.omit({ profile: true })),
  next: z.string().nullable(),
})
