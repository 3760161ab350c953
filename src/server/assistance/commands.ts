/** Commands on assistance: each is one event on the file's chain and its rows, together or not at all. */
import type { z } from 'zod'
import { type AssistedFile, assistedOf } from '#domain/assistance/file.ts'
import { decideAddDependant, decideLinkDependantCase } from '#domain/assistance/people.ts'
import { decideMovePhase } from '#domain/assistance/phase.ts'
import {
  decideAddAssistanceAction,
  decideEndAssistanceAction,
  decideEndAssistanceNeed,
  decideFindAssistanceNeed,
  decideGiveAssistance,
} from '#domain/assistance/plan.ts'
import { decideAssessRisk, decideMakeSafetyPlan } from '#domain/assistance/safety.ts'
import { decideFollowUp, decideLoseContact, decideWriteReport } from '#domain/assistance/watch.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Decision, DomainEvent, Facts, Uuid } from '#domain/core.ts'
import type { NrmFile } from '#domain/nrm/state.ts'
import { partialDateFault } from '#domain/partial-date.ts'
import * as wire from '#wire/assistance.ts'
import { insert, update } from '../case/rows-sql.ts'
import { startClock, stopClock } from '../clock/store.ts'
import { type CommandHandler, command, done, mustBeFresh, refused } from '../command.ts'
import { uuidv7 } from '../ids.ts'
import { lockNrm } from '../nrm/store.ts'
import { insertPerson } from '../person/store.ts'
import { invalid, notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'
import { assistanceLaw } from './law.ts'
import {
  dependantsOf,
  deputyOf,
  findAction,
  followUpsOf,
  lastReportOf,
  needsOfFile,
  recordOnFile,
  risksOf,
  worldOf,
} from './store.ts'

/** @throws Problem `invalid` where no such institution gives services. */
export const mustBeProvider = async (tx: Tx, id: Uuid): Promise<void> => {
  const found = await tx.sql('select 1 from institution where id = $1 and active', [id])
  if (found.length === 0) throw invalid({ field: 'body.body.providerId', code: 'unknown_code' })
}

/** Visits after help has ended, as deadlines; a child's run on its case. */
const visitRule = { 1: 'D20', 3: 'D21', 6: 'D22', 12: 'D23' } as const
/** Told from a visit after a return on the same file by its day. */
const stopVisit = (
  tx: WriteTx,
  id: Uuid,
  one: { readonly month: keyof typeof visitRule; readonly due: Day },
): void =>
  stopClock(tx, { rule: visitRule[one.month], recordKind: 'nrm_file', recordId: id, dueDay: one.due })

/** One act on one file: `writes` names what it overwrites, `subject` the row its words belong to, `rows` what it leaves. */
const act = <S extends z.ZodType, E extends DomainEvent<string, Facts>>(
  verb: string,
  schema: S,
  of: {
    readonly writes?: (body: z.output<S>) => readonly string[]
    readonly decide: (
      file: AssistedFile,
      body: z.output<S>,
      tx: WriteTx,
      row: NrmFile,
    ) => Decision<E> | Promise<Decision<E>>
    readonly subject: (event: E, file: AssistedFile) => Uuid
    readonly rows: (tx: WriteTx, file: AssistedFile, event: E) => void
    readonly phase?: (event: E) => string
    /** Deadlines that the act begins or ends. */
    readonly clocks?: (tx: WriteTx, row: NrmFile, event: E) => Promise<void>
  },
): CommandHandler =>
  command(`assistance.${verb}`, schema, async (tx, cmd) => {
    const row = await lockNrm(tx, cmd.recordId)
    const file = assistedOf(row, await deputyOf(tx, row.caseId))
    const fields = of.writes?.(cmd.body) ?? []
    if (fields.length > 0) await mustBeFresh(tx, 'nrm_file', cmd, fields)
    const decision = await of.decide(file, cmd.body, tx, row)
    if (!decision.ok) return refused(decision.refusal)
    const event = decision.events[0]!
    const version = await recordOnFile(tx, row, event, of.subject(event, file), of.phase?.(event))
    of.rows(tx, file, event)
    await of.clocks?.(tx, row, event)
    return done({ recordId: row.id, version, reply: { id: of.subject(event, file) } })
  })

/** Columns that every row of an act has. */
const by = (tx: WriteTx, file: AssistedFile) => ({
  nrm_id: file.id,
  by_id: tx.actor.userId,
  at: tx.stamp.occurredAt,
})

const findNeed = act('find_need', wire.FindAssistanceNeed, {
  decide: async (file, body, tx) =>
    decideFindAssistanceNeed(file, await needsOfFile(tx, file.id), body, tx.stamp),
  subject: (e) => e.facts.needId,
  rows: (tx, file, { facts: f }) =>
    insert(tx, 'assistance_need', {
      id: f.needId,
      ...by(tx, file),
      kind: f.kind,
      beneficiary: f.beneficiary,
      found_on: f.foundOn,
      state: 'OPEN',
      state_on: f.foundOn,
    }),
})
const endNeed = act('end_need', wire.EndAssistanceNeed, {
  writes: (body) => [body.needId],
  decide: async (file, body, tx) =>
    decideEndAssistanceNeed(
      file,
      (await needsOfFile(tx, file.id)).find((one) => one.id === body.needId),
      body,
      tx.stamp,
    ),
  subject: (e) => e.facts.needId,
  rows: (tx, _file, { facts: f }) =>
    update(tx, 'assistance_need', f.needId, { state: f.to, state_on: f.on, reason: f.reason }),
})
const addAction = act('add_action', wire.AddAssistanceAction, {
  decide: async (file, body, tx) => {
    await mustBeProvider(tx, body.providerId)
    return decideAddAssistanceAction(file, await needsOfFile(tx, file.id), body, tx.stamp)
  },
  subject: (e) => e.facts.actionId,
  rows: (tx, file, { facts: f }) =>
    insert(tx, 'assistance_action', {
      id: f.actionId,
      ...by(tx, file),
      need_id: f.needId,
      service: f.service,
      provider_id: f.providerId,
      due: f.due,
      cost_lek: f.costLek,
      funding: f.funding,
      status: 'planned',
    }),
})
const endAction = act('end_action', wire.EndAssistanceAction, {
  writes: (body) => [body.actionId],
  decide: async (file, body, tx) =>
    decideEndAssistanceAction(file, await findAction(tx, file.id, body.actionId), body, tx.stamp),
  subject: (e) => e.facts.actionId,
  rows: (tx, _file, { facts: f }) =>
    update(tx, 'assistance_action', f.actionId, { status: f.status, done_on: f.on }),
})
const give = act('give', wire.GiveAssistance, {
  decide: async (file, body, tx) => {
    await mustBeProvider(tx, body.providerId)
    const dependants = await dependantsOf(tx, file.id)
    return decideGiveAssistance(
      file,
      dependants.map((one) => one.id),
      body,
      tx.stamp,
    )
  },
  subject: (e) => e.facts.serviceId,
  rows: (tx, file, { facts: f }) =>
    insert(tx, 'assistance_service', {
      id: f.serviceId,
      ...by(tx, file),
      by_unit: tx.actor.unitId,
      service: f.service,
      setting: f.setting,
      beneficiary: f.beneficiary,
      dependant_id: f.dependantId,
      provider_id: f.providerId,
      from_day: f.from,
      until_day: f.until,
      cost_lek: f.costLek,
      funding: f.funding,
    }),
})
const assessRisk = act('assess_risk', wire.AssessVictimRisk, {
  decide: (file, body, tx) => decideAssessRisk(file, body, tx.stamp),
  subject: (e) => e.facts.riskId,
  rows: (tx, file, { facts: f }) =>
    insert(tx, 'assistance_risk', { id: f.riskId, ...by(tx, file), on_day: f.on, level: f.level }),
})
const makeSafetyPlan = act('make_safety_plan', wire.MakeSafetyPlan, {
  writes: () => ['safety_plan'],
  decide: async (file, body, tx) =>
    decideMakeSafetyPlan(file, await risksOf(tx, file.id), body, assistanceLaw, tx.stamp),
  subject: (e) => e.facts.planId,
  rows: (tx, file, { facts: f }) =>
    insert(tx, 'safety_plan', {
      id: f.planId,
      ...by(tx, file),
      risk_id: f.riskId,
      on_day: f.on,
      review_on: f.reviewOn,
    }),
})
const movePhase = act('move_phase', wire.MovePhase, {
  writes: () => ['phase'],
  decide: async (file, body, tx) =>
    decideMovePhase(file, body, await worldOf(tx, file.id), assistanceLaw, tx.stamp),
  subject: (_e, file) => file.id,
  phase: (e) => e.facts.to,
  rows: (tx, file, { facts: f }) => {
    // A child's visits are those of its case.
    if (file.subject === 'adult')
      for (const { month, due } of f.followUps)
        insert(tx, 'assistance_follow_up', { id: uuidv7(), nrm_id: file.id, round: f.round, month, due })
  },
  clocks: async (tx, row, { facts: f }) => {
    if (row.subject === 'child' || (f.followUps.length === 0 && row.phase !== 'MONITORING')) return
    // Help that begins anew ends the months counted so far.
    for (const one of await followUpsOf(tx, row.id)) stopVisit(tx, row.id, one)
    for (const { month, due } of f.followUps)
      await startClock(tx, {
        rule: visitRule[month],
        recordKind: 'nrm_file',
        recordId: row.id,
        unitId: row.unitId,
        municipality: row.municipality,
        ownerRole: 'social_service',
        ownerUserId: row.managerId,
        dueDay: due,
      })
  },
})
const writeReport = act('write_report', wire.WriteAssistanceReport, {
  decide: async (file, body, tx) => decideWriteReport(file, await lastReportOf(tx, file.id), body, tx.stamp),
  subject: (e) => e.facts.reportId,
  rows: (tx, file, { facts: f }) =>
    insert(tx, 'assistance_report', {
      id: f.reportId,
      ...by(tx, file),
      by_unit: tx.actor.unitId,
      on_day: f.on,
      progress: f.progress,
      concern: f.concern,
    }),
})
const followUp = act('follow_up', wire.WriteAssistanceFollowUp, {
  writes: (body) => [`month_${body.month}`],
  decide: async (file, body, tx) => decideFollowUp(file, await followUpsOf(tx, file.id), body, tx.stamp),
  subject: (e) => e.facts.followUpId,
  rows: (tx, _file, { facts: f }) =>
    update(tx, 'assistance_follow_up', f.followUpId, {
      seen_on: f.seenOn,
      living: f.living,
      job: f.job,
      job_secure: f.jobSecure,
      network: f.network,
      income: f.income,
      reexploited: f.reexploited,
      by_id: tx.actor.userId,
    }),
  clocks: async (tx, row, { facts: f }) => {
    if (row.subject === 'child') return
    for (const one of await followUpsOf(tx, row.id)) if (one.month === f.month) stopVisit(tx, row.id, one)
  },
})
const loseContact = act('lose_contact', wire.LoseContact, {
  decide: (file, body, tx) => decideLoseContact(file, body, assistanceLaw, tx.stamp),
  subject: (e) => e.facts.lostId,
  rows: (tx, file, { facts: f }) =>
    insert(tx, 'assistance_contact_lost', {
      id: f.lostId,
      ...by(tx, file),
      last_on: f.lastOn,
      attempts: JSON.stringify(f.attempts),
    }),
})

/** A person the actor may see, or a new one; nobody learns here whether an unseen person exists. */
const personFor = async (tx: WriteTx, body: z.output<typeof wire.AddDependant>): Promise<Uuid> => {
  if (body.personId !== null) {
    const known = await tx.sql('select 1 from person where id = $1', [body.personId])
    if (known.length === 0) throw notFound('body.body.personId')
    return body.personId
  }
  const { givenName, familyName, sex, birth } = body.person!
  return insertPerson(
    tx,
    {
      sex,
      citizenship: null,
      identity: {
        givenName,
        familyName,
        otherNames: null,
        fatherName: null,
        motherName: null,
        birth,
        birthPlace: null,
        address: null,
        contact: null,
      },
    },
    { reportId: null, childId: null },
  )
}
const addDependant = act('add_child', wire.AddDependant, {
  decide: async (file, body, tx, row) => {
    const birth = body.person?.birth ?? null
    const fault =
      birth === null ? null : partialDateFault(birth, 'person.birth', tiranaDay(tx.stamp.occurredAt))
    if (fault) return { ok: false, refusal: fault }
    const known = await dependantsOf(tx, file.id)
    const asked = { livesWith: body.livesWith, consentBy: body.consentBy, consentOn: body.consentOn }
    // Asked before the person is written, so that a refusal leaves nobody behind.
    const maybe = decideAddDependant(
      file,
      row.personId,
      known,
      { personId: body.personId ?? uuidv7(), ...asked },
      tx.stamp,
    )
    if (!maybe.ok) return maybe
    const personId = await personFor(tx, body)
    return decideAddDependant(file, row.personId, known, { personId, ...asked }, tx.stamp)
  },
  subject: (e) => e.facts.dependantId,
  rows: (tx, file, { facts: f }) =>
    insert(tx, 'assistance_dependant', {
      id: f.dependantId,
      ...by(tx, file),
      person_id: f.personId,
      lives_with: f.livesWith,
      consent_by: f.consentBy,
      consent_on: f.consentOn,
    }),
})
const linkCase = act('link_case', wire.LinkDependantCase, {
  writes: (body) => [body.dependantId],
  decide: async (file, body, tx) => {
    const [seen] = await tx.sql<{ personId: Uuid }>(
      'select person_id as "personId" from case_file where id = $1',
      [body.caseId],
    )
    if (seen === undefined) throw notFound('body.body.caseId')
    return decideLinkDependantCase(
      file,
      (await dependantsOf(tx, file.id)).find((one) => one.id === body.dependantId),
      { caseId: body.caseId, casePerson: seen.personId },
      tx.stamp,
    )
  },
  subject: (e) => e.facts.dependantId,
  rows: (tx, _file, { facts: f }) => update(tx, 'assistance_dependant', f.dependantId, { case_id: f.caseId }),
})

export const fileCommands: readonly CommandHandler[] = [
  findNeed,
  endNeed,
  addAction,
  endAction,
  give,
  assessRisk,
  makeSafetyPlan,
  movePhase,
  writeReport,
  followUp,
  loseContact,
  addDependant,
  linkCase,
]
