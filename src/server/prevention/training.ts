/** Trainings and their participants: writes. */
import type { Uuid } from '#domain/core.ts'
import {
  decideCorrectTraining,
  decideRecordTraining,
  decideRemoveParticipant,
  decideSetParticipants,
  decideStrikeTraining,
  type Participant,
  type Training,
  type TrainingBody,
  type TrainingMode,
} from '#domain/prevention/training.ts'
import {
  CorrectTraining,
  RecordTraining,
  RemoveParticipant,
  SetParticipants,
  StrikeRecord,
} from '#wire/prevention.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { notFound } from '../problem.ts'
import type { WriteTx } from '../tx.ts'
import { countyOf } from './place.ts'

interface Row {
  readonly id: Uuid
  readonly version: number
  readonly institutionId: Uuid
  readonly mode: TrainingMode
  readonly sessions: number
  readonly struck: boolean
}

/** Readers who do not keep it may not lock it: they are told that it is not theirs, and others that it does not exist. */
const trainingFor = async (tx: WriteTx, id: Uuid): Promise<Training> => {
  const read = `select id, version, institution_id as "institutionId", mode, sessions, struck_at is not null as struck
    from training where id = $1`
  const [own] = await tx.sql<Row>(`${read} and institution_id = me_institution() for update`, [id])
  const row = own ?? (await tx.sql<Row>(read, [id]))[0]
  if (row === undefined) throw notFound()
  return row
}

const values = (body: TrainingBody, county: string | null): unknown[] => [
  body.municipality ?? null,
  county,
  body.title,
  body.topic,
  body.curriculum,
  body.mode,
  body.from,
  body.to,
  body.sessions,
  body.venue,
  body.organiser,
  body.funder,
  body.plan?.planId ?? null,
  body.plan?.uid ?? null,
]

export const recordTraining = command('training.record', RecordTraining, async (tx, cmd) => {
  const county = await countyOf(tx, cmd.body.municipality)
  const decision = decideRecordTraining(cmd.body, county, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'training', id: cmd.recordId, version: 0 }, decision.events)
  await tx.sql(
    `insert into training (id, version, institution_id, unit_id, entered_at, municipality, county, title, topic, curriculum, mode,
       from_day, to_day, sessions, venue, organiser, funder, plan_id, activity_uid)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [cmd.recordId, version, tx.actor.institutionId, tx.actor.unitId, tx.now, ...values(cmd.body, county)],
  )
  return done({ recordId: cmd.recordId, version })
})

export const correctTraining = command('training.correct', CorrectTraining, async (tx, cmd) => {
  const training = await trainingFor(tx, cmd.recordId)
  await mustBeFresh(tx, 'training', cmd, ['record'])
  const county = await countyOf(tx, cmd.body.municipality)
  const [most] = await tx.sql<{ n: number }>(
    'select coalesce(max(attended), 0)::int as n from training_participation where training_id = $1',
    [training.id],
  )
  const decision = decideCorrectTraining(training, cmd.body, county, most?.n ?? 0, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'training', id: training.id, version: training.version },
    decision.events,
  )
  await tx.sql(
    `update training set version = $2, municipality = $3, county = $4, title = $5, topic = $6, curriculum = $7, mode = $8,
       from_day = $9, to_day = $10, sessions = $11, venue = $12, organiser = $13, funder = $14, plan_id = $15, activity_uid = $16
     where id = $1`,
    [training.id, version, ...values(cmd.body, county)],
  )
  return done({ recordId: training.id, version })
})

export const strikeTraining = command('training.strike', StrikeRecord, async (tx, cmd) => {
  const training = await trainingFor(tx, cmd.recordId)
  const decision = decideStrikeTraining(training, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'training', id: training.id, version: training.version },
    decision.events,
  )
  await tx.sql('update training set struck_at = $2, version = $3 where id = $1', [
    training.id,
    tx.now,
    version,
  ])
  return done({ recordId: training.id, version })
})

/** Entry → person, for the entries named and for those that stand in the training. */
const people = async (tx: WriteTx, training: Uuid, named: readonly Uuid[]) => {
  const [known, present] = await Promise.all([
    tx.sql<{ id: Uuid; person: Uuid }>('select id, person from professional where id = any ($1::uuid[])', [
      named,
    ]),
    tx.sql<{ id: Uuid; person: Uuid }>(
      `select p.id, p.person from training_participation a join professional p on p.id = a.professional_id where a.training_id = $1`,
      [training],
    ),
  ])
  const map = (rows: readonly { id: Uuid; person: Uuid }[]) =>
    new Map(rows.map((row) => [row.id, row.person]))
  return { known: map(known), present: map(present) }
}

/** Writes or replaces participations; shared with courses passed. */
export const putParticipants = (
  tx: WriteTx,
  training: Uuid,
  participants: readonly Participant[],
): Promise<unknown> =>
  tx.sql(
    `insert into training_participation (training_id, professional_id, role, attended, before, after)
     select $1, (r ->> 'professionalId')::uuid, r ->> 'role', (r ->> 'attended')::int, (r ->> 'before')::smallint, (r ->> 'after')::smallint
     from jsonb_array_elements($2::jsonb) r
     on conflict (training_id, professional_id) do update set role = excluded.role, attended = excluded.attended,
       before = excluded.before, after = excluded.after`,
    [training, JSON.stringify(participants)],
  )

export const setParticipants = command('training.set_participants', SetParticipants, async (tx, cmd) => {
  const training = await trainingFor(tx, cmd.recordId)
  const named = cmd.body.participants.map((one) => one.professionalId)
  const { known, present } = await people(tx, training.id, named)
  const decision = decideSetParticipants(training, cmd.body, known, present, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'training', id: training.id, version: training.version },
    decision.events,
  )
  await putParticipants(tx, training.id, cmd.body.participants)
  await tx.sql('update training set version = $2 where id = $1', [training.id, version])
  return done({ recordId: training.id, version })
})

export const removeParticipant = command(
  'training.remove_participant',
  RemoveParticipant,
  async (tx, cmd) => {
    const training = await trainingFor(tx, cmd.recordId)
    const { present } = await people(tx, training.id, [])
    const decision = decideRemoveParticipant(
      training,
      cmd.body,
      present.has(cmd.body.professionalId),
      tx.stamp,
    )
    if (!decision.ok) return refused(decision.refusal)
    const version = await append(
      tx,
      { kind: 'training', id: training.id, version: training.version },
      decision.events,
    )
    await tx.sql('delete from training_participation where training_id = $1 and professional_id = $2', [
      training.id,
      cmd.body.professionalId,
    ])
    await tx.sql('update training set version = $2 where id = $1', [training.id, version])
    return done({ recordId: training.id, version })
  },
)
