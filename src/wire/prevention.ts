/** Trainings, professionals, acts of prevention and registers of businesses on the wire. */
import { z } from 'zod'
import { businessKinds, licenceStates, sanctionKinds } from '#domain/prevention/business.ts'
import {
  activityKinds,
  type MeasureName,
  measureNames,
  memberAudiences,
  sexes,
  topics,
  workSectors,
} from '#domain/prevention/kinds.ts'
import { professionalSexes, professionSectors } from '#domain/prevention/professional.ts'
import { heldModes, participantRoles, type TrainingMode, trainingModes } from '#domain/prevention/training.ts'
import { instant, PageQuery, uuid } from './envelope.ts'
import { day, saidText, trimmedText } from './text.ts'

const municipality = z.string().regex(/^[0-9]{2}$/)
const line = trimmedText(200)
const reason = saidText(500)
/** An activity of a plan, by the plan and its code there. */
const planLine = z.strictObject({ planId: uuid, uid: z.string().regex(/^[\w./()#-]{1,60}$/) })
const orNull = <S extends z.ZodType>(schema: S) => schema.nullable().default(null)

const training = {
  title: line,
  topic: z.enum(topics),
  curriculum: orNull(line),
  mode: z.enum(heldModes as [Exclude<TrainingMode, 'course'>]),
  from: day,
  to: day,
  sessions: z.int().min(1).max(500),
  municipality: orNull(municipality),
  venue: orNull(line),
  organiser: line,
  funder: orNull(line),
  plan: orNull(planLine),
}
export const RecordTraining = z.strictObject(training)
export const CorrectTraining = z.strictObject({ ...training, reason })
export const StrikeRecord = z.strictObject({ reason })
const percent = z.int().min(0).max(100)
export const SetParticipants = z.strictObject({
  participants: z
    .array(
      z.strictObject({
        professionalId: uuid,
        role: z.enum(participantRoles).default('participant'),
        attended: z.int().min(0).max(500),
        before: orNull(percent),
        after: orNull(percent),
      }),
    )
    .min(1)
    .max(200),
})
export const RemoveParticipant = z.strictObject({ professionalId: uuid, reason })

export const EnterProfessional = z.strictObject({
  givenName: trimmedText(100),
  familyName: trimmedText(100),
  birthYear: z.int().min(1900).max(2100),
  sex: z.enum(professionalSexes),
  sector: z.enum(professionSectors),
  institutionId: orNull(uuid),
  employer: orNull(line),
  /** Answer to a hit in another body: the same person, or a namesake born in the same year. */
  known: orNull(z.enum(['same', 'other'])),
})
/** Who I am among the professionals, so that a course passed is counted for me. */
export const ClaimProfessional = z.strictObject({
  givenName: trimmedText(100),
  familyName: trimmedText(100),
  birthYear: z.int().min(1900).max(2100),
  sex: z.enum(professionalSexes),
  sector: z.enum(professionSectors),
})
export const PartProfessional = z.strictObject({ reason })

const count = z.strictObject({
  measure: z.enum(measureNames as [MeasureName, ...MeasureName[]]),
  sex: z.enum(sexes).default('all'),
  band: z
    .string()
    .regex(/^[a-z0-9_]{0,20}$/)
    .default(''),
  value: z.int().min(0).max(10_000_000),
})
const party = z
  .strictObject({ institutionId: orNull(uuid), said: orNull(line) })
  .refine((one) => (one.institutionId === null) !== (one.said === null), {
    error: 'one of both',
    params: { code: 'required' },
  })
const activity = {
  kind: z.enum(activityKinds),
  title: line,
  topic: orNull(z.enum(topics)),
  from: day,
  to: day,
  municipality: orNull(municipality),
  funder: orNull(line),
  plan: orNull(planLine),
  /** The kind's own questions, as `kindRules` lists them. */
  details: z
    .record(z.string().max(40), z.union([trimmedText(300), z.int().min(0).max(1_000_000_000), z.boolean()]))
    .refine((all) => Object.keys(all).length <= 20, { error: 'too many', params: { code: 'too_big' } })
    .default({}),
  counts: z.array(count).max(80).default([]),
  parties: z.array(party).max(40).default([]),
  /** Ids of members present, as the centre wrote them: `7KQ2-M9PD`. */
  members: z
    .array(
      z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/),
    )
    .max(500)
    .default([])
    .refine((all) => new Set(all).size === all.length, { error: 'twice', params: { code: 'custom' } }),
  groupId: orNull(uuid),
  businessId: orNull(uuid),
}
export const RecordActivity = z.strictObject(activity)
export const CorrectActivity = z.strictObject({ ...activity, reason })
export const IssueMembers = z.strictObject({
  audience: z.enum(memberAudiences),
  sex: z.enum(professionalSexes),
  count: z.int().min(1).max(200),
})

export const EnterBusiness = z.strictObject({
  kind: z.enum(businessKinds),
  name: line,
  nipt: orNull(
    z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z][0-9]{8}[A-Z]$/),
  ),
  sector: z.enum(workSectors),
  municipality,
  licence: z.enum(['none', 'valid']),
})
export const CorrectBusiness = z.strictObject({ name: line, sector: z.enum(workSectors), reason })
export const AdoptCode = z.strictObject({ on: day, measures: saidText(500) })
export const PostContact = z.strictObject({ on: day, seen: z.boolean() })
export const SanctionBusiness = z.strictObject({
  businessId: uuid,
  kind: z.enum(sanctionKinds),
  on: day,
  ground: saidText(500),
  amount: orNull(z.int().min(1).max(1_000_000_000)),
  inspectionId: orNull(uuid),
})

// What is read. ------------------------------------------------------------------------------------------------------

const body = z.object({ id: uuid, nameSq: z.string(), nameEn: z.string() })
export const TrainingRow = z.object({
  id: uuid,
  version: z.int(),
  title: z.string(),
  topic: z.enum(topics),
  mode: z.enum(trainingModes),
  from: z.string(),
  to: z.string(),
  sessions: z.int(),
  municipality: z.string().nullable(),
  organiser: z.string(),
  institution: body,
  /** Whether the reader's body keeps it. */
  own: z.boolean(),
  struck: z.boolean(),
  /** Null for readers of another body: they count through the summary. */
  participants: z.int().nullable(),
})
export type TrainingRow = z.infer<typeof TrainingRow>
const period = { from: day.optional(), until: day.optional() }
export const ListTrainings = {
  summary: 'Trainings the reader may see: own, and for those who lead all; nobody is named',
  query: z.object({ ...PageQuery, topic: z.enum(topics).optional() }),
  reply: z.object({ items: z.array(TrainingRow), next: z.string().nullable() }),
}
export const ParticipantView = z.object({
  professionalId: uuid,
  name: z.string(),
  sector: z.enum(professionSectors),
  sex: z.enum(professionalSexes),
  employer: z.string().nullable(),
  role: z.enum(participantRoles),
  attended: z.int(),
  before: z.int().nullable(),
  after: z.int().nullable(),
})
export const TrainingView = TrainingRow.extend({
  curriculum: z.string().nullable(),
  venue: z.string().nullable(),
  funder: z.string().nullable(),
  plan: planLine.nullable(),
  people: z.array(ParticipantView),
})
export type TrainingView = z.infer<typeof TrainingView>
export const ReadTraining = {
  summary: 'One training; its participants by name only for the body that keeps it',
  params: z.object({ id: uuid }),
  reply: TrainingView,
}

export const ProfessionalView = z.object({
  id: uuid,
  version: z.int(),
  name: z.string(),
  birthYear: z.int(),
  sector: z.enum(professionSectors),
  sex: z.enum(professionalSexes),
  employer: z.string().nullable(),
  trainings: z.int(),
})
export type ProfessionalView = z.infer<typeof ProfessionalView>
export const ListProfessionals = {
  summary: 'Professionals that the reader’s own body entered',
  query: z.object(PageQuery),
  reply: z.object({ items: z.array(ProfessionalView), next: z.string().nullable() }),
}

export const CountView = z.object({
  measure: z.enum(measureNames as [MeasureName, ...MeasureName[]]),
  sex: z.enum(sexes),
  band: z.string(),
  value: z.int(),
})
export const ActivityRow = z.object({
  id: uuid,
  version: z.int(),
  kind: z.enum(activityKinds),
  title: z.string(),
  topic: z.enum(topics).nullable(),
  from: z.string(),
  to: z.string(),
  municipality: z.string().nullable(),
  institution: body,
  own: z.boolean(),
  struck: z.boolean(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** Figures of the record; those of children only for the bodies of the record. */
  counts: z.array(CountView),
  /** Members present by id; null where the reader's body does not keep the record. */
  present: z.int().nullable(),
})
export type ActivityRow = z.infer<typeof ActivityRow>
export const ListActivities = {
  summary: 'Acts of prevention the reader may see, by kind',
  query: z.object({ ...PageQuery, kind: z.enum(activityKinds).optional() }),
  reply: z.object({ items: z.array(ActivityRow), next: z.string().nullable() }),
}
export const ActivityView = ActivityRow.extend({
  funder: z.string().nullable(),
  plan: planLine.nullable(),
  groupId: uuid.nullable(),
  businessId: uuid.nullable(),
  parties: z.array(
    z.object({
      institutionId: uuid.nullable(),
      said: z.string().nullable(),
      name: z.string(),
    }),
  ),
  members: z.array(z.string()),
})
export type ActivityView = z.infer<typeof ActivityView>
export const ReadActivity = {
  summary: 'One act of prevention',
  params: z.object({ id: uuid }),
  reply: ActivityView,
}

export const MemberBatch = z.object({
  id: uuid,
  audience: z.enum(memberAudiences),
  sex: z.enum(professionalSexes),
  at: instant,
  codes: z.array(z.string()),
})
export type MemberBatch = z.infer<typeof MemberBatch>
export const ListMembers = {
  summary: 'Ids of members that the reader’s body issued, newest first',
  query: z.object(PageQuery),
  reply: z.object({ items: z.array(MemberBatch), next: z.string().nullable() }),
}

export const reachGroups = ['kind', 'topic', 'audience', 'sector', 'sex', 'county', 'quarter'] as const
export const ReachRow = z.object({
  /** Null for the whole; it is not the sum of the groups: a person may stand in several. */
  key: z.string().nullable(),
  /** Null where the figure is small and counts children. */
  persons: z.int().nullable(),
  attendances: z.int().nullable(),
  /** People counted without an id: attendances, not persons. */
  heads: z.int().nullable(),
  records: z.int(),
})
export type ReachRow = z.infer<typeof ReachRow>
export const ReadReach = {
  summary: 'Different people reached in a period, each counted once; head-counts apart',
  query: z.object({
    ...period,
    by: z.enum(reachGroups).default('audience'),
    kind: z.enum([...activityKinds, 'training']).optional(),
    topic: z.enum(topics).optional(),
    municipality: municipality.optional(),
  }),
  reply: z.object({
    from: z.string(),
    until: z.string(),
    hiddenUpTo: z.int(),
    items: z.array(ReachRow),
    total: ReachRow,
  }),
}
export const FigureRow = z.object({
  key: z.string().nullable(),
  measure: z.string(),
  records: z.int(),
  total: z.int().nullable(),
})
export const ReadFigures = {
  summary:
    'Records and figures of a period by kind: campaigns, copies, broadcasts, inspections, minors found',
  query: z.object({ ...period, municipality: municipality.optional() }),
  reply: z.object({ from: z.string(), until: z.string(), hiddenUpTo: z.int(), items: z.array(FigureRow) }),
}

export const ExportPrevention = {
  summary:
    'The records of a period that the reader sees, as a workbook; nobody is named but one’s own professionals',
  query: z.object(period),
}
export const ExportBusinesses = {
  summary: 'The register of businesses as far as the reader sees it, as a workbook',
  query: z.object({}),
}

export const BusinessRow = z.object({
  id: uuid,
  version: z.int(),
  kind: z.enum(businessKinds),
  name: z.string(),
  nipt: z.string().nullable(),
  sector: z.enum(workSectors),
  municipality: z.string(),
  licence: z.enum(licenceStates),
  codeAdoptedOn: z.string().nullable(),
  contactPostedOn: z.string().nullable(),
  inspections: z.int(),
  sanctions: z.int(),
})
export type BusinessRow = z.infer<typeof BusinessRow>
export const ListBusinesses = {
  summary: 'Businesses, private employment agencies and tourism operators the reader may see',
  query: z.object({ ...PageQuery, kind: z.enum(businessKinds).optional() }),
  reply: z.object({ items: z.array(BusinessRow), next: z.string().nullable() }),
}
export const BusinessView = BusinessRow.extend({
  codeMeasures: z.string().nullable(),
  mayChange: z.boolean(),
  maySanction: z.boolean(),
  history: z.array(
    z.object({
      id: uuid,
      kind: z.enum(sanctionKinds),
      on: z.string(),
      ground: z.string(),
      amount: z.int().nullable(),
      inspectionId: uuid.nullable(),
    }),
  ),
  inspected: z.array(z.object({ id: uuid, title: z.string(), on: z.string() })),
})
export type BusinessView = z.infer<typeof BusinessView>
export const ReadBusiness = {
  summary: 'One business with its inspections and sanctions',
  params: z.object({ id: uuid }),
  reply: BusinessView,
}

export const BodyList = {
  summary: 'Bodies of the directory, for naming who took part',
  reply: z.object({ items: z.array(body) }),
}
