/** Who speaks for the child, and what the family is told. Both are asked first whether they may be. */
import { gate } from '#domain/case/policy.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import { familyBar } from '#domain/family/inform.ts'
import { decideAssignRepresentative, decideEndRepresentative } from '#domain/family/representative.ts'
import type { FamilyInformed } from '#domain/family/state.ts'
import { nameTokens } from '#linkage/name.ts'
import { AssignRepresentative, EndRepresentative, InformFamily } from '#wire/family.ts'
import { recordBeside } from '../case/beside.ts'
import { lockCase } from '../case/store.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import type { Tx } from '../tx.ts'
import { familyHeld, representativesOf } from './store.ts'

const sameName = (a: string, b: string): boolean =>
  nameTokens(a).toSorted().join(' ') === nameTokens(b).toSorted().join(' ')

/**
 * Names of whoever is suspected in this case, alleged in its family, or spoke for the child before a conflict ended it; another
 * spelling is for the worker to see.
 */
const suspectNames = async (tx: Tx, caseId: Uuid, familyId: Uuid | null): Promise<string[]> => {
  const rows = await tx.sql<{ name: string }>(
    `select name from case_person_near where case_id = $1 and relationship = 'suspected_exploiter'
     union select m.name from family_person m where m.family_id = $2 and m.name is not null and (m.alleged or m.other_side
       or exists (select 1 from family_relation r where r.from_id = m.id and r.kind = 'exploiter' and r.ended_at is null))
     union select t.body ->> 'name' from representative r join case_text t on t.case_id = r.case_id and t.subject_id = r.id
       and t.name = 'representative' where r.case_id = $1 and r.end_reason = 'conflict'`,
    [caseId, familyId],
  )
  return rows.map((row) => row.name)
}

/** Does this name belong to somebody who may not speak for the child? */
export const isSuspect = async (
  tx: Tx,
  caseId: Uuid,
  familyId: Uuid | null,
  name: string,
): Promise<boolean> => (await suspectNames(tx, caseId, familyId)).some((one) => sameName(one, name))

const assign = command('case.assign_representative', AssignRepresentative, async (tx, cmd) => {
  const family = await familyHeld(tx, cmd.recordId)
  const s = await lockCase(tx, cmd.recordId)
  await mustBeFresh(tx, 'case_file', cmd, [`representative_${cmd.body.kind}`])
  const { body } = cmd
  const decision = decideAssignRepresentative(
    s,
    body,
    {
      representatives: await representativesOf(tx, s.id),
      family,
      nameOfSuspect: await isSuspect(tx, s.id, family?.id ?? null, body.name),
    },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  const { representativeId } = event!.facts
  const version = await recordBeside(tx, s, [{ event: event!, subject: representativeId }])
  tx.later(
    `insert into representative (id, case_id, kind, basis, member_id, from_day, until_day, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      representativeId,
      s.id,
      body.kind,
      body.basis,
      body.memberId ?? null,
      body.from,
      body.until ?? null,
      tx.now,
    ],
  )
  return done({ recordId: s.id, version, reply: { representativeId } })
})

const end = command('case.end_representative', EndRepresentative, async (tx, cmd) => {
  const s = await lockCase(tx, cmd.recordId)
  const one = (await representativesOf(tx, s.id)).find((known) => known.id === cmd.body.representativeId)
  const decision = decideEndRepresentative(s, one, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  const version = await recordBeside(tx, s, [{ event: event!, subject: event!.facts.representativeId }])
  tx.later('select end_representative($1, $2, $3)', [
    event!.facts.representativeId,
    event!.facts.on,
    event!.facts.reason,
  ])
  return done({ recordId: s.id, version })
})

/** Said, sent or handed to the family: never while «do not inform» stands, by the domain and by the row's own policy. */
const inform = command('case.inform_family', InformFamily, async (tx, cmd) => {
  const s = await lockCase(tx, cmd.recordId)
  const no = gate('add_note', tx.actor, s) ?? familyBar(s)
  if (no) return refused(no)
  const { means, on, memberId = null, text } = cmd.body
  if (on > tiranaDay(tx.now)) return refused({ code: 'in_future', field: 'on' })
  if (memberId !== null) {
    const known = await tx.sql(
      `select 1 from family_person m join family_case f on f.family_id = m.family_id and f.left_at is null
       where m.id = $1 and f.case_id = $2`,
      [memberId, s.id],
    )
    if (known.length === 0) return refused({ code: 'family_member_unknown', field: 'memberId' })
  }
  const noticeId = tx.stamp.newId()
  const event: FamilyInformed = {
    type: 'FamilyInformed',
    v: 1,
    facts: { noticeId, means, on, memberId, at: tx.stamp.occurredAt, by: tx.actor.userId },
    parts: [{ tier: 'T3', name: 'text', body: text }],
  }
  const version = await recordBeside(tx, s, [{ event, subject: noticeId }])
  tx.later(
    'insert into family_notice (id, case_id, means, on_day, member_id, at) values ($1, $2, $3, $4, $5, $6)',
    [noticeId, s.id, means, on, memberId, tx.now],
  )
  return done({ recordId: s.id, version, reply: { noticeId } })
})

export const representativeActs = [assign, end, inform]
