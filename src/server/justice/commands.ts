/** Commands on proceedings: opened by police or prosecution, taken through their stages, with what is done in them for victims. */

import type { z } from 'zod'
import { type Decision, refuse, type Uuid } from '#domain/core.ts'
import * as people from '#domain/justice/people.ts'
import * as stages from '#domain/justice/stages.ts'
import type { Opened, ProceedingEvent } from '#domain/justice/state.ts'
import { nameKey } from '#linkage/name.ts'
import * as wire from '#wire/justice.ts'
import { append } from '../append.ts'
import { insert } from '../case/rows-sql.ts'
import { type CommandHandler, command, done, mustBeFresh, refused } from '../command.ts'
import { tell } from '../notice/store.ts'
import { invalid, notFound } from '../problem.ts'
import { sealBytes } from '../sealing/index.ts'
import { keyFor } from '../sealing/keys.ts'
import type { Tx, WriteTx } from '../tx.ts'
import { justiceLaw } from './law.ts'
import { articles } from './reference.ts'
import { type Locked, lockProceeding } from './store.ts'
import { clockOf, type Extra, record, tellAuthority, textPlace, writeRows, writeTexts } from './write.ts'

const isOffice = async (tx: Tx, id: Uuid): Promise<boolean> =>
  (await tx.sql("select 1 from unit where id = $1 and kind = 'prosecution' and active", [id])).length > 0

const open = command('proceeding.open', wire.OpenProceeding, async (tx, cmd) => {
  const { body, recordId: id } = cmd
  const { number, facts, ...told } = body
  if (told.officeUnit !== null && !(await isOffice(tx, told.officeUnit)))
    throw invalid({ field: 'body.body.officeUnit', code: 'unknown_code' })
  const [named] = await tx.sql<{ code: string }>('select next_proceeding_code($1) as code', [
    Number(told.on.slice(0, 4)),
  ])
  if (named === undefined) throw notFound()
  const decision = stages.decideOpen(told, { code: named.code, articles }, { number, facts }, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const opened = decision.events.find((event): event is Opened => event.type === 'ProceedingOpened')
  if (opened === undefined) throw notFound()
  const version = await append(tx, { kind: 'proceeding', id, version: 0 }, decision.events)
  const f = opened.facts
  const scope = { update_by: null, track: false, office_unit: f.officeUnit, updates_late: 0, stage: f.stage }
  insert(tx, 'proceeding', {
    id,
    code: f.code,
    version,
    origin: f.origin,
    stage: f.stage,
    stage_on: f.on,
    act_from: f.actFrom,
    act_until: f.actUntil,
    police_unit: f.policeUnit,
    office_unit: f.officeUnit,
    county: tx.actor.county,
    opened_by: tx.actor.userId,
    opened_on: f.on,
    opened_at: tx.now,
  })
  insert(tx, 'proceeding_named', { id, number: number ?? null, facts })
  insert(tx, 'proceeding_sensitive', { id })
  const empty = { id, stage: f.stage, articles: [], claims: [] }
  const { row, steps } = writeRows(tx, empty, decision.events, {})
  writeTexts(tx, id, decision.events, steps)
  const changed = { ...row, ...(await clockOf(tx, scope, row, decision.events)) }
  const names = Object.keys(changed)
  if (names.length > 0)
    tx.later(
      `update proceeding set ${names.map((name, n) => `${name} = $${n + 2}`).join(', ')} where id = $1`,
      [id, ...Object.values(changed)],
    )
  if (f.officeUnit !== null && f.policeUnit !== null)
    await tell(tx, {
      unitId: f.officeUnit,
      code: 'proceeding_referred',
      recordKind: 'proceeding',
      recordId: id,
      label: f.code,
    })
  if (changed.track === true) await tellAuthority(tx, { id, code: f.code }, 'proceeding_moved')
  return done({ recordId: id, version, reply: { code: f.code } })
})

type World = { readonly extra?: Extra }
/** Lock, decide, append, save: what the acts on a proceeding share. */
const act = <S extends z.ZodType>(
  verb: string,
  schema: S,
  writes: (body: z.output<S>) => readonly string[],
  decide: (
    locked: Locked,
    body: z.output<S>,
    tx: WriteTx,
  ) => Promise<readonly [Decision<ProceedingEvent>, World?]> | readonly [Decision<ProceedingEvent>, World?],
): CommandHandler =>
  command(`proceeding.${verb}`, schema, async (tx, cmd) => {
    const locked = await lockProceeding(tx, cmd.recordId)
    const fields = writes(cmd.body)
    if (fields.length > 0) await mustBeFresh(tx, 'proceeding', cmd, fields)
    const [decision, world] = await decide(locked, cmd.body, tx)
    if (!decision.ok) return refused(decision.refusal)
    const version = await record(tx, locked, decision.events, world?.extra)
    return done({ recordId: cmd.recordId, version })
  })
const adds = () => []
const on =
  (...fields: string[]) =>
  () =>
    fields

const setArticle = act('set_article', wire.SetArticle, on('articles'), ({ proceeding }, body, tx) => [
  stages.decideSetArticle(proceeding, body, articles, tx.stamp),
])
const move = act('move', wire.MoveProceeding, on('stage'), ({ proceeding }, { number, ...body }, tx) => [
  stages.decideMove(proceeding, body, tx.stamp),
  { extra: { number } },
])
const close = act('close', wire.CloseProceeding, on('stage'), ({ proceeding }, body, tx) => [
  stages.decideClose(proceeding, body, tx.stamp),
])
const reopen = act('reopen', wire.ReopenProceeding, on('stage'), ({ proceeding }, body, tx) => [
  stages.decideReopen(proceeding, body, tx.stamp),
])

const refer = command('proceeding.refer', wire.ReferProceeding, async (tx, cmd) => {
  const { proceeding: p, row } = await lockProceeding(tx, cmd.recordId)
  await mustBeFresh(tx, 'proceeding', cmd, ['office', 'stage'])
  const decision = stages.decideRefer(p, cmd.body, { office: await isOffice(tx, cmd.body.toUnit) }, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'proceeding', id: p.id, version: p.version }, decision.events)
  const { steps } = writeRows(tx, p, decision.events, {})
  writeTexts(tx, p.id, decision.events, steps)
  // The clock begins with the first office that holds it.
  const clock = await clockOf(tx, { ...row, office_unit: cmd.body.toUnit }, {}, decision.events)
  tx.later(
    `update proceeding set ${[...Object.keys(clock), 'version'].map((name, n) => `${name} = $${n + 2}`).join(', ')} where id = $1`,
    [p.id, ...Object.values(clock), version],
  )
  await tell(tx, {
    unitId: cmd.body.toUnit,
    code: 'proceeding_referred',
    recordKind: 'proceeding',
    recordId: p.id,
    label: p.code,
  })
  // Last: whoever gives it away sees nothing of it from here on.
  tx.later('select refer_proceeding($1, $2)', [p.id, version])
  return done({ recordId: p.id, version })
})

const setNext = act('set_next', wire.SetNext, on('next'), ({ proceeding }, body, tx) => [
  people.decideSetNext(proceeding, body, tx.stamp),
])
const inform = act('inform_authority', wire.InformAuthority, adds, ({ proceeding }, body, tx) => [
  people.decideInformAuthority(proceeding, body, tx.stamp),
])

/** Codes of cases follow one another: whoever names too many in vain is answered no more that day, hit or not. */
const paused = async (tx: Tx, code: string | undefined) => {
  if (code === undefined || tx.actor.role === 'responsible_authority') return null
  const [row] = await tx.sql<{ n: number }>('select proceeding_code_misses($1) as n', [
    new Date(Date.parse(tx.now) - 86_400_000).toISOString(),
  ])
  const times = justiceLaw.codeMissesADay
  return (row?.n ?? 0) >= times ? refuse('proceeding_code_paused', 'code', { times }) : null
}
const fileOf = async (tx: Tx, code: string | undefined): Promise<people.Linked | null> => {
  if (code === undefined) return null
  const [row] = await tx.sql<{ nrmId: Uuid | null; caseId: Uuid | null }>(
    'select nrm_id as "nrmId", case_id as "caseId" from proceeding_file_of($1)',
    [code],
  )
  return row === undefined ? null : { ...row, code }
}
const addVictim = act('add_victim', wire.AddVictim, adds, async ({ proceeding }, body, tx) => {
  const bar = await paused(tx, body.code)
  if (bar !== null) return [bar]
  const link = await fileOf(tx, body.code)
  const decision = people.decideAddVictim(
    proceeding,
    body,
    { link, asked: body.code !== undefined },
    tx.stamp,
  )
  return [decision, { extra: { link } }]
})
const linkVictim = act(
  'link_victim',
  wire.LinkVictim,
  ({ victimId }) => [`victim_${victimId}`],
  async ({ proceeding }, body, tx) => {
    const link = await fileOf(tx, body.code)
    return [people.decideLinkVictim(proceeding, body.victimId, link, tx.stamp), { extra: { link } }]
  },
)
const setCooperation = act(
  'set_cooperation',
  wire.SetCooperation,
  ({ victimId }) => [`victim_${victimId}`],
  ({ proceeding }, body, tx) => [people.decideSetCooperation(proceeding, body, tx.stamp)],
)

/** Whether the suspect has a file of the trafficking track is told to the Responsible Authority, and to nobody here. */
const addSuspect = command('proceeding.add_suspect', wire.AddSuspect, async (tx, cmd) => {
  const locked = await lockProceeding(tx, cmd.recordId)
  const { givenName, familyName, birth, personalNumber, address, ...body } = cmd.body
  const name = [givenName, familyName].filter((part) => part !== undefined).join(' ')
  const decision = people.decideAddSuspect(
    locked.proceeding,
    body,
    { name: name === '' ? undefined : name },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  if (event === undefined) throw notFound()
  const { suspectId } = event.facts
  const key = await keyFor(tx, { kind: 'proceeding', id: locked.proceeding.id })
  const version = await record(tx, locked, decision.events, { victimId: body.victimId })
  insert(tx, 'proceeding_suspect_named', {
    id: suspectId,
    given_name: givenName ?? null,
    family_name: familyName ?? null,
    birth: birth ?? null,
    name_key: nameKey(name),
  })
  const secret = { personalNumber: personalNumber ?? null, address: address ?? null }
  insert(tx, 'proceeding_suspect_sensitive', {
    id: suspectId,
    sealed:
      personalNumber === undefined && address === undefined
        ? null
        : sealBytes(key, textPlace(cmd.recordId, suspectId, 'suspect'), secret),
  })
  if (body.status === 'charged') tx.later('select flag_charge($1, $2)', [suspectId, tx.now])
  return done({ recordId: cmd.recordId, version, reply: { suspectId } })
})
const moveSuspect = command('proceeding.move_suspect', wire.MoveSuspect, async (tx, cmd) => {
  const locked = await lockProceeding(tx, cmd.recordId)
  await mustBeFresh(tx, 'proceeding', cmd, [`suspect_${cmd.body.suspectId}`])
  const decision = people.decideMoveSuspect(locked.proceeding, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await record(tx, locked, decision.events)
  if (cmd.body.status === 'charged') tx.later('select flag_charge($1, $2)', [cmd.body.suspectId, tx.now])
  return done({ recordId: cmd.recordId, version })
})

const assignAid = act('assign_aid', wire.AssignAid, adds, ({ proceeding }, body, tx) => [
  people.decideAssignAid(proceeding, body, tx.stamp),
])
const endAid = act('end_aid', wire.EndAid, on('aids'), ({ proceeding }, body, tx) => [
  people.decideEndAid(proceeding, body, tx.stamp),
])
const takeMeasure = act('take_measure', wire.TakeProtective, adds, ({ proceeding }, body, tx) => [
  people.decideTakeMeasure(proceeding, body, tx.stamp),
])
const endMeasure = act('end_measure', wire.EndProtective, on('measures'), ({ proceeding }, body, tx) => [
  people.decideEndMeasure(proceeding, body, tx.stamp),
])
const seizeAsset = act('seize_asset', wire.SeizeAsset, adds, ({ proceeding }, body, tx) => [
  people.decideSeizeAsset(proceeding, body, tx.stamp),
])
const settleAsset = act('settle_asset', wire.SettleAsset, on('assets'), ({ proceeding }, body, tx) => [
  people.decideSettleAsset(proceeding, body, tx.stamp),
])
const claim = act('claim', wire.ClaimCompensation, on('claims'), ({ proceeding }, body, tx) => [
  people.decideClaim(proceeding, body, tx.stamp),
])
const decideClaim = act('decide_claim', wire.DecideClaim, on('claims'), ({ proceeding }, body, tx) => [
  people.decideDecideClaim(proceeding, body, tx.stamp),
])
const payClaim = act('pay_claim', wire.PayClaim, on('claims'), ({ proceeding }, body, tx) => [
  people.decidePayClaim(proceeding, body, tx.stamp),
])

export const proceedingCommands = [
  open,
  setArticle,
  move,
  close,
  reopen,
  refer,
  setNext,
  inform,
  addVictim,
  linkVictim,
  setCooperation,
  addSuspect,
  moveSuspect,
  assignAid,
  endAid,
  takeMeasure,
  endMeasure,
  seizeAsset,
  settleAsset,
  claim,
  decideClaim,
  payClaim,
]
