/** Commands by which somebody reaches a case beyond their scope, and by which that is judged, given and ended. */
import type { Role, Uuid } from '#domain/core.ts'
import {
  askBodyRefusal,
  decideAnswerAccess,
  decideAskAccess,
  decideBreakGlass,
  decideCloseGlass,
  decideReviewGlass,
  decideRevokeAccess,
  type Glass,
  type Grant,
  glassBodyRefusal,
  mayAskAccess,
  mayBreakGlass,
} from '#domain/privacy/access.ts'
import { AnswerAccess, AskAccess, BreakGlass, CloseGlass, ReviewGlass, RevokeAccess } from '#wire/privacy.ts'
import { recordAccess } from '../access.ts'
import { type CommandHandler, command, done, mustBeFresh, refused } from '../command.ts'
import { tell, tellRole } from '../notice/store.ts'
import { notFound, stale } from '../problem.ts'
import type { WriteTx } from '../tx.ts'
import { privacyLaw } from './law.ts'
import { findFar, recordPrivacy, tierNow } from './store.ts'

/** The unit whose case it is and the officer, at once and in the same transaction: no opening without its notice. */
const tellOwner = async (
  tx: WriteTx,
  far: { readonly id: Uuid; readonly code: string; readonly unitId: Uuid },
  code: 'access_glass_broken' | 'access_asked',
  glassId: Uuid | null,
  role?: Role,
): Promise<void> => {
  await tell(tx, {
    unitId: far.unitId,
    code,
    recordKind: 'case_file',
    recordId: far.id,
    label: far.code,
    ...(role === undefined ? {} : { role }),
  })
  if (glassId !== null)
    await tellRole(tx, { role: 'dpo', code, recordKind: 'break_glass', recordId: glassId, label: far.code })
}

/** Living ones of the actor on this case; the police's least is not seen by the policies of the case. */
const hasOpen = async (tx: WriteTx, caseId: Uuid): Promise<boolean> => {
  const rows = await tx.sql(
    `select 1 from break_glass where case_id = $1 and user_id = $2 and ended_at is null and until > $3 and ends > now()
     union all select 1 from access_grant where case_id = $1 and user_id = $2 and (state = 'REQUESTED' or state = 'GRANTED' and until > $3)`,
    [caseId, tx.actor.userId, tx.now],
  )
  return rows.length > 0
}

/**
 * A refusal undoes the record of the search with all else. So whatever can be refused without the case is refused before it is looked for:
 * otherwise a body that is never accepted would tell which codes exist, and leave no trace of the question.
 */
const mustBeNew = async (tx: WriteTx, id: Uuid): Promise<void> => {
  if ((await tx.sql('select 1 from record_head where record_id = $1', [id])).length > 0) throw stale([])
}

/** One's own, counted under the lock under which the database counts once more. */
const countOwn = async (tx: WriteTx, count: string): Promise<number> => {
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 410))', [tx.actor.userId])
  const [row] = await tx.sql<{ n: number }>(`select ${count} as n`, [tx.actor.userId])
  return row?.n ?? 0
}
const askedSql = "(select count(*)::integer from access_grant where user_id = $1 and state = 'REQUESTED')"

const breakGlass = command('access.break_glass', BreakGlass, async (tx, cmd) => {
  if (!mayBreakGlass(tx.actor)) return refused({ code: 'not_allowed' })
  const { body } = cmd
  const ofDay = await countOwn(tx, 'opened_in_a_day($1)')
  const wrong = glassBodyRefusal(body, ofDay, privacyLaw)
  if (wrong !== null) return refused(wrong)
  await mustBeNew(tx, cmd.recordId)
  const far = await findFar(tx, null, { code: body.caseCode, id: body.caseId })
  if (far === null) return refused({ code: 'access_case_unknown', field: 'caseCode' })
  const foundBy = body.caseCode === undefined ? 'search' : 'code'
  const glass = await tx.sql(
    'select 1 from break_glass where case_id = $1 and user_id = $2 and ended_at is null and until > $3 and ends > now()',
    [far.id, tx.actor.userId, tx.now],
  )
  const already = glass.length > 0 || (await tierNow(tx, far.id)) >= 3
  const decision = decideBreakGlass(far, body, foundBy, already, ofDay, privacyLaw, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const { facts } = decision.events[0]!
  const version = await recordPrivacy(
    tx,
    { kind: 'break_glass', id: cmd.recordId, version: 0 },
    decision.events,
  )
  await tx.sql(
    `insert into break_glass (id, version, case_id, case_code, person_id, user_id, unit_id, role, reach, reason, found_by, opened_at, until,
       review_due) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      cmd.recordId,
      version,
      far.id,
      far.code,
      far.personId,
      tx.actor.userId,
      tx.actor.unitId,
      tx.actor.role,
      facts.reach,
      facts.reason,
      facts.foundBy,
      tx.now,
      facts.until,
      facts.reviewDue,
    ],
  )
  await tellOwner(tx, far, 'access_glass_broken', cmd.recordId)
  recordAccess(tx, {
    act: 'break_glass',
    kind: 'case_file',
    ids: [far.id],
    tier: facts.reach === 'T3' ? 'T3' : 'T2',
    code: facts.reason,
  })
  return done({
    recordId: cmd.recordId,
    version,
    reply: { caseId: far.id, until: facts.until, reach: facts.reach },
  })
})

interface GlassRow extends Glass {
  readonly version: number
}
const lockGlass = async (tx: WriteTx, id: Uuid): Promise<GlassRow> => {
  const [row] = await tx.sql<GlassRow>(
    'select version, user_id as "userId", until, ended_at as "endedAt", outcome from break_glass where id = $1 for update',
    [id],
  )
  if (row === undefined) throw notFound()
  return row
}

const closeGlass = command('access.close_break_glass', CloseGlass, async (tx, cmd) => {
  const glass = await lockGlass(tx, cmd.recordId)
  const decision = decideCloseGlass(glass, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await recordPrivacy(
    tx,
    { kind: 'break_glass', id: cmd.recordId, version: glass.version },
    decision.events,
  )
  await tx.sql('update break_glass set version = $2, ended_at = $3 where id = $1', [
    cmd.recordId,
    version,
    tx.now,
  ])
  return done({ recordId: cmd.recordId, version })
})

const reviewGlass = command('access.review_break_glass', ReviewGlass, async (tx, cmd) => {
  const glass = await lockGlass(tx, cmd.recordId)
  const decision = decideReviewGlass(glass, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const { facts } = decision.events[0]!
  const version = await recordPrivacy(
    tx,
    { kind: 'break_glass', id: cmd.recordId, version: glass.version },
    decision.events,
  )
  await tx.sql(
    'update break_glass set version = $2, reviewed_by = $3, reviewed_at = $4, outcome = $5, consequence = $6 where id = $1',
    [cmd.recordId, version, tx.actor.userId, tx.now, facts.outcome, facts.consequence],
  )
  return done({ recordId: cmd.recordId, version })
})

const askAccess = command('access.request', AskAccess, async (tx, cmd) => {
  if (!mayAskAccess(tx.actor)) return refused({ code: 'not_allowed' })
  const { body } = cmd
  const waiting = await countOwn(tx, askedSql)
  const wrong = askBodyRefusal(tx.actor, body, waiting, privacyLaw)
  if (wrong !== null) return refused(wrong)
  await mustBeNew(tx, cmd.recordId)
  const far = await findFar(tx, null, { code: body.caseCode })
  if (far === null) return refused({ code: 'access_case_unknown', field: 'caseCode' })
  const wanted = body.reach === 'T2' ? 2 : 3
  const already = (await hasOpen(tx, far.id)) || (await tierNow(tx, far.id)) >= wanted
  const decision = decideAskAccess(far, body, already, waiting, privacyLaw, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await recordPrivacy(
    tx,
    { kind: 'access_grant', id: cmd.recordId, version: 0 },
    decision.events,
  )
  await tx.sql(
    `insert into access_grant (id, version, case_id, case_code, person_id, user_id, unit_id, role, reach, purpose, days, state, requested_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'REQUESTED', $12)`,
    [
      cmd.recordId,
      version,
      far.id,
      far.code,
      far.personId,
      tx.actor.userId,
      tx.actor.unitId,
      tx.actor.role,
      body.reach,
      body.purpose,
      body.days,
      tx.now,
    ],
  )
  await tellOwner(tx, far, 'access_asked', null, 'cpu_head')
  return done({ recordId: cmd.recordId, version })
})

interface GrantRow extends Grant {
  readonly version: number
  readonly purpose: string
  readonly caseId: Uuid
  readonly caseCode: string
  readonly unitId: Uuid
}
/** The unit is the case's own of today; the officer, who sees no case, is told of none. */
const lockGrant = async (tx: WriteTx, id: Uuid): Promise<GrantRow> => {
  const [row] = await tx.sql<Omit<GrantRow, 'ownerUnitId'> & { ownerUnitId: Uuid | null }>(
    `select g.version, g.user_id as "userId", g.state, g.days, g.reach, g.until, g.purpose, g.case_id as "caseId", g.case_code as "caseCode",
       g.unit_id as "unitId", (select c.unit_id from case_file c where c.id = g.case_id) as "ownerUnitId"
     from access_grant g where g.id = $1 for update of g`,
    [id],
  )
  if (row === undefined) throw notFound()
  return { ...row, ownerUnitId: row.ownerUnitId ?? '' }
}

const answerAccess = command('access.answer', AnswerAccess, async (tx, cmd) => {
  const grant = await lockGrant(tx, cmd.recordId)
  await mustBeFresh(tx, 'access_grant', cmd, [])
  const decision = decideAnswerAccess(grant, grant.purpose, cmd.body, privacyLaw, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  const until = event?.type === 'AccessGranted' ? event.facts.until : null
  const version = await recordPrivacy(
    tx,
    { kind: 'access_grant', id: cmd.recordId, version: grant.version },
    decision.events,
  )
  await tx.sql(
    'update access_grant set version = $2, state = $3, decided_by = $4, decided_at = $5, until = $6 where id = $1',
    [cmd.recordId, version, until === null ? 'REFUSED' : 'GRANTED', tx.actor.userId, tx.now, until],
  )
  await tell(tx, {
    unitId: grant.unitId,
    code: until === null ? 'access_refused' : 'access_granted',
    recordKind: 'access_grant',
    recordId: cmd.recordId,
    label: grant.caseCode,
  })
  return done({ recordId: cmd.recordId, version })
})

const revokeAccess = command('access.revoke', RevokeAccess, async (tx, cmd) => {
  const grant = await lockGrant(tx, cmd.recordId)
  const decision = decideRevokeAccess(grant, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await recordPrivacy(
    tx,
    { kind: 'access_grant', id: cmd.recordId, version: grant.version },
    decision.events,
  )
  await tx.sql(
    "update access_grant set version = $2, state = 'REVOKED', ended_by = $3, ended_at = $4 where id = $1",
    [cmd.recordId, version, tx.actor.userId, tx.now],
  )
  return done({ recordId: cmd.recordId, version })
})

export const accessCommands: readonly CommandHandler[] = [
  breakGlass,
  closeGlass,
  reviewGlass,
  askAccess,
  answerAccess,
  revokeAccess,
]
