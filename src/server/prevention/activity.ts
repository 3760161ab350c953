/** Acts of prevention, and the ids that centres give to those who come: writes. */
import type { Uuid } from '#domain/core.ts'
import {
  type Activity,
  type ActivityBody,
  type ActivityContext,
  decideCorrectActivity,
  decideIssueMembers,
  decideRecordActivity,
  decideStrikeActivity,
} from '#domain/prevention/activity.ts'
import { type ActivityKind, countsChildren, type MemberAudience } from '#domain/prevention/kinds.ts'
import { CorrectActivity, IssueMembers, RecordActivity, StrikeRecord } from '#wire/prevention.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { invalid, notFound } from '../problem.ts'
import type { WriteTx } from '../tx.ts'
import { countyOf } from './place.ts'

const activityFor = async (tx: WriteTx, id: Uuid): Promise<Activity> => {
  const read = `select id, version, kind, institution_id as "institutionId", struck_at is not null as struck
    from activity_record where id = $1`
  const [own] = await tx.sql<Activity>(`${read} and institution_id = me_institution() for update`, [id])
  const row = own ?? (await tx.sql<Activity>(read, [id]))[0]
  if (row === undefined) throw notFound()
  return row
}

interface Context extends ActivityContext {
  readonly memberIds: ReadonlyMap<string, Uuid>
}

const contextOf = async (tx: WriteTx, id: Uuid, body: ActivityBody): Promise<Context> => {
  const bodies = body.parties.flatMap((one) => (one.institutionId === null ? [] : [one.institutionId]))
  const [county, members, group, business, known] = await Promise.all([
    countyOf(tx, body.municipality),
    tx.sql<{ id: Uuid; code: string; audience: MemberAudience }>(
      'select id, code, audience from reach_member where institution_id = me_institution() and code = any ($1)',
      [body.members],
    ),
    tx.sql<{ kind: ActivityKind }>(
      `select kind from activity_record where id = $1 and id <> $2 and kind = 'group' and institution_id = me_institution()
         and struck_at is null`,
      [body.groupId, id],
    ),
    tx.sql('select 1 from business where id = $1', [body.businessId]),
    tx.sql<{ id: Uuid }>('select id from institution where id = any ($1::uuid[])', [bodies]),
  ])
  const missing = body.parties.findIndex(
    (one) => one.institutionId !== null && !known.some((row) => row.id === one.institutionId),
  )
  if (missing !== -1)
    throw invalid({ field: `body.body.parties.${missing}.institutionId`, code: 'unknown_code' })
  return {
    county,
    members: new Map(members.map((row) => [row.code, row.audience])),
    memberIds: new Map(members.map((row) => [row.code, row.id])),
    groupKnown: group.length > 0,
    businessKnown: business.length > 0,
  }
}

/** Figures, presences and the bodies that read along: whole, in place of what stood there. */
const putParts = async (tx: WriteTx, id: Uuid, body: ActivityBody, context: Context): Promise<void> => {
  await tx.sql('delete from activity_count where record_id = $1', [id])
  await tx.sql('delete from activity_attendance where record_id = $1', [id])
  await tx.sql('delete from activity_party where record_id = $1', [id])
  await tx.sql(
    `insert into activity_count (record_id, measure, sex, band, value, child)
     select $1, r ->> 'measure', r ->> 'sex', r ->> 'band', (r ->> 'value')::bigint, (r ->> 'child')::boolean
     from jsonb_array_elements($2::jsonb) r`,
    [
      id,
      JSON.stringify(body.counts.map((one) => ({ ...one, child: countsChildren(one.measure, one.band) }))),
    ],
  )
  await tx.sql(
    'insert into activity_attendance (record_id, member_id) select $1, m from unnest($2::uuid[]) m',
    [id, body.members.map((code) => context.memberIds.get(code)!)],
  )
  await tx.sql(
    `insert into activity_party (record_id, institution_id, owner_id)
     select distinct $1::uuid, p, me_institution() from unnest($2::uuid[]) p where p <> me_institution()`,
    [id, body.parties.flatMap((one) => (one.institutionId === null ? [] : [one.institutionId]))],
  )
}

const values = (body: ActivityBody, county: string | null): unknown[] => [
  body.municipality,
  county,
  body.title,
  body.topic,
  body.from,
  body.to,
  body.funder,
  body.plan?.planId ?? null,
  body.plan?.uid ?? null,
  JSON.stringify(body.details),
  JSON.stringify(body.parties),
  body.groupId,
  body.businessId,
]

export const recordActivity = command('activity.record', RecordActivity, async (tx, cmd) => {
  const context = await contextOf(tx, cmd.recordId, cmd.body)
  const decision = decideRecordActivity(cmd.body, context, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'activity_record', id: cmd.recordId, version: 0 }, decision.events)
  await tx.sql(
    `insert into activity_record (id, version, kind, institution_id, unit_id, entered_at, municipality, county, title, topic, from_day,
       to_day, funder, plan_id, activity_uid, details, parties, group_id, business_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      cmd.recordId,
      version,
      cmd.body.kind,
      tx.actor.institutionId,
      tx.actor.unitId,
      tx.now,
      ...values(cmd.body, context.county),
    ],
  )
  await putParts(tx, cmd.recordId, cmd.body, context)
  return done({ recordId: cmd.recordId, version })
})

export const correctActivity = command('activity.correct', CorrectActivity, async (tx, cmd) => {
  const activity = await activityFor(tx, cmd.recordId)
  await mustBeFresh(tx, 'activity_record', cmd, ['record'])
  const context = await contextOf(tx, activity.id, cmd.body)
  const decision = decideCorrectActivity(activity, cmd.body, context, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'activity_record', id: activity.id, version: activity.version },
    decision.events,
  )
  await tx.sql(
    `update activity_record set version = $2, municipality = $3, county = $4, title = $5, topic = $6, from_day = $7, to_day = $8,
       funder = $9, plan_id = $10, activity_uid = $11, details = $12, parties = $13, group_id = $14, business_id = $15 where id = $1`,
    [activity.id, version, ...values(cmd.body, context.county)],
  )
  await putParts(tx, activity.id, cmd.body, context)
  return done({ recordId: activity.id, version })
})

export const strikeActivity = command('activity.strike', StrikeRecord, async (tx, cmd) => {
  const activity = await activityFor(tx, cmd.recordId)
  const decision = decideStrikeActivity(activity, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'activity_record', id: activity.id, version: activity.version },
    decision.events,
  )
  await tx.sql('update activity_record set struck_at = $2, version = $3 where id = $1', [
    activity.id,
    tx.now,
    version,
  ])
  return done({ recordId: activity.id, version })
})

/** Digits and letters that no hand mistakes for one another. */
const signs = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Eight signs out of the random end of an id: `7KQ2-M9PD`. */
const codeOf = (id: Uuid): string => {
  let rest = BigInt(`0x${id.replaceAll('-', '').slice(16)}`) & 0x3fffffffffffffffn
  let code = ''
  for (let i = 0; i < 8; i += 1) {
    code += signs[Number(rest % 30n)]!
    rest /= 30n
  }
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

export const issueMembers = command('member.issue', IssueMembers, async (tx, cmd) => {
  const decision = decideIssueMembers(cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'member_batch', id: cmd.recordId, version: 0 }, decision.events)
  const members = Array.from({ length: cmd.body.count }, () => tx.stamp.newId()).map((id) => ({
    id,
    code: codeOf(id),
  }))
  await tx.sql(
    'insert into member_batch (id, version, institution_id, audience, sex, size, at) values ($1, $2, $3, $4, $5, $6, $7)',
    [cmd.recordId, version, tx.actor.institutionId, cmd.body.audience, cmd.body.sex, cmd.body.count, tx.now],
  )
  await tx.sql(
    `insert into reach_member (id, batch_id, institution_id, code, audience, sex)
     select (r ->> 'id')::uuid, $1, $2, r ->> 'code', $3, $4 from jsonb_array_elements($5::jsonb) r`,
    [cmd.recordId, tx.actor.institutionId, cmd.body.audience, cmd.body.sex, JSON.stringify(members)],
  )
  return done({ recordId: cmd.recordId, version, reply: { codes: members.map((one) => one.code) } })
})
