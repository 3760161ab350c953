/** The net: structures, posts and appointments, and how far they cover the country on a day. */
import { z } from 'zod'
import { measures } from '#domain/net/coverage.ts'
import { duties, qualifications, structureKinds } from '#domain/net/kinds.ts'
import { NamePageCursor, PageQuery, uuid } from './envelope.ts'
import { day, trimmedText } from './text.ts'

const Municipality = z.string().regex(/^[0-9]{2}$/)
const County = z.string().regex(/^AL-[0-9]{2}$/)
const Crossing = z.string().regex(/^[A-Z][0-9]{2}$/)
const Name = trimmedText(200)
/** The act by which it was made: number and day together. */
const Act = z.strictObject({ number: trimmedText(120).optional(), date: day.optional() })
/** Nothing of the net is older than the state. */
const Day = day.refine((text) => text >= '1912-11-28', {
  error: 'too early',
  params: { code: 'impossible_date' },
})

export const AddStructure = z.strictObject({
  kind: z.enum(structureKinds),
  municipality: Municipality.optional(),
  county: County.optional(),
  crossing: Crossing.optional(),
  unitId: uuid.optional(),
  from: Day,
  to: Day.optional(),
  nameSq: Name,
  nameEn: Name,
  act: Act.optional(),
})
export const RenameStructure = z.strictObject({ from: Day, nameSq: Name, nameEn: Name, act: Act.optional() })
export const ConfirmStructure = z.strictObject({})
export const EndStructure = z.strictObject({ to: Day, act: Act.optional() })
export const AddPosition = z.strictObject({
  duty: z.enum(duties),
  fullTime: z.boolean(),
  inJobDescription: z.boolean(),
  from: Day,
  to: Day.optional(),
})
export const ChangePosition = z.strictObject({
  positionId: uuid,
  fullTime: z.boolean(),
  inJobDescription: z.boolean(),
})
export const EndPosition = z.strictObject({ positionId: uuid, to: Day })
export const Appoint = z.strictObject({
  positionId: uuid,
  from: Day,
  to: Day.optional(),
  sex: z.enum(['female', 'male']),
  qualification: z.enum(qualifications),
  /** Name of the official; not needed for any count. */
  name: trimmedText(120).optional(),
  act: Act.optional(),
})
export const EndAppointment = z.strictObject({ tenureId: uuid, to: Day })

const names = { nameSq: z.string(), nameEn: z.string() }
const span = { from: z.string(), to: z.string().nullable() }
const act = { act: z.string().nullable(), actDate: z.string().nullable() }

export const StructureRow = z.object({
  id: uuid,
  kind: z.enum(structureKinds),
  /** As it was called on the day asked about. */
  ...names,
  municipality: z.string().nullable(),
  county: z.string().nullable(),
  crossing: z.string().nullable(),
  ...span,
  posts: z.int(),
  filled: z.int(),
  fullTime: z.int(),
  confirmedOn: z.string(),
})
export type StructureRow = z.infer<typeof StructureRow>

export const ListStructures = {
  query: z.strictObject({
    /** The net as on this day; today without it. */
    day: Day.optional(),
    kind: z.enum(structureKinds).optional(),
    municipality: Municipality.optional(),
    county: County.optional(),
    q: trimmedText(80).optional(),
    ...PageQuery,
    cursor: NamePageCursor,
  }),
  reply: z.object({ items: z.array(StructureRow), next: z.string().nullable() }),
}

const Tenure = z.object({
  id: uuid,
  ...span,
  sex: z.enum(['female', 'male']),
  qualification: z.enum(qualifications),
  /** Null where this reader may not see names, or none was written. */
  name: z.string().nullable(),
  ...act,
})
const Position = z.object({
  id: uuid,
  duty: z.enum(duties),
  fullTime: z.boolean(),
  inJobDescription: z.boolean(),
  ...span,
  tenures: z.array(Tenure),
})
export const ReadStructure = {
  params: z.object({ id: uuid }),
  reply: z.object({
    id: uuid,
    version: z.int(),
    kind: z.enum(structureKinds),
    municipality: z.string().nullable(),
    county: z.string().nullable(),
    crossing: z.string().nullable(),
    unitId: uuid.nullable(),
    ...span,
    ...act,
    confirmedOn: z.string(),
    names: z.array(z.object({ from: z.string(), ...names, ...act })),
    positions: z.array(Position),
    mayKeep: z.boolean(),
  }),
}
export type StructureDetail = z.infer<typeof ReadStructure.reply>

const Share = z.object({
  measure: z.enum(measures),
  of: z.enum(['municipalities', 'crossings', 'counties', 'schools', 'posts']),
  have: z.int(),
  total: z.int(),
})
/** A figure or aim that a source prints, for comparison; never counted into the shares. */
export const PrintedFigure = z.object({
  measure: z.enum(measures),
  kind: z.enum(['baseline', 'target']),
  value: z.int(),
  said: z.string(),
  textSq: z.string(),
  textEn: z.string(),
  source: z.string(),
})
export const NetCoverage = {
  query: z.strictObject({ day: Day.optional() }),
  reply: z.object({
    day: z.string(),
    municipalities: z.array(
      z.object({
        municipality: z.string(),
        name: z.string(),
        county: z.string(),
        cpu: z.boolean(),
        fullTimeWorkers: z.int(),
        schools: z.int(),
        schoolsWithProtector: z.int(),
        fieldTeams: z.int(),
        nrmMechanism: z.boolean(),
        dvMechanism: z.boolean(),
        contactPoint: z.boolean(),
        crossings: z.int(),
        crossingsCovered: z.int(),
        standing: z.int(),
        parts: z.int(),
      }),
    ),
    crossings: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        municipality: z.string(),
        registered: z.boolean(),
        womanOfficer: z.boolean(),
        femaleSocialWorker: z.boolean(),
      }),
    ),
    counties: z.array(
      z.object({
        county: z.string(),
        name: z.string(),
        committee: z.boolean(),
        technicalTable: z.boolean(),
        fullTimeCoordinator: z.boolean(),
        mobileUnits: z.int(),
        policeCarer: z.boolean(),
      }),
    ),
    shares: z.array(Share),
    printed: z.array(PrintedFigure),
    mayAdd: z.array(z.enum(structureKinds)),
  }),
}
export type NetCoverage = z.infer<typeof NetCoverage.reply>
