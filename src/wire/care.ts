/** Registers of alternative care on the wire: facilities, foster families, beds, emergency teams. */
import { z } from 'zod'
import {
  ageBands,
  bedGroupSexes,
  bedSexes,
  holdStates,
  refuseReasons,
  releaseReasons,
} from '#domain/care/beds.ts'
import {
  facilityKinds,
  placeStatuses,
  refusalReasons,
  statusReasons,
  trainingTopics,
  visitKinds,
  visitOutcomes,
} from '#domain/care/places.ts'
import { teamProfessions } from '#domain/care/team.ts'
import { NamePageCursor, PageQuery, uuid } from './envelope.ts'
import { day, trimmedText } from './text.ts'

const Who = { placeId: uuid, sex: z.enum(bedSexes), ageBand: z.enum(ageBands) }
export const HoldBed = z.strictObject(Who)
export const TakeBed = z.strictObject(Who)
/** Answers are for whoever asked for the bed; a place that refuses says why in its own words. */
export const ConfirmBed = z.strictObject({ said: trimmedText(1000).nullable().default(null) })
export const RefuseBed = z.strictObject({ reason: z.enum(refuseReasons), said: trimmedText(1000) })
export const ReleaseBed = z.strictObject({ reason: z.enum(releaseReasons) })
export const ExpireBed = z.strictObject({})

const Town = z.string().regex(/^[0-9]{2}$/)
const optional = <S extends z.ZodType>(shape: S) => shape.nullable().default(null)
const Phone = optional(
  z
    .string()
    .trim()
    .regex(/^\+?[0-9][0-9 /()-]{2,38}$/),
)
const BedGroup = z.strictObject({
  sex: z.enum(bedGroupSexes),
  bands: z
    .array(z.enum(ageBands))
    .min(1)
    .max(ageBands.length)
    .refine((bands) => new Set(bands).size === bands.length, {
      error: 'twice',
      params: { code: 'bad_format' },
    }),
  places: z.int().min(1).max(100),
})
const Beds = z.array(BedGroup).min(1).max(4)

export const SetFacility = z.strictObject({
  nameSq: trimmedText(200),
  nameEn: trimmedText(200),
  facilityKind: z.enum(facilityKinds),
  unitId: uuid,
  municipality: Town,
  licenceNumber: trimmedText(120),
  licenceFrom: day,
  licenceTo: optional(day),
  beds: Beds,
  /** Who answers there. */
  contact: trimmedText(200),
  phone: Phone,
})
const Family = {
  names: trimmedText(200),
  phone: Phone,
  beds: Beds,
  /** Takes brothers and sisters together. */
  siblings: z.boolean(),
}
export const ApplyFamily = z.strictObject({ ...Family, appliedOn: day })
export const ChangeFamily = z.strictObject(Family)
export const SetAddress = z.strictObject({ address: trimmedText(300) })
export const SetPlaceStatus = z.strictObject({
  status: z.enum(['approved', 'suspended', 'closed']),
  reason: z.enum(statusReasons),
})
export const DecideFamily = z.strictObject({
  approved: z.boolean(),
  reason: optional(z.enum(refusalReasons)),
})
const outcomes = [...new Set(Object.values(visitOutcomes).flat())] as [string, ...string[]]
type Outcome = (typeof visitOutcomes)[keyof typeof visitOutcomes][number]
const VisitFacts = {
  onDay: day,
  outcome: optional(z.enum(outcomes as [Outcome, ...Outcome[]])),
  /** Each standard of the version in force: 0 not met to 3 fully met. */
  scores: z.record(z.string().regex(/^[a-z_]{2,40}$/), z.int().min(0).max(3)).default({}),
  findings: optional(trimmedText(4000)),
  nextDue: optional(day),
}
export const VisitPlace = z.strictObject({
  ...VisitFacts,
  kind: z.enum(visitKinds),
  hours: optional(z.int().min(1).max(400)),
  topic: optional(z.enum(trainingTopics)),
})
export const InspectTeam = z.strictObject(VisitFacts)

const Hour = z.string().regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/)
export const SetTeam = z.strictObject({
  nameSq: trimmedText(200),
  nameEn: trimmedText(200),
  phone: Phone,
  actNumber: optional(trimmedText(120)),
  actDate: optional(day),
  coversFrom: Hour,
  coversTo: Hour,
  active: z.boolean().default(true),
  members: z
    .array(
      z.strictObject({
        id: uuid,
        name: trimmedText(120),
        profession: z.enum(teamProfessions),
        phone: Phone,
        active: z.boolean().default(true),
      }),
    )
    .min(1)
    .max(40)
    .refine((members) => new Set(members.map(({ id }) => id.toLowerCase())).size === members.length, {
      error: 'twice',
      params: { code: 'bad_format' },
    }),
})
/** The same hours on that day and as many days after it. */
export const SetDuty = z.strictObject({
  memberId: uuid,
  day,
  from: Hour,
  to: Hour,
  days: z.int().min(1).max(31).default(1),
})
export const CancelDuty = z.strictObject({ dutyId: uuid })

const Standards = z.object({ version: z.string(), codes: z.array(z.string()) })
const Visit = z.object({
  id: uuid,
  kind: z.enum(visitKinds),
  onDay: z.string(),
  by: z.string(),
  standards: z.string().nullable(),
  scores: z.record(z.string(), z.int()),
  outcome: z.string().nullable(),
  hours: z.int().nullable(),
  topic: z.string().nullable(),
  nextDue: z.string().nullable(),
  /** Null where there are none or they lie beyond the reader's reach. */
  findings: z.string().nullable(),
})
export type CareVisit = z.infer<typeof Visit>
const Place = z.object({
  id: uuid,
  version: z.int(),
  kind: z.enum(['facility', 'foster_family']),
  code: z.string(),
  nameSq: z.string().nullable(),
  nameEn: z.string().nullable(),
  /** T3: names of the family; null beyond the reader's reach. */
  names: z.string().nullable(),
  facilityKind: z.enum(facilityKinds).nullable(),
  municipality: z.string(),
  town: z.string(),
  status: z.enum(placeStatuses),
  siblings: z.boolean(),
  beds: z.array(z.object({ sex: z.enum(bedGroupSexes), bands: z.array(z.enum(ageBands)), places: z.int() })),
  capacity: z.int(),
  held: z.int(),
  confirmed: z.int(),
  occupied: z.int(),
  /** Beds nobody has or is promised. */
  free: z.int(),
  /** Free for the sex and age asked for; null where none was asked for. */
  freeForAsked: z.int().nullable(),
  open: z.boolean(),
  licenceTo: z.string().nullable(),
  checkDue: z.string().nullable(),
  /** The next inspection or review is late. */
  late: z.boolean(),
})
export type CarePlaceRow = z.infer<typeof Place>
export const PlaceQuery = z.strictObject({
  kind: z.enum(['facility', 'foster_family']).optional(),
  municipality: Town.optional(),
  sex: z.enum(bedSexes).optional(),
  ageBand: z.enum(ageBands).optional(),
  /** Only where a bed is free (for the sex and age asked for). */
  free: z.enum(['true']).optional(),
  late: z.enum(['true']).optional(),
  ...PageQuery,
  cursor: NamePageCursor,
})
export const PlaceList = z.object({
  items: z.array(Place),
  next: z.string().nullable(),
  mayAddFacility: z.boolean(),
  mayAddFamily: z.boolean(),
  mayHold: z.boolean(),
})
const Hold = z.object({
  id: uuid,
  version: z.int(),
  sex: z.enum(bedSexes),
  ageBand: z.enum(ageBands),
  state: z.enum(holdStates),
  lapsed: z.boolean(),
  unitSq: z.string(),
  unitEn: z.string(),
  heldAt: z.string(),
  changedAt: z.string(),
  expiresAt: z.string().nullable(),
  reason: z.string().nullable(),
  /** What the place wrote when it promised or refused; null for whoever is not meant, too. */
  said: z.string().nullable(),
  mine: z.boolean(),
})
export type CareHold = z.infer<typeof Hold>
export const PlaceDetail = Place.extend({
  unitId: uuid,
  unitSq: z.string(),
  unitEn: z.string(),
  operatorSq: z.string().nullable(),
  operatorEn: z.string().nullable(),
  licenceNumber: z.string().nullable(),
  licenceFrom: z.string().nullable(),
  appliedOn: z.string().nullable(),
  assessedOn: z.string().nullable(),
  recommended: z.boolean().nullable(),
  approvedOn: z.string().nullable(),
  trainingHours: z.int(),
  trainingNeeded: z.int(),
  statusReason: z.string().nullable(),
  phone: z.string().nullable(),
  /** An address lies there, sealed; who may open it asks for it apart. */
  hasAddress: z.boolean(),
  mayReadAddress: z.boolean(),
  standards: Standards,
  visits: z.array(Visit),
  holds: z.array(Hold),
  mayKeep: z.boolean(),
  mayDecide: z.boolean(),
  mayApprove: z.boolean(),
  mayChange: z.boolean(),
  maySetAddress: z.boolean(),
  mayVisit: z.array(z.enum(visitKinds)),
  mayHold: z.boolean(),
})
export type CarePlaceDetail = z.infer<typeof PlaceDetail>
export const PlaceParams = z.strictObject({ id: uuid })
export const PlaceAddress = z.object({ address: z.string() })

export const MyHolds = z.object({
  items: z.array(
    Hold.extend({
      placeId: uuid,
      placeCode: z.string(),
      placeSq: z.string().nullable(),
      placeEn: z.string().nullable(),
      town: z.string(),
    }),
  ),
})
export type MyHold = z.infer<typeof MyHolds>['items'][number]

const Team = z.object({
  id: uuid,
  version: z.int(),
  municipality: z.string(),
  town: z.string(),
  nameSq: z.string(),
  nameEn: z.string(),
  phone: z.string().nullable(),
  coversFrom: z.string(),
  coversTo: z.string(),
  active: z.boolean(),
  checkDue: z.string().nullable(),
  late: z.boolean(),
  onDuty: z.array(
    z.object({
      name: z.string(),
      profession: z.enum(teamProfessions),
      phone: z.string().nullable(),
      to: z.string(),
    }),
  ),
  /** Hours of the next seven days that nobody covers. */
  gapHours: z.number(),
  mayKeep: z.boolean(),
  mayInspect: z.boolean(),
})
export type TeamRow = z.infer<typeof Team>
export const TeamQuery = z.strictObject({
  municipality: Town.optional(),
  ...PageQuery,
  cursor: NamePageCursor,
})
export const TeamList = z.object({ items: z.array(Team), next: z.string().nullable(), mayAdd: z.boolean() })
export const TeamRosterQuery = z.strictObject({ from: day.optional() })
export const TeamDetail = Team.extend({
  actNumber: z.string().nullable(),
  actDate: z.string().nullable(),
  /** First day of the seven shown. */
  from: z.string(),
  members: z.array(
    z.object({
      id: uuid,
      name: z.string(),
      profession: z.enum(teamProfessions),
      phone: z.string().nullable(),
      active: z.boolean(),
    }),
  ),
  duties: z.array(z.object({ id: uuid, memberId: uuid, name: z.string(), from: z.string(), to: z.string() })),
  gaps: z.array(z.object({ from: z.string(), to: z.string() })),
  standards: Standards,
  visits: z.array(Visit),
})
export type TeamDetail = z.infer<typeof TeamDetail>
