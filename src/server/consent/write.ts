/** Recording and withdrawing consent. A withdrawal ends, in the same transaction, what rests on it alone. */

import type { Alerts } from '#domain/case/state.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import { applyConsent, decideRecordConsent, decideWithdrawConsent } from '#domain/consent.ts'
import type { Uuid } from '#domain/core.ts'
import { familyBar } from '#domain/family/inform.ts'
import { ageRange } from '#domain/partial-date.ts'
import { RecordConsent, WithdrawConsent } from '#wire/consent.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { q } from '../database.ts'
import { isSuspect } from '../family/representative.ts'
import { familyOfCase } from '../family/store.ts'
import { notFound } from '../problem.ts'
import { endConsent } from '../referral/overdue.ts'
import { caseTierFor, workTierSql } from '../referral/store.ts'
import type { WriteTx } from '../tx.ts'
import { ownConsentFrom } from './rule.ts'
import { lockConsentFor } from './store.ts'

interface CaseOf {
  readonly tier: number
  readonly earlier: number
  readonly birth_from: string | null
  readonly birth_to: string | null
  readonly alerts: Alerts
}

/** The case locked against a second consent with the same number; its child's birth, as far as known. */
const lockCase = async (tx: WriteTx, caseId: Uuid, purpose: string): Promise<CaseOf> => {
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 1))', [caseId])
  const [row] = await tx.sql<CaseOf>(
    `select ${workTierSql('$1::uuid')} as tier,
       (select count(*) from consent k where k.case_id = $1 and k.purpose = $2)::int as earlier,
       n.birth_from, n.birth_to, c.alerts
     from case_file c left join person_named n on n.id = c.person_id where c.id = $1`,
    [caseId, purpose],
  )
  if (row === undefined) throw notFound()
  return row
}

const worksOn = (tx: WriteTx, tier: number): boolean =>
  tier >= 3 && (tx.actor.role === 'cpw' || tx.actor.role === 'cpu_head')

export const recordConsent = command('consent.record', RecordConsent, async (tx, cmd) => {
  const of = await lockCase(tx, cmd.body.caseId, cmd.body.purpose)
  if (!worksOn(tx, of.tier)) return refused({ code: 'not_allowed' })
  const birth =
    of.birth_from === null || of.birth_to === null ? null : { from: of.birth_from, to: of.birth_to, said: '' }
  const decision = decideRecordConsent(
    cmd.body,
    {
      id: cmd.recordId,
      caseId: cmd.body.caseId,
      unitId: tx.actor.unitId,
      // The oldest the child can be: a doubtful birth does not take its own voice away.
      age: birth === null ? null : ageRange(birth, tiranaDay(tx.now)).to,
      ownConsentFrom: ownConsentFrom(),
      earlier: of.earlier,
      familyBar: familyBar(of),
      nameOfSuspect: await isSuspect(
        tx,
        cmd.body.caseId,
        await familyOfCase(tx, cmd.body.caseId),
        cmd.body.givenBy,
      ),
    },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'consent', id: cmd.recordId, version: 0 }, decision.events)
  const consent = applyConsent(null, cmd.recordId, decision.events[0]!)
  await tx.run(
    q.insertInto('consent').values({
      id: consent.id,
      case_id: cmd.body.caseId,
      unit_id: consent.unitId,
      purpose: consent.purpose,
      recipients: [...consent.scope.recipients],
      fields: [...consent.scope.fields],
      capacity: consent.capacity,
      number: consent.number,
      language: cmd.body.language,
      given_at: consent.givenAt,
      valid_until: consent.validUntil,
      version,
    }),
  )
  await tx.run(
    q
      .insertInto('consent_named')
      .values({ id: consent.id, given_by: cmd.body.givenBy, explained_by: cmd.body.explainedBy }),
  )
  return done({ recordId: consent.id, version, reply: { number: consent.number } })
})

export const withdrawConsent = command('consent.withdraw', WithdrawConsent, async (tx, cmd) => {
  const consent = await lockConsentFor(tx, cmd.recordId)
  await mustBeFresh(tx, 'consent', cmd, ['consent'])
  if (!worksOn(tx, await caseTierFor(tx, consent.caseId))) return refused({ code: 'not_allowed' })
  const decision = decideWithdrawConsent(consent, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'consent', id: consent.id, version: consent.version },
    decision.events,
  )
  await tx.run(q.updateTable('consent').set({ withdrawn_at: tx.now, version }).where('id', '=', consent.id))
  if (cmd.body.note !== undefined)
    await tx.run(
      q.updateTable('consent_named').set({ withdrawal_note: cmd.body.note }).where('id', '=', consent.id),
    )
  const resting = await tx.sql<{ id: Uuid }>(
    "select referral_id as id from referral_ground where kind = 'consent' and ref = $1 and ended_at is null",
    [consent.id],
  )
  for (const { id } of resting) await endConsent(tx, id, consent.id)
  return done({ recordId: consent.id, version, reply: { referrals: resting.map((row) => row.id) } })
})
