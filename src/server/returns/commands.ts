/** Each step of a return as a command. */
import type { z } from 'zod'
import { addMonths, tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Decision, Uuid } from '#domain/core.ts'
import { cut } from '#domain/cut.ts'
import type { ReceiveBody } from '#domain/report/body.ts'
import * as decide from '#domain/returns/decide.ts'
import * as journey from '#domain/returns/journey.ts'
import { type FollowUpMonth, followUpMonths, type Return, type ReturnEvent } from '#domain/returns/state.ts'
import * as wire from '#wire/returns.ts'
import { append } from '../append.ts'
import { safetyPlanOf } from '../assistance/store.ts'
import { getRule } from '../clock/law.ts'
import { startClock, stopClock } from '../clock/store.ts'
import { type CommandHandler, command, done, mustBeFresh, refused } from '../command.ts'
import { mustSeeNrm } from '../nrm/store.ts'
import { packetsOnConsent, recallForConsent } from '../packet/make.ts'
import { ownCountry } from '../packet/open.ts'
import { invalid } from '../problem.ts'
import { receive, routeOf } from '../report/receive.ts'
import type { Tx, WriteTx } from '../tx.ts'
import { lockReturn, partText, writeReturn } from './store.ts'

const mustBeUnit = async (
  tx: Tx,
  id: Uuid | null,
  kinds: readonly string[],
  field: string,
): Promise<void> => {
  if (id === null) return
  const [unit] = await tx.sql('select 1 from unit where id = $1 and active and kind = any ($2::text[])', [
    id,
    kinds,
  ])
  if (unit === undefined) throw invalid({ field: `body.body.${field}`, code: 'unknown_code' })
}
const mustBeContact = async (tx: Tx, id: Uuid | null, country: string): Promise<void> => {
  if (id === null) return
  const [contact] = await tx.sql('select 1 from counterpart where id = $1 and country = $2', [id, country])
  if (contact === undefined) throw invalid({ field: 'body.body.counterpartId', code: 'unknown_code' })
}

const notify = command('return.notify', wire.NotifyReturn, async (tx, cmd) => {
  const { body, recordId: id } = cmd
  const nrm = await mustSeeNrm(tx, body.nrmId)
  const [under] = await tx.sql(
    `select 1 from nrm_return where nrm_id = $1 and state not in ('REFUSED', 'HANDED_TO_CASE', 'MONITORED')`,
    [nrm.id],
  )
  const { rule } = await getRule(tx, 'D19', tiranaDay(tx.now))
  const decision = decide.decideNotify(
    body,
    {
      nrmId: nrm.id,
      subject: nrm.subject,
      exited: nrm.exitedAt !== null,
      open: under !== undefined,
      own: await ownCountry(tx),
      noticeDays: rule.enabled ? rule.amount : null,
    },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  await mustBeUnit(tx, body.consulateId, ['consulate'], 'consulateId')
  await mustBeContact(tx, body.counterpartId, body.country)
  const [event] = decision.events
  if (event === undefined) return refused({ code: 'not_allowed' })
  const { facts } = event
  const [{ code } = { code: '' }] = await tx.sql<{ code: string }>('select next_return_code($1) as code', [
    Number(tiranaDay(tx.now).slice(0, 4)),
  ])
  const version = await append(tx, { kind: 'nrm_return', id, version: 0 }, decision.events)
  await tx.sql(
    `insert into nrm_return (id, code, version, nrm_id, case_id, subject, direction, country, state, source, notice_on, expected_on, plan_due,
       late, consulate_id, counterpart_id, opened_at, opened_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'NOTIFIED', $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      id,
      code,
      version,
      nrm.id,
      nrm.caseId,
      facts.subject,
      facts.direction,
      facts.country,
      facts.source,
      facts.noticeOn,
      facts.expectedOn,
      facts.planDue,
      facts.late,
      facts.consulateId,
      facts.counterpartId,
      tx.now,
      tx.actor.userId,
    ],
  )
  tx.later('insert into nrm_return_named (id, identity, need) values ($1, $2, $3)', [
    id,
    partText(event, 'identity'),
    partText(event, 'need'),
  ])
  if (facts.planDue !== null)
    await startClock(tx, {
      rule: 'D19',
      recordKind: 'nrm_file',
      recordId: nrm.id,
      unitId: nrm.unitId,
      municipality: nrm.municipality,
      dueDay: facts.planDue,
    })
  return done({ recordId: id, version, reply: { code, late: facts.late } })
})

/** Lock, decide, append, write: what every later step shares. */
const step = <S extends z.ZodType>(
  verb: string,
  schema: S,
  writes: (body: z.output<S>) => readonly string[],
  decideStep: (
    r: Return,
    body: z.output<S>,
    tx: WriteTx,
  ) => Decision<ReturnEvent> | Promise<Decision<ReturnEvent>>,
  after?: (tx: WriteTx, r: Return, body: z.output<S>) => Promise<void>,
): CommandHandler =>
  command(`return.${verb}`, schema, async (tx, cmd) => {
    const r = await lockReturn(tx, cmd.recordId)
    const fields = writes(cmd.body)
    if (fields.length > 0) await mustBeFresh(tx, 'nrm_return', cmd, fields)
    const decision = await decideStep(r, cmd.body, tx)
    if (!decision.ok) return refused(decision.refusal)
    const version = await append(tx, { kind: 'nrm_return', id: r.id, version: r.version }, decision.events)
    writeReturn(tx, r.id, version, decision.events)
    await after?.(tx, r, cmd.body)
    return done({ recordId: r.id, version })
  })
const adds = (): readonly string[] => []
const to =
  (...fields: string[]) =>
  () =>
    fields
const planned = (tx: WriteTx, r: Return): Promise<void> => {
  stopClock(tx, { rule: 'D19', recordKind: 'nrm_file', recordId: r.nrmId })
  return Promise.resolve()
}

/** Each visit of the year after has its own deadline, told from those of assistance on the same file by its day. */
const ruleOf: Readonly<Record<FollowUpMonth, string>> = { 1: 'D20', 3: 'D21', 6: 'D22', 12: 'D23' }
const arrived = async (tx: WriteTx, r: Return, body: { readonly on: Day }): Promise<void> => {
  const file = await mustSeeNrm(tx, r.nrmId)
  for (const month of followUpMonths)
    await startClock(tx, {
      recordKind: 'nrm_file',
      recordId: file.id,
      rule: ruleOf[month],
      unitId: file.unitId,
      municipality: file.municipality,
      ownerRole: file.subject === 'adult' ? 'social_service' : 'cpw',
      ownerUserId: file.managerId,
      dueDay: addMonths(body.on, month),
    })
}
/** The year's outcome closes what of the year was never visited. */
const visited = (tx: WriteTx, r: Return, body: { readonly month: FollowUpMonth }): Promise<void> => {
  for (const { month, due } of r.followUps)
    if (month === body.month || body.month === 12)
      stopClock(tx, { recordKind: 'nrm_file', recordId: r.nrmId, rule: ruleOf[month], dueDay: due })
  return Promise.resolve()
}

const representative = async (tx: Tx, r: Return, id: Uuid | null): Promise<boolean> => {
  if (id === null || r.caseId === null) return false
  const rows = await tx.sql(
    `select 1 from representative where id = $1 and case_id = $2 and ended_on is null and from_day <= $3 and coalesce(until_day >= $3, true)`,
    [id, r.caseId, tiranaDay(tx.now)],
  )
  return rows.length > 0
}

const handOver = async (tx: WriteTx, r: Return, body: z.output<typeof wire.HandOverReturn>) => {
  await mustBeContact(tx, body.counterpartId, r.country)
  const [unit] =
    body.unitId === null
      ? []
      : await tx.sql<{ kind: string }>('select kind from unit where id = $1 and active', [body.unitId])
  const [file] =
    r.caseId === null
      ? []
      : await tx.sql('select 1 from case_file where id = $1 and closed_at is null', [r.caseId])
  const decision = journey.decideHandOver(
    r,
    body,
    { unitKind: unit?.kind ?? null, caseOpen: file !== undefined, reportId: body.report?.reportId ?? null },
    tx.stamp,
  )
  if (!decision.ok || body.report === null) return decision
  // The unit of the place of origin gets it by the door of every report; names stand where reports keep them.
  const [named] = await tx.sql<{ identity: string | null }>(
    'select identity from nrm_return_named where id = $1',
    [r.id],
  )
  const told: ReceiveBody = {
    source: 'other_institution',
    channel: 'letter',
    place: { municipality: body.report.municipality },
    immediacy: 'high',
    concerns: ['child_on_the_move'],
    narrative: `${r.code}: ${body.words}`,
    children: [named?.identity ? { givenName: cut(named.identity, 120) } : {}],
  }
  const outcome = await receive(tx, body.report.reportId, told, await routeOf(tx, told))
  return outcome.ok ? decision : { ok: false as const, refusal: outcome.refusal }
}

export const returnCommands: readonly CommandHandler[] = [
  notify,
  step('assess', wire.AssessReturn, to('state', 'assessment'), (r, body, tx) =>
    decide.decideAssess(r, body, tx.stamp),
  ),
  step('determine', wire.DetermineReturn, to('determination'), (r, body, tx) =>
    decide.decideDetermine(r, body, tx.stamp),
  ),
  step('sign', wire.SignReturnMinutes, to('determination'), (r, body, tx) =>
    decide.decideSignMinutes(r, body, tx.stamp),
  ),
  step('consent', wire.ConsentToReturn, adds, async (r, body, tx) =>
    decide.decideConsent(
      r,
      body,
      { representative: await representative(tx, r, body.representativeId) },
      tx.stamp,
    ),
  ),
  command('return.withdraw', wire.WithdrawReturnConsent, async (tx, cmd) => {
    const r = await lockReturn(tx, cmd.recordId)
    const packets = await packetsOnConsent(tx, r.id, cmd.body.consentId)
    const decision = decide.decideWithdraw(
      r,
      cmd.body,
      packets.map((one) => one.id),
      tx.stamp,
    )
    if (!decision.ok) return refused(decision.refusal)
    const version = await append(tx, { kind: 'nrm_return', id: r.id, version: r.version }, decision.events)
    writeReturn(tx, r.id, version, decision.events)
    await recallForConsent(tx, packets)
    return done({ recordId: r.id, version, reply: { recalled: packets.length } })
  }),
  step(
    'plan',
    wire.PlanReturn,
    to('state', 'plan'),
    async (r, body, tx) => {
      await mustBeUnit(tx, body.borderId, ['border_police'], 'borderId')
      await mustBeContact(tx, body.counterpartId, r.country)
      return decide.decidePlan(r, body, tx.stamp)
    },
    planned,
  ),
  step('document', wire.DocumentReturn, adds, (r, body, tx) => journey.decideDocument(r, body, tx.stamp)),
  step('set_off', wire.SetOffReturn, to('state'), async (r, body, tx) =>
    journey.decideSetOff(r, body, await safetyPlanOf(tx, r.nrmId), tx.stamp),
  ),
  step(
    'arrive',
    wire.ArriveReturn,
    to('state'),
    (r, body, tx) => journey.decideArrive(r, body, tx.stamp),
    arrived,
  ),
  step('hand_over', wire.HandOverReturn, to('state'), (r, body, tx) => handOver(tx, r, body)),
  step(
    'follow_up',
    wire.FollowUpReturn,
    adds,
    (r, body, tx) => journey.decideFollowUp(r, body, tx.stamp),
    visited,
  ),
  step(
    'refuse',
    wire.RefuseReturn,
    to('state'),
    (r, body, tx) => journey.decideRefuse(r, body, tx.stamp),
    planned,
  ),
]
