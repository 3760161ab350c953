/** Recommendations: made at a meeting, worked on by their owner, dropped only by whoever made them. */
import { decideMake, decideRecommendation, type RecommendationAct } from '#domain/body/recommendation.ts'
import type { RecommendationEvent } from '#domain/body/state.ts'
import {
  DropRecommendation,
  FinishRecommendation,
  MakeRecommendation,
  StartRecommendation,
} from '#wire/meeting.ts'
import { append } from '../append.ts'
import { type Command, command, done, mustBeFresh, type Outcome, refused } from '../command.ts'
import type { WriteTx } from '../tx.ts'
import {
  findInstitution,
  loadBodyIfSeen,
  loadMeeting,
  loadRecommendation,
  lockBody,
  tellOwner,
} from './store.ts'

export const makeRecommendation = command('recommendation.make', MakeRecommendation, async (tx, cmd) => {
  const meeting = await loadMeeting(tx, cmd.body.meetingId)
  const body = await lockBody(tx, meeting.bodyId)
  const institution = await findInstitution(tx, cmd.body.owner)
  const [numbered] = await tx.sql<{ n: number }>(
    'select count(*)::int + 1 as n from body_recommendation where meeting_id = $1',
    [meeting.id],
  )
  const code = `${meeting.code}-R${numbered!.n}`
  const decision = decideMake(body, meeting, institution, code, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const { facts } = decision.events[0]!
  const version = await append(
    tx,
    { kind: 'body_recommendation', id: cmd.recordId, version: 0 },
    decision.events,
  )
  await tx.sql(
    `insert into body_recommendation (id, code, body_id, meeting_id, version, kind, text, owner_code, owner_county, owner_municipality,
       made_on, due_on, status, status_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'OPEN', $13)`,
    [
      cmd.recordId,
      code,
      facts.bodyId,
      facts.meetingId,
      version,
      facts.kind,
      cmd.body.text,
      facts.owner,
      facts.county,
      facts.municipality,
      facts.madeOn,
      facts.dueOn,
      tx.now,
    ],
  )
  await tellOwner(
    tx,
    {
      code: 'recommendation_made',
      recordKind: 'body_recommendation',
      recordId: cmd.recordId,
      label: code,
    },
    { code: facts.owner, county: facts.county, municipality: facts.municipality },
  )
  return done({ recordId: cmd.recordId, version, reply: { code } })
})

const statusOf = (event: RecommendationEvent): string => {
  switch (event.type) {
    case 'RecommendationMade':
      return 'OPEN'
    case 'RecommendationStarted':
      return 'IN_PROGRESS'
    case 'RecommendationDone':
      return 'DONE'
    case 'RecommendationDropped':
      return 'DROPPED'
  }
}

const act = async (
  tx: WriteTx,
  cmd: Command<unknown>,
  asked: RecommendationAct,
  note: string | undefined,
): Promise<Outcome> => {
  const one = await loadRecommendation(tx, cmd.recordId)
  await mustBeFresh(tx, 'body_recommendation', cmd, ['status'])
  const body = await loadBodyIfSeen(tx, one.bodyId)
  const decision = decideRecommendation(body, one, asked, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const event = decision.events[0]!
  const version = await append(
    tx,
    { kind: 'body_recommendation', id: one.id, version: one.version },
    decision.events,
  )
  await tx.sql(
    `update body_recommendation set version = $2, status = $3, note = coalesce($4, note), status_at = $5, done_on = $6 where id = $1`,
    [
      one.id,
      version,
      statusOf(event),
      note ?? null,
      tx.now,
      event.type === 'RecommendationDone' ? event.facts.doneOn : null,
    ],
  )
  return done({ recordId: one.id, version, reply: { status: statusOf(event) } })
}

export const startRecommendation = command('recommendation.start', StartRecommendation, (tx, cmd) =>
  act(tx, cmd, { act: 'start', ...cmd.body }, cmd.body.note),
)
export const finishRecommendation = command('recommendation.finish', FinishRecommendation, (tx, cmd) =>
  act(tx, cmd, { act: 'finish', ...cmd.body }, cmd.body.note),
)
export const dropRecommendation = command('recommendation.drop', DropRecommendation, (tx, cmd) =>
  act(tx, cmd, { act: 'drop', ...cmd.body }, cmd.body.reason),
)
