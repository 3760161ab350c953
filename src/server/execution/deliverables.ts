/** Acts, documents and agreements of an activity, their days and their files. */
import { createHash } from 'node:crypto'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import {
  type Deliverable,
  decideAddDeliverable,
  decideDateDeliverable,
  decideFileDeliverable,
  fileKindOf,
  fileLimit,
} from '#domain/execution/deliverable.ts'
import { AddDeliverable, DateDeliverable, DeliverableFile, FileDeliverable } from '#wire/execution.ts'
import { recordAccess } from '../access.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { download } from '../endpoint.ts'
import { invalid, notFound } from '../problem.ts'
import type { WriteTx } from '../tx.ts'
import { appendTo, holdActivity, kind } from './store.ts'

const deliverableOf = async (tx: WriteTx, activity: Uuid, id: Uuid): Promise<Deliverable> => {
  const [row] = await tx.sql<Deliverable>(
    `select id, kind, approved_on as "approvedOn", in_force_on as "inForceOn" from activity_deliverable
     where id = $1 and execution_id = $2`,
    [id, activity],
  )
  if (row === undefined) throw invalid({ field: 'body.body.deliverable', code: 'unknown_code' })
  return row
}

export const addDeliverable = command('activity.add_deliverable', AddDeliverable, async (tx, cmd) => {
  const activity = await holdActivity(tx, cmd.recordId)
  if (activity === null) return refused({ code: 'not_allowed' })
  const decision = decideAddDeliverable(cmd.body, tiranaDay(tx.now), tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await appendTo(tx, activity, decision.events)
  const { facts } = decision.events[0]!
  await tx.sql(
    `insert into activity_deliverable (id, execution_id, kind, title, number, approved_on, in_force_on, added_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      facts.id,
      activity.id,
      facts.kind,
      cmd.body.title,
      cmd.body.number ?? null,
      facts.approvedOn,
      facts.inForceOn,
      tx.now,
    ],
  )
  return done({ recordId: activity.id, version, reply: { deliverable: facts.id } })
})

export const dateDeliverable = command('activity.date_deliverable', DateDeliverable, async (tx, cmd) => {
  const activity = await holdActivity(tx, cmd.recordId)
  if (activity === null) return refused({ code: 'not_allowed' })
  await mustBeFresh(tx, kind, cmd, ['deliverable'])
  const now = await deliverableOf(tx, activity.id, cmd.body.deliverable)
  const decision = decideDateDeliverable(now, cmd.body, tiranaDay(tx.now))
  if (!decision.ok) return refused(decision.refusal)
  const version = await appendTo(tx, activity, decision.events)
  const { facts } = decision.events[0]!
  await tx.sql('update activity_deliverable set approved_on = $2, in_force_on = $3 where id = $1', [
    now.id,
    facts.approvedOn,
    facts.inForceOn,
  ])
  return done({ recordId: activity.id, version })
})

export const fileDeliverable = command('activity.file_deliverable', FileDeliverable, async (tx, cmd) => {
  const activity = await holdActivity(tx, cmd.recordId)
  if (activity === null) return refused({ code: 'not_allowed' })
  const now = await deliverableOf(tx, activity.id, cmd.body.deliverable)
  const bytes = Buffer.from(cmd.body.content, 'base64')
  if (bytes.length > fileLimit) throw invalid({ field: 'body.body.content', code: 'too_big' })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const decision = decideFileDeliverable(
    now,
    { kind: fileKindOf(bytes), name: cmd.body.name, size: bytes.length, sha256 },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const version = await appendTo(tx, activity, decision.events)
  const { facts } = decision.events[0]!
  await tx.sql(
    `insert into activity_deliverable_file (id, deliverable_id, execution_id, name, media, size, sha256, bytes, added_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [facts.file, now.id, activity.id, cmd.body.name, facts.media, facts.size, sha256, bytes, tx.now],
  )
  return done({ recordId: activity.id, version, reply: { file: facts.file } })
})

export const deliverableFile = download({
  url: '/api/plan-activities/files/{id}',
  media: 'application/octet-stream',
  wire: DeliverableFile,
  handle: async (tx, { params }) => {
    const [row] = await tx.sql<{ name: string; media: string; bytes: Buffer }>(
      'select name, media, bytes from activity_deliverable_file where id = $1',
      [params.id],
    )
    if (row === undefined) throw notFound()
    recordAccess(tx, { act: 'export', kind: 'activity_deliverable_file', ids: [params.id] })
    return row
  },
})
