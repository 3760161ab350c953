/** Institutions, units and users as administrators see them, and the access records as the data protection officer does. */
import { z } from 'zod'
import type { Instant, Purpose, Role, Uuid } from '#domain/core.ts'
import { ListAccessRecords, ListInstitutions, ListUnits, ListUsers } from '#wire/admin.ts'
import { uuid } from '#wire/envelope.ts'
import { recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { forbidden, invalid } from '../problem.ts'
import type { Tx } from '../tx.ts'

const NameCursor = z.tuple([z.string(), uuid])

/** Lists in the order of a name page by name and id. */
const nameCursor = (name: string, id: Uuid): string =>
  Buffer.from(JSON.stringify([name, id])).toString('base64url')

const readNameCursor = (cursor: string | undefined): readonly [string | null, string | null] => {
  if (cursor === undefined) return [null, null]
  try {
    return NameCursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw invalid({ field: 'query.cursor', code: 'bad_format' })
  }
}

const page = <Row extends { id: Uuid }>(rows: Row[], limit: number, name: (row: Row) => string) => {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { rows: rows.slice(0, limit), next: last === undefined ? null : nameCursor(name(last), last.id) }
}

const mustBe = (tx: Tx, role: Role): void => {
  if (tx.actor.role !== role) throw forbidden()
}

/** What people type, found anywhere in a name, whatever the accents. */
const found = (column: string, n: number): string =>
  `($${n}::text is null or strpos(unaccent(lower(${column})), unaccent(lower($${n}))) > 0)`

interface InstitutionRow {
  id: Uuid
  kind: string
  name_sq: string
  name_en: string
  active: boolean
  units: number
}

export const listInstitutions = endpoint({
  method: 'GET',
  url: '/api/admin/institutions',
  wire: { summary: 'Institutions, for administrators', ...ListInstitutions },
  handle: async (tx, { query }) => {
    mustBe(tx, 'admin')
    const all = await tx.sql<InstitutionRow>(
      `select i.id, i.kind, i.name_sq, i.name_en, i.active,
         (select count(*)::int from unit u where u.institution_id = i.id) as units
       from institution i
       where (${found('i.name_sq', 1)} or ${found('i.name_en', 1)}) and ($2::text is null or i.kind = $2)
         and ($3::text is null or (i.name_sq, i.id) > ($3, $4::uuid))
       order by i.name_sq, i.id limit $5`,
      [query.q ?? null, query.kind ?? null, ...readNameCursor(query.cursor), query.limit + 1],
    )
    const { rows, next } = page(all, query.limit, (row) => row.name_sq)
    return {
      items: rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        nameSq: row.name_sq,
        nameEn: row.name_en,
        active: row.active,
        units: row.units,
      })),
      next,
    }
  },
})

interface UnitRow extends Omit<InstitutionRow, 'units'> {
  institution_id: Uuid
  municipality: string | null
  county: string | null
  phone: string | null
  users: number
  version: number
}

export const listUnits = endpoint({
  method: 'GET',
  url: '/api/admin/units',
  wire: { summary: 'Units, for administrators', ...ListUnits },
  handle: async (tx, { query }) => {
    mustBe(tx, 'admin')
    const all = await tx.sql<UnitRow>(
      `select n.id, n.institution_id, n.kind, n.name_sq, n.name_en, n.municipality, n.county, n.phone, n.active,
         (select count(*)::int from app_user u where u.unit_id = n.id and u.active) as users,
         coalesce((select h.version from record_head h where h.record_id = n.id), 0) as version
       from unit n
       where (${found('n.name_sq', 1)} or ${found('n.name_en', 1)}) and ($2::text is null or n.kind = $2)
         and ($3::uuid is null or n.institution_id = $3) and ($4::text is null or n.municipality = $4)
         and ($5::text is null or (n.name_sq, n.id) > ($5, $6::uuid))
       order by n.name_sq, n.id limit $7`,
      [
        query.q ?? null,
        query.kind ?? null,
        query.institution ?? null,
        query.municipality ?? null,
        ...readNameCursor(query.cursor),
        query.limit + 1,
      ],
    )
    const { rows, next } = page(all, query.limit, (row) => row.name_sq)
    return {
      items: rows.map((row) => ({
        id: row.id,
        institutionId: row.institution_id,
        kind: row.kind,
        nameSq: row.name_sq,
        nameEn: row.name_en,
        municipality: row.municipality,
        county: row.county,
        phone: row.phone,
        active: row.active,
        users: row.users,
        version: row.version,
      })),
      next,
    }
  },
})

interface UserRow {
  id: Uuid
  login: string
  display_name: string
  role: Role
  unit_id: Uuid
  unit_name_sq: string
  unit_name_en: string
  language: 'sq' | 'en'
  active: boolean
  version: number
  has_password: boolean
  has_totp: boolean
  setup_expires_at: Instant | null
  last_seen_at: Instant | null
}

export const listUsers = endpoint({
  method: 'GET',
  url: '/api/admin/users',
  wire: { summary: 'Accounts, for administrators; nothing of what they read or wrote', ...ListUsers },
  handle: async (tx, { query }) => {
    mustBe(tx, 'admin')
    const [afterLogin, afterId] = readNameCursor(query.cursor)
    const all = await tx.sql<UserRow>(
      `with chosen as materialized (
         select u.* from app_user u
         where (${found('u.login', 1)} or ${found('u.display_name', 1)}) and ($2::text is null or u.role = $2)
           and ($3::uuid is null or u.unit_id = $3) and ($4::boolean is null or u.active = $4)
           and ($5::text is null or (u.login, u.id) > ($5, $6::uuid))
         order by u.login, u.id limit $7)
       select u.id, u.login, u.display_name, u.role, u.unit_id, n.name_sq as unit_name_sq, n.name_en as unit_name_en,
         u.language, u.active, coalesce(h.version, 0) as version, s.has_password, s.has_totp, s.setup_expires_at,
         s.last_seen_at
       from chosen u join unit n on n.id = u.unit_id left join record_head h on h.record_id = u.id
         left join sign_in_state(array(select id from chosen)) s on s.user_id = u.id
       order by u.login, u.id`,
      [
        query.q ?? null,
        query.role ?? null,
        query.unit ?? null,
        query.active === undefined ? null : query.active === 'true',
        afterLogin,
        afterId,
        query.limit + 1,
      ],
    )
    const { rows, next } = page(all, query.limit, (row) => row.login)
    return {
      items: rows.map((row) => ({
        id: row.id,
        login: row.login,
        displayName: row.display_name,
        role: row.role,
        unitId: row.unit_id,
        unitNameSq: row.unit_name_sq,
        unitNameEn: row.unit_name_en,
        language: row.language,
        active: row.active,
        version: row.version,
        hasPassword: row.has_password,
        secondFactor: row.has_totp,
        setupCodeUntil: row.setup_expires_at,
        lastSeenAt: row.last_seen_at,
      })),
      next,
    }
  },
})

interface AccessRow {
  id: Uuid
  at: Instant
  actor_id: Uuid | null
  login: string | null
  display_name: string | null
  unit_id: Uuid | null
  role: string | null
  act: string
  kind: string
  record_id: Uuid | null
  ids: Uuid[]
  tier: string | null
  purpose: Purpose | null
  code: string | null
}

export const listAccessRecords = endpoint({
  method: 'GET',
  url: '/api/access-records',
  wire: {
    summary: 'Who looked at what, for the data protection officer; reading it is recorded too',
    ...ListAccessRecords,
  },
  handle: async (tx, { query }) => {
    mustBe(tx, 'dpo')
    const after = readCursor(query.cursor)
    const all = await tx.sql<AccessRow>(
      `select a.id, a.at, a.actor_id, u.login, u.display_name, a.unit_id, a.role, a.act, a.kind, a.record_id, a.ids, a.tier,
         a.purpose, a.code
       from access_record a left join app_user u on u.id = a.actor_id
       where ($1::date is null or a.at >= ($1::date)::timestamp at time zone 'Europe/Tirane')
         and ($2::date is null or a.at < ($2::date + 1)::timestamp at time zone 'Europe/Tirane')
         and ($3::uuid is null or a.actor_id = $3)
         and ($4::uuid is null or a.record_id = $4 or $4 = any (a.ids))
         and ($5::text is null or a.act = $5)
         and ($6::timestamptz is null or (a.at, a.id) < ($6, $7::uuid))
       order by a.at desc, a.id desc limit $8`,
      [
        query.from ?? null,
        query.to ?? null,
        query.user ?? null,
        query.record ?? null,
        query.act ?? null,
        after?.at ?? null,
        after?.id ?? null,
        query.limit + 1,
      ],
    )
    const rows = all.slice(0, query.limit)
    const last = all.length > query.limit ? rows.at(-1) : undefined
    recordAccess(tx, {
      act: 'list',
      kind: 'access_record',
      ids: query.record === undefined ? [] : [query.record],
      tier: 'T2',
    })
    return {
      items: rows.map((row) => ({
        id: row.id,
        at: row.at,
        actorId: row.actor_id,
        actorLogin: row.login,
        actorName: row.display_name,
        unitId: row.unit_id,
        role: row.role,
        act: row.act,
        kind: row.kind,
        recordIds: row.record_id === null ? row.ids : [row.record_id],
        tier: row.tier,
        purpose: row.purpose,
        code: row.code,
      })),
      next: last === undefined ? null : cursorOf(last.at, last.id),
    }
  },
})
