/** Commands around the technical group: calling it, moving and cancelling the meeting, answering, turning resolutions. */
import {
  decideCallConference,
  decideCancelConference,
  decideMissQuorum,
  decidePostponeConference,
  decideTurnResolution,
  type InvitationState,
  invitationBar,
} from '#domain/case/gtn.ts'
import { type Instant, refuse, type Uuid } from '#domain/core.ts'
import * as wire from '#wire/case.ts'
import { append } from '../append.ts'
import { type CommandHandler, command, done, refused } from '../command.ts'
import { tell } from '../notice/store.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { act, adds, to } from './act.ts'
import { unknownInstitution } from './lookup.ts'
import { caseLaw } from './reference.ts'

/** What an invitation must never say. Whoever calls the group reads the child's name. */
const namesOf = async (tx: Tx, personId: Uuid): Promise<readonly string[]> => {
  const [row] = await tx.sql<{ names: (string | null)[] }>(
    'select array[given_name, family_name, father_name, mother_name] as names from person_named where id = $1',
    [personId],
  )
  return (row?.names ?? []).filter((name) => name !== null)
}

const unitsOf = (tx: Tx, ids: readonly Uuid[]) =>
  tx.sql<{ unitId: Uuid; institutionId: Uuid }>(
    `select id as "unitId", institution_id as "institutionId" from unit where id = any ($1::uuid[]) and active order by id`,
    [ids],
  )

interface InvitationRow {
  readonly id: Uuid
  readonly case_id: Uuid
  readonly case_code: string
  readonly from_unit_id: Uuid
  readonly state: InvitationState
  readonly planned_at: Instant
  readonly version: number
}

/** The called unit answers; the unit that called is told when somebody stands in or nobody comes. */
const answerInvitation = command('invitation.answer', wire.AnswerInvitation, async (tx, cmd) => {
  const [row] = await tx.sql<InvitationRow>(
    'select * from conference_invitation where id = $1 and unit_id = (select me_unit()) for update',
    [cmd.recordId],
  )
  if (row === undefined) throw notFound()
  const over = invitationBar({ state: row.state, plannedAt: row.planned_at }, tx.now)
  if (over) return refused(over.refusal)
  const { answer } = cmd.body
  const version = await append(tx, { kind: 'conference_invitation', id: row.id, version: row.version }, [
    { type: 'InvitationAnswered', v: 1, facts: { answer, by: tx.actor.userId, at: tx.stamp.occurredAt } },
  ])
  tx.later(
    'update conference_invitation set answer = $2, answered_at = $3, answered_by = $4, version = $5 where id = $1',
    [row.id, answer, tx.stamp.occurredAt, tx.actor.userId, version],
  )
  if (answer !== 'comes')
    await tell(tx, {
      unitId: row.from_unit_id,
      code: 'conference_answered',
      recordKind: 'case_file',
      recordId: row.case_id,
      label: row.case_code,
    })
  return done({ recordId: row.id, version, reply: { answer } })
})

export const gtnActs: readonly CommandHandler[] = [
  act('call_conference', wire.CallConference, to('conference_call'), async (s, body, tx) => {
    const units = await unitsOf(tx, body.unitIds)
    if (units.length !== body.unitIds.length) return refuse('unknown_code', 'unitIds')
    const { plannedAt, place } = body
    return decideCallConference(
      s,
      { plannedAt, place, units },
      tx.stamp,
      caseLaw,
      await namesOf(tx, s.personId),
    )
  }),
  act('postpone_conference', wire.PostponeConference, to('conference_call'), async (s, body, tx) =>
    decidePostponeConference(s, body, tx.stamp, await namesOf(tx, s.personId)),
  ),
  act('cancel_conference', wire.CancelConference, to('conference_call'), (s, body, tx) =>
    decideCancelConference(s, body, tx.stamp),
  ),
  act('miss_quorum', wire.MissQuorum, to('conference_call'), async (s, body, tx) =>
    (await unknownInstitution(
      tx,
      body.attendance.map((a) => a.institutionId),
    ))
      ? refuse('unknown_code', 'attendance')
      : decideMissQuorum(s, body, tx.stamp, caseLaw),
  ),
  act('turn_resolution', wire.TurnResolution, adds, (s, body, tx) => decideTurnResolution(s, body, tx.stamp)),
  answerInvitation,
]
