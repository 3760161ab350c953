/** What a proceeding asks of a victim's file, the flag on a victim's charge, and the protection of a witness. */
import type { Json, Uuid } from '#domain/core.ts'
import {
  decideAnswerOrder,
  decideAskOrder,
  decideCheckOrder,
  decideProtectWitness,
  decideRefuseOrder,
  decideReviewFlag,
  type FlagFinding,
  type Order,
  type WitnessState,
} from '#domain/justice/order.ts'
import * as wire from '#wire/justice.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { recordBeside } from '../case/beside.ts'
import { insert, update } from '../case/rows-sql.ts'
import { lockCase } from '../case/store.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { insertDisclosure } from '../disclosure/store.ts'
import { tell } from '../notice/store.ts'
import { notFound, stale } from '../problem.ts'
import { type Place, sealBytes } from '../sealing/index.ts'
import { keyFor } from '../sealing/keys.ts'
import type { WriteTx } from '../tx.ts'
import { lockProceeding } from './store.ts'

export interface OrderRow extends Order {
  readonly askedUnit: Uuid
  readonly keeps: boolean
}
export const orderColumns = `o.id, o.version, o.code, o.proceeding_id as "proceedingId", o.nrm_id as "nrmId", o.case_id as "caseId", o.authority,
  o.article, o.asked, o.allowed, o.court_order as "courtOrder", o.state, o.asked_by as "askedBy", o.checked_by as "checkedBy",
  o.asked_unit as "askedUnit", keeps_file(o.nrm_id, o.case_id) as keeps`
export const extractPlace = (id: Uuid): Place => ({
  record: { kind: 'proceeding_order', id },
  tier: 'T4',
  at: id,
  name: 'extract',
})

const lockOrder = async (tx: WriteTx, id: Uuid): Promise<OrderRow> => {
  const [row] = await tx.sql<OrderRow>(
    `select ${orderColumns} from proceeding_order o where o.id = $1 for update`,
    [id],
  )
  if (row === undefined) throw notFound()
  return row
}

const ask = command('proceeding.ask_order', wire.AskOrder, async (tx, cmd) => {
  const { proceedingId, ...body } = cmd.body
  const { proceeding: p } = await lockProceeding(tx, proceedingId)
  const id = cmd.recordId
  const decision = decideAskOrder(p, id, body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  const victim = p.victims.find((one) => one.id === body.victimId)
  if (event === undefined || victim === undefined) throw notFound('body.body.victimId')
  const version = await append(tx, { kind: 'proceeding_order', id, version: 0 }, decision.events)
  const f = event.facts
  insert(tx, 'proceeding_order', {
    id,
    version,
    code: f.code,
    proceeding_id: p.id,
    victim_id: victim.id,
    nrm_id: victim.nrmId,
    case_id: victim.caseId,
    authority: f.authority,
    article: f.article,
    asked: [...f.asked],
    court_order: f.courtOrder,
    state: 'received',
    asked_by: tx.actor.userId,
    asked_unit: tx.actor.unitId,
    asked_at: tx.now,
  })
  insert(tx, 'proceeding_order_named', { id, words: body.words })
  // Somebody else than whoever answers has to look at it: of the track the authority, of a case its head.
  await tx.sql('select tell_keepers($1, $2, $3)', [id, 'proceeding_order_asked', tx.now])
  return done({ recordId: id, version, reply: { code: f.code } })
})

const check = command('proceeding.check_order', wire.CheckOrder, async (tx, cmd) => {
  const order = await lockOrder(tx, cmd.recordId)
  await mustBeFresh(tx, 'proceeding_order', cmd, ['state'])
  const decision = decideCheckOrder(order, cmd.body, order.keeps, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'proceeding_order', ...order }, decision.events)
  update(tx, 'proceeding_order', order.id, {
    version,
    state: cmd.body.lawful ? 'lawful' : 'unlawful',
    allowed: cmd.body.lawful ? [...new Set(cmd.body.allowed)] : [],
    checked_by: tx.actor.userId,
    checked_at: tx.now,
  })
  update(tx, 'proceeding_order_named', order.id, { opinion: cmd.body.opinion })
  if (cmd.body.lawful)
    await tx.sql('select tell_keepers($1, $2, $3)', [order.id, 'proceeding_order_checked', tx.now])
  return done({ recordId: order.id, version })
})

const tellAsker = (tx: WriteTx, order: OrderRow) =>
  tell(tx, {
    unitId: order.askedUnit,
    code: 'proceeding_order_answered',
    recordKind: 'proceeding',
    recordId: order.proceedingId,
    label: order.code,
  })

const answer = command('proceeding.answer_order', wire.AnswerOrder, async (tx, cmd) => {
  const order = await lockOrder(tx, cmd.recordId)
  await mustBeFresh(tx, 'proceeding_order', cmd, ['state'])
  const decision = decideAnswerOrder(order, cmd.body, order.askedUnit, order.keeps, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const { answered, disclosed } = decision
  if (order.caseId !== null) {
    const s = await lockCase(tx, order.caseId)
    await recordBeside(tx, s, [{ event: disclosed, subject: disclosed.facts.disclosureId }])
    insertDisclosure(tx, s.id, disclosed)
    recordAccess(tx, { act: 'export', kind: 'case_file', ids: [s.id], tier: disclosed.facts.tier })
  } else if (order.nrmId !== null) {
    const [file] = await tx.sql<{ version: number }>(
      'select version from nrm_file where id = $1 for update',
      [order.nrmId],
    )
    if (file === undefined) throw notFound()
    const next = await append(tx, { kind: 'nrm_file', id: order.nrmId, version: file.version }, [disclosed])
    tx.later(
      `select save_nrm(to_jsonb(f) || jsonb_build_object('version', $2::int)) from nrm_file f where f.id = $1`,
      [order.nrmId, next],
    )
    recordAccess(tx, { act: 'export', kind: 'nrm_file', ids: [order.nrmId], tier: disclosed.facts.tier })
  }
  const version = await append(tx, { kind: 'proceeding_order', ...order }, [answered])
  const key = await keyFor(tx, { kind: 'proceeding_order', id: order.id })
  update(tx, 'proceeding_order', order.id, {
    version,
    state: 'answered',
    given: [...answered.facts.given],
    closed_by: tx.actor.userId,
    closed_at: tx.now,
  })
  const extract: Json = cmd.body.parts.map(({ part, text }) => ({ part, text }))
  insert(tx, 'proceeding_order_sensitive', {
    id: order.id,
    sealed: sealBytes(key, extractPlace(order.id), extract),
  })
  await tellAsker(tx, order)
  return done({ recordId: order.id, version })
})

const refuse = command('proceeding.refuse_order', wire.RefuseOrder, async (tx, cmd) => {
  const order = await lockOrder(tx, cmd.recordId)
  await mustBeFresh(tx, 'proceeding_order', cmd, ['state'])
  const decision = decideRefuseOrder(order, cmd.body, order.keeps, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'proceeding_order', ...order }, decision.events)
  update(tx, 'proceeding_order', order.id, {
    version,
    state: 'refused',
    closed_by: tx.actor.userId,
    closed_at: tx.now,
  })
  update(tx, 'proceeding_order_named', order.id, { refusal: cmd.body.reason })
  await tellAsker(tx, order)
  return done({ recordId: order.id, version })
})

const review = command('non_punishment.review', wire.ReviewFlag, async (tx, cmd) => {
  const [flag] = await tx.sql<{
    id: Uuid
    version: number
    state: 'open' | FlagFinding
    code: string
    proceeding: Uuid
  }>(
    `select f.id, f.version, f.state, f.proceeding_id as proceeding, (select p.code from proceeding p where p.id = f.proceeding_id) as code
     from non_punishment_flag f where f.id = $1 for update`,
    [cmd.recordId],
  )
  if (flag === undefined) throw notFound()
  const decision = decideReviewFlag(flag, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'non_punishment_flag', ...flag }, decision.events)
  update(tx, 'non_punishment_flag', flag.id, { version, state: cmd.body.state, reviewed_at: tx.now })
  insert(tx, 'non_punishment_flag_named', { id: flag.id, words: cmd.body.words })
  if (cmd.body.state === 'linked') {
    const [raised] = await tx.sql<{ office: Uuid | null }>('select raise_non_punishment($1) as office', [
      flag.id,
    ])
    if (raised !== undefined && raised.office !== null && flag.code !== null)
      await tell(tx, {
        unitId: raised.office,
        code: 'proceeding_non_punishment',
        recordKind: 'proceeding',
        recordId: flag.proceeding,
        label: flag.code,
      })
  }
  return done({ recordId: flag.id, version })
})

const protect = command('proceeding.protect_witness', wire.ProtectWitness, async (tx, cmd) => {
  const { proceedingId, ...body } = cmd.body
  const { proceeding: p } = await lockProceeding(tx, proceedingId)
  const [row] = await tx.sql<{ id: Uuid; version: number; state: WitnessState; victim: Uuid }>(
    `select id, version, state, victim_id as victim from witness_protection where id = $1 and proceeding_id = $2 for update`,
    [cmd.recordId, p.id],
  )
  if (row !== undefined && row.victim !== body.victimId) throw notFound('body.body.victimId')
  const decision = decideProtectWitness(p, row?.state ?? null, body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  if (row === undefined) {
    // One for each witness; its steps are steps of that one.
    const other = await tx.sql(
      'select 1 from witness_protection where proceeding_id = $1 and victim_id = $2',
      [p.id, body.victimId],
    )
    if (other.length > 0) throw stale([])
  }
  const record = { kind: 'witness_protection', id: cmd.recordId, version: row?.version ?? 0 }
  const version = await append(tx, record, decision.events)
  if (row === undefined)
    insert(tx, 'witness_protection', {
      id: cmd.recordId,
      version,
      proceeding_id: p.id,
      victim_id: body.victimId,
      state: body.state,
      on_day: body.on,
    })
  else update(tx, 'witness_protection', row.id, { version, state: body.state, on_day: body.on })
  return done({ recordId: cmd.recordId, version })
})

export const orderCommands = [ask, check, answer, refuse, review, protect]
