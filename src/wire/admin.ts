/** Institutions, units, users, and who looked at what. */
import { z } from 'zod'
import { purposes, roles } from '#domain/core.ts'
import { uuid } from './envelope.ts'
import { day, freeText, trimmedText } from './text.ts'

const Kind = z.string().regex(/^[a-z_]{2,40}$/)
const Name = trimmedText(200)
const Login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,62}$/)
const Municipality = z.string().regex(/^[0-9]{2}$/)
const County = z.string().regex(/^AL-[0-9]{2}$/)
const Limit = z.coerce.number().int().min(1).max(100).default(50)
const Cursor = z.string().max(200).optional()
const Search = trimmedText(80).optional()

export const AddInstitution = z.strictObject({ kind: Kind, nameSq: Name, nameEn: Name })
export const AddUnit = z.strictObject({
  institutionId: uuid,
  kind: Kind,
  nameSq: Name,
  nameEn: Name,
  /** ASRDB code 01–61; the county follows from it. */
  municipality: Municipality.optional(),
  /** For bodies of a whole county. */
  county: County.optional(),
  phone: freeText(40).trim().optional(),
})
export const ChangeUnit = z.strictObject({
  nameSq: Name.optional(),
  nameEn: Name.optional(),
  phone: freeText(40).trim().nullable().optional(),
  active: z.boolean().optional(),
})
export const AddUser = z.strictObject({
  login: Login,
  displayName: trimmedText(120),
  role: z.enum(roles),
  unitId: uuid,
  language: z.enum(['sq', 'en']).default('sq'),
})
export const ChangeUser = z.strictObject({
  displayName: trimmedText(120).optional(),
  role: z.enum(roles).optional(),
  unitId: uuid.optional(),
  active: z.boolean().optional(),
  /** Needed to close an account. */
  reason: trimmedText(500).optional(),
})
export const ResetCredentials = z.strictObject({ reason: trimmedText(500) })

/** Shown once to the administrator, who hands it over; it sets the first password. */
export const SetupCode = z.object({ login: z.string(), code: z.string(), expiresAt: z.iso.datetime() })

export const ListInstitutions = {
  query: z.strictObject({ q: Search, kind: Kind.optional(), cursor: Cursor, limit: Limit }),
  reply: z.object({
    items: z.array(
      z.object({
        id: uuid,
        kind: z.string(),
        nameSq: z.string(),
        nameEn: z.string(),
        active: z.boolean(),
        units: z.int(),
      }),
    ),
    next: z.string().nullable(),
  }),
}
export const ListUnits = {
  query: z.strictObject({
    q: Search,
    kind: Kind.optional(),
    institution: uuid.optional(),
    municipality: Municipality.optional(),
    cursor: Cursor,
    limit: Limit,
  }),
  reply: z.object({
    items: z.array(
      z.object({
        id: uuid,
        institutionId: uuid,
        kind: z.string(),
        nameSq: z.string(),
        nameEn: z.string(),
        municipality: z.string().nullable(),
        county: z.string().nullable(),
        phone: z.string().nullable(),
        active: z.boolean(),
        users: z.int(),
        version: z.int(),
      }),
    ),
    next: z.string().nullable(),
  }),
}
export const ListUsers = {
  query: z.strictObject({
    q: Search,
    role: z.enum(roles).optional(),
    unit: uuid.optional(),
    active: z.enum(['true', 'false']).optional(),
    cursor: Cursor,
    limit: Limit,
  }),
  reply: z.object({
    items: z.array(
      z.object({
        id: uuid,
        login: z.string(),
        displayName: z.string(),
        role: z.enum(roles),
        unitId: uuid,
        unitNameSq: z.string(),
        unitNameEn: z.string(),
        language: z.enum(['sq', 'en']),
        active: z.boolean(),
        version: z.int(),
        hasPassword: z.boolean(),
        secondFactor: z.boolean(),
        setupCodeUntil: z.iso.datetime().nullable(),
        lastSeenAt: z.iso.datetime().nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
}
export const ListAccessRecords = {
  query: z.strictObject({
    /** First and last day, on Tirana's calendar. */
    from: day.optional(),
    to: day.optional(),
    user: uuid.optional(),
    record: uuid.optional(),
    act: z.enum(['read', 'list', 'search', 'export', 'refused', 'break_glass']).optional(),
    cursor: Cursor,
    limit: Limit,
  }),
  reply: z.object({
    items: z.array(
      z.object({
        id: uuid,
        at: z.iso.datetime(),
        actorId: uuid.nullable(),
        actorLogin: z.string().nullable(),
        actorName: z.string().nullable(),
        unitId: uuid.nullable(),
        role: z.string().nullable(),
        act: z.string(),
        kind: z.string(),
        recordIds: z.array(uuid),
        tier: z.string().nullable(),
        purpose: z.enum(purposes).nullable(),
        code: z.string().nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
}
