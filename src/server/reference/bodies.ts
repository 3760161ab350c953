/**
 * The shipped coordinating bodies (`reference/al/bodies.json`). What stands once for each county or municipality is written
 * once and spelled out here; ids come from the codes, so that loading again finds the same rows.
 */

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { bodyKinds, dutyPeriods, dutyProofs, seats } from '#domain/body/state.ts'
import { roles, type Uuid } from '#domain/core.ts'
import { derivedId } from '../ids.ts'
import { readCounties, readMunicipalities, referencePath } from './files.ts'

const Institution = z.strictObject({
  code: z.string(),
  nameSq: z.string(),
  nameEn: z.string(),
  role: z.enum(roles).nullable(),
  level: z.enum(['national', 'county', 'municipality']),
  /** The same body as plans name it (`plans/bodies.json`). */
  planBody: z.string(),
})
const Seat = z.strictObject({
  institution: z.string(),
  seat: z.enum(seats),
  officeSq: z.string().optional(),
  officeEn: z.string().optional(),
  source: z.string().optional(),
})
const Body = z.strictObject({
  code: z.string(),
  kind: z.enum(bodyKinds),
  nameSq: z.string(),
  nameEn: z.string(),
  parent: z.string().nullable(),
  /** Once for the nation, or for each county or municipality, whose code and name take the place of `{code}` and `{name}`. */
  each: z.enum(['county', 'municipality']).optional(),
  anonymous: z.boolean().default(false),
  validFrom: z.iso.date().nullable().default(null),
  source: z.string(),
  note: z.string().optional(),
  duties: z
    .array(
      z.strictObject({
        rule: z.string(),
        period: z.enum(dutyPeriods),
        proof: z.enum(dutyProofs),
        since: z.iso.date(),
      }),
    )
    .default([]),
  members: z.array(Seat).default([]),
})
const Shape = z.strictObject({
  note: z.string(),
  institutions: z.array(Institution),
  bodies: z.array(Body),
})

/** The same id for the same code in every installation. */
export const bodyIdOf = (code: string): Uuid => derivedId(`mburoja body ${code}`)

interface Where {
  readonly code: string
  readonly name: string
  readonly county: string | null
  readonly municipality: string | null
}
const nation: Where = { code: '', name: '', county: null, municipality: null }
const placesOf = (each: 'county' | 'municipality' | undefined): readonly Where[] => {
  if (each === undefined) return [nation]
  if (each === 'county')
    return readCounties().map(({ code, name }) => ({
      code: code.slice(3),
      name,
      county: code,
      municipality: null,
    }))
  return readMunicipalities().map(({ code, name, county }) => ({ code, name, county, municipality: code }))
}

/** Rows of the four tables that this file fills. */
export const readBodies = () => {
  const { institutions, bodies } = Shape.parse(JSON.parse(readFileSync(referencePath('bodies.json'), 'utf8')))
  const levelOf = new Map(institutions.map((one) => [one.code, one.level]))
  const spelled = bodies.flatMap((body) =>
    placesOf(body.each).map((where) => {
      const fill = (text: string) => text.replaceAll('{code}', where.code).replaceAll('{name}', where.name)
      const code = fill(body.code)
      return { ...body, where, code, id: bodyIdOf(code), fill }
    }),
  )
  return {
    institutions: institutions.map((one) => ({
      ...one,
      name_sq: one.nameSq,
      name_en: one.nameEn,
      plan_body: one.planBody,
    })),
    bodies: spelled.map((one) => ({
      id: one.id,
      code: one.code,
      kind: one.kind,
      name_sq: one.fill(one.nameSq),
      name_en: one.fill(one.nameEn),
      parent_id: one.parent === null ? null : bodyIdOf(one.fill(one.parent)),
      county: one.where.county,
      municipality: one.where.municipality,
      anonymous: one.anonymous,
      valid_from: one.validFrom,
      source: one.source,
    })),
    members: spelled.flatMap((one) =>
      one.members.flatMap((seat) => {
        const level = levelOf.get(seat.institution)
        // In a county's body each of its municipalities has a seat; an institution of the county sits for all of it.
        const places =
          level === 'municipality' && one.where.municipality === null
            ? placesOf('municipality').filter((town) => town.county === one.where.county)
            : [one.where]
        return places.map((place) => ({
          id: bodyIdOf(`${one.code} ${seat.institution} ${place.municipality ?? ''}`),
          body_id: one.id,
          anonymous: one.anonymous,
          institution_code: seat.institution,
          county: level === 'national' ? null : place.county,
          municipality: level === 'municipality' ? place.municipality : null,
          seat: seat.seat,
          office_sq: seat.officeSq ?? null,
          office_en: seat.officeEn ?? null,
          source: seat.source ?? null,
        }))
      }),
    ),
    duties: spelled.flatMap((one) => one.duties.map((duty) => ({ ...duty, body_id: one.id }))),
  }
}
