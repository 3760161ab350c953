/** Assistance to victims of trafficking on the wire: what may be asked, what is answered. */
import { z } from 'zod'
import { phases } from '#domain/assistance/file.ts'
import { consentedBy } from '#domain/assistance/people.ts'
import { absurdCost, assistanceSettings, assisted, serviceTypes } from '#domain/assistance/plan.ts'
import { dangers, livingPlaces, riskLevels } from '#domain/assistance/safety.ts'
import { leavesTo } from '#domain/assistance/stay.ts'
import { progresses, waysTried } from '#domain/assistance/watch.ts'
import { fundingSources } from '#domain/case/state.ts'
import { absurdAmount, moneySources } from '#domain/execution/money.ts'
import { needKinds } from '#domain/outcome/kinds.ts'
import { endStates, needStates } from '#domain/outcome/need.ts'
import { incomes, jobs, livings, yesNo } from '#domain/outcome/snapshot.ts'
import { sexes } from '#domain/report/body.ts'
import { uuid } from './envelope.ts'
import { day, freeText, keptDay, listCode, partialDate, saidText, trimmedText } from './text.ts'

const remark = freeText(4000).optional()
const lek = z.int().min(0).max(absurdCost).nullable().default(null)

export const FindAssistanceNeed = z.strictObject({
  kind: z.enum(needKinds),
  beneficiary: z.enum(assisted),
  foundOn: day,
  remark,
})
export const EndAssistanceNeed = z.strictObject({
  needId: uuid,
  to: z.enum(endStates),
  on: day,
  reason: listCode.nullable().default(null),
  remark,
})
export const AddAssistanceAction = z.strictObject({
  needId: uuid.nullable().default(null),
  service: z.enum(serviceTypes),
  text: saidText(2000),
  providerId: uuid,
  due: day,
  costLek: lek,
  funding: z.enum(fundingSources),
})
export const EndAssistanceAction = z.strictObject({
  actionId: uuid,
  status: z.enum(['done', 'dropped']),
  on: day,
  remark,
})
export const GiveAssistance = z.strictObject({
  service: z.enum(serviceTypes),
  setting: z.enum(assistanceSettings),
  beneficiary: z.enum(assisted),
  dependantId: uuid.nullable().default(null),
  providerId: uuid,
  from: day,
  until: day.nullable().default(null),
  costLek: lek,
  funding: z.enum(fundingSources),
  remark,
})
export const AssessVictimRisk = z.strictObject({
  on: day,
  level: z.enum(riskLevels),
  dangers: z.array(z.enum(dangers)).min(1).max(dangers.length),
  living: z.enum(livingPlaces),
  words: saidText(8000),
})
export const MakeSafetyPlan = z.strictObject({
  riskId: uuid,
  reviewOn: day,
  police: z.boolean(),
  measures: saidText(8000),
  contact: saidText(2000),
})
export const MovePhase = z.strictObject({ to: z.enum(phases), reason: freeText(2000).optional() })
export const WriteAssistanceReport = z.strictObject({
  on: day,
  progress: z.enum(progresses),
  concern: z.boolean(),
  text: saidText(8000),
})
export const WriteAssistanceFollowUp = z.strictObject({
  month: z.union([z.literal(1), z.literal(3), z.literal(6), z.literal(12)]),
  seenOn: day,
  living: z.enum(livings),
  job: z.enum(jobs),
  jobSecure: z.boolean().nullable().default(null),
  network: z.enum(yesNo),
  income: z.enum(incomes),
  reexploited: z.enum(yesNo),
  remark,
})
export const LoseContact = z.strictObject({
  lastOn: day,
  attempts: z.array(z.strictObject({ on: day, way: z.enum(waysTried) })).max(20),
  words: freeText(4000),
})
/** Somebody the register knows, or a new person. */
export const AddDependant = z
  .strictObject({
    personId: uuid.nullable().default(null),
    person: z
      .strictObject({
        givenName: trimmedText(120),
        familyName: trimmedText(120).nullable().default(null),
        sex: z.enum(sexes),
        birth: partialDate.nullable().default(null),
      })
      .nullable()
      .default(null),
    livesWith: z.boolean(),
    consentBy: z.enum(consentedBy),
    consentOn: day,
  })
  .refine((body) => (body.personId === null) !== (body.person === null), {
    error: 'one of both',
    path: ['person'],
    params: { code: 'required' },
  })
export const LinkDependantCase = z.strictObject({ dependantId: uuid, caseId: uuid })
export const BeginStay = z.strictObject({
  stayId: uuid,
  holdId: uuid,
  on: day,
  consentOn: day,
  needs: saidText(4000),
  risks: saidText(4000),
})
export const EndStay = z.strictObject({ on: day, to: z.enum(leavesTo), remark })
export const PlanShelterTranche = z.strictObject({
  unitId: uuid,
  source: z.enum(moneySources),
  payer: trimmedText(200),
  dueOn: day,
  amount: z.int().min(1).max(absurdAmount),
})
export const ReceiveShelterTranche = z.strictObject({ on: day, amount: z.int().min(1).max(absurdAmount) })

const said = z.string().nullable()
const amount = z.number().nullable()
const Service = z.object({
  id: uuid,
  /** Written down with the file or a stay, or with the child's case. */
  of: z.enum(['file', 'shelter', 'case']),
  service: z.string(),
  setting: z.string(),
  beneficiary: z.string(),
  dependantId: uuid.nullable(),
  provider: z.string(),
  from: keptDay,
  until: keptDay.nullable(),
  costLek: amount,
  funding: said,
  remark: said,
})
const CostLine = z.object({ funding: said, lek: z.number(), services: z.int(), unknown: z.int() })
const Report = z.object({
  id: uuid,
  on: keptDay,
  progress: z.enum(progresses),
  concern: z.boolean(),
  by: z.string(),
  unit: z.string(),
  text: said,
})
const Provider = z.object({ id: uuid, name: z.string() })
export const ReadAssistance = {
  summary:
    'Assistance of one file of the trafficking track: phase, risks, safety plan, needs, actions, services, costs',
  params: z.strictObject({ id: uuid }),
  query: z.strictObject({ lang: z.enum(['sq', 'en']).default('sq') }),
  reply: z.object({
    version: z.int(),
    subject: z.enum(['child', 'adult']),
    caseId: uuid.nullable(),
    phase: z.enum(phases).nullable(),
    identifiedOn: keptDay,
    /** May this reader write on the file? */
    mayWrite: z.boolean(),
    /** Steps of the phase, each with the refusal that stands in its way, as a sentence; null where nothing does. */
    steps: z.array(z.object({ to: z.enum(phases), bar: said })),
    inShelter: z.boolean(),
    /** Why the safety plan does not hold today, as a sentence; null when it does. */
    unsafe: said,
    risks: z.array(
      z.object({
        id: uuid,
        on: keptDay,
        level: z.enum(riskLevels),
        by: z.string(),
        /** Null beyond the reader's reach. */
        dangers: z.array(z.enum(dangers)).nullable(),
        living: z.enum(livingPlaces).nullable(),
        words: said,
      }),
    ),
    plan: z
      .object({
        id: uuid,
        on: keptDay,
        reviewOn: keptDay,
        by: z.string(),
        police: z.boolean().nullable(),
        measures: said,
        contact: said,
      })
      .nullable(),
    needs: z.array(
      z.object({
        id: uuid,
        of: z.enum(['file', 'case']),
        kind: z.enum(needKinds),
        beneficiary: z.string(),
        foundOn: keptDay,
        state: z.enum(needStates),
        remark: said,
      }),
    ),
    actions: z.array(
      z.object({
        id: uuid,
        of: z.enum(['file', 'case']),
        service: z.string(),
        text: said,
        provider: said,
        due: keptDay.nullable(),
        costLek: amount,
        funding: said,
        status: z.string(),
        doneOn: keptDay.nullable(),
      }),
    ),
    services: z.array(Service),
    costs: z.object({ subject: z.array(CostLine), children: z.array(CostLine), total: z.number() }),
    children: z.array(
      z.object({
        id: uuid,
        given: said,
        family: said,
        sex: z.string(),
        bornTo: z.int().nullable(),
        livesWith: z.boolean(),
        consentBy: z.enum(consentedBy),
        consentOn: keptDay,
        caseId: uuid.nullable(),
        services: z.int(),
      }),
    ),
    stays: z.array(
      z.object({
        id: uuid,
        version: z.int(),
        status: z.enum(['in_place', 'ended']),
        startedOn: keptDay,
        endedOn: keptDay.nullable(),
        leavesTo: z.enum(leavesTo).nullable(),
        /** The shelter's name, for whoever reads where the person is. */
        shelter: said,
      }),
    ),
    reports: z.array(Report),
    reportDays: z.int(),
    followUps: z.array(
      z.object({
        month: z.int(),
        due: keptDay,
        seenOn: keptDay.nullable(),
        living: said,
        job: said,
        network: said,
        income: said,
        reexploited: said,
        good: z.boolean().nullable(),
      }),
    ),
    lost: z.object({ lastOn: keptDay, attempts: z.int() }).nullable(),
    /** What may be chosen from when writing: bodies that give services, and beds that wait for an adult. */
    providers: z.array(Provider),
    beds: z.array(z.object({ id: uuid, label: z.string() })),
  }),
}
export type AssistanceView = z.infer<typeof ReadAssistance.reply>

export const ListResidents = {
  summary: 'Residents of one’s own shelter',
  reply: z.object({
    items: z.array(
      z.object({
        id: uuid,
        given: said,
        family: said,
        startedOn: keptDay,
        reportedOn: keptDay.nullable(),
        reportDue: keptDay,
        safety: z.enum(['ready', 'missing', 'over']),
      }),
    ),
  }),
}
export const ListChildStays = {
  summary:
    'Children who live in the beds of one’s own shelter: since when, whom to phone, which referral tells of them; no name',
  query: z.strictObject({ lang: z.enum(['sq', 'en']).default('sq') }),
  reply: z.object({
    items: z.array(
      z.object({
        id: uuid,
        startedOn: keptDay,
        untilDay: keptDay.nullable(),
        sex: z.enum(['female', 'male']),
        ageBand: z.string(),
        place: z.string(),
        unit: z.string(),
        phone: z.string().nullable(),
        /** When the child's worker comes next. */
        visitOn: keptDay.nullable(),
        /** What the unit told of the child, as long as it is open to the shelter. */
        referralId: uuid.nullable(),
        referralCode: z.string().nullable(),
      }),
    ),
  }),
}
export const ReadResident = {
  summary: 'The packet of one resident: identity, needs, risks, consent; and what the shelter wrote',
  params: z.strictObject({ id: uuid }),
  query: z.strictObject({ lang: z.enum(['sq', 'en']).default('sq') }),
  reply: z.object({
    id: uuid,
    version: z.int(),
    startedOn: keptDay,
    consentOn: keptDay,
    given: said,
    family: said,
    sex: said,
    birth: said,
    citizenship: said,
    children: z.array(z.object({ id: uuid, name: z.string() })),
    needs: z.string(),
    risks: z.string(),
    safety: z.enum(['ready', 'missing', 'over']),
    services: z.array(Service),
    reports: z.array(Report),
    reportDays: z.int(),
    providers: z.array(Provider),
  }),
}
export type ResidentView = z.infer<typeof ReadResident.reply>

export const ListTranches = {
  summary: 'Instalments of the shelters: planned, received, late',
  query: z.strictObject({
    year: z.coerce.number().int().min(2000).max(2199),
    lang: z.enum(['sq', 'en']).default('sq'),
  }),
  reply: z.object({
    mayPlan: z.boolean(),
    shelters: z.array(Provider),
    items: z.array(
      z.object({
        id: uuid,
        version: z.int(),
        unitId: uuid,
        shelter: z.string(),
        source: z.enum(moneySources),
        payer: z.string(),
        dueOn: keptDay,
        amount: z.number(),
        receivedOn: keptDay.nullable(),
        received: amount,
        late: z.boolean(),
        /** Days it is late, or was. */
        days: z.int(),
        mayReceive: z.boolean(),
      }),
    ),
  }),
}
export type TranchesView = z.infer<typeof ListTranches.reply>

const hidden = z.int().nullable()
const figureLine = z.object({
  key: z.string(),
  persons: hidden,
  services: hidden,
  /** Services without a cost written down. */
  unknown: hidden,
  lek: amount,
})
export const AssistanceFigures = {
  summary:
    'What assistance reached and cost over a year, by who paid, setting and for whom; figures of 1 to 4 persons hidden',
  query: z.strictObject({ year: z.coerce.number().int().min(2000).max(2199) }),
  reply: z.object({
    funding: z.array(figureLine),
    setting: z.array(figureLine),
    for: z.array(figureLine),
  }),
}
export type AssistanceFiguresView = z.infer<typeof AssistanceFigures.reply>
