/** Drawing a sample of files, reviewing them by the checklist, and mending what was found. */
import { openStatuses } from '#domain/case/state.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import { refuse } from '#domain/core.ts'
import { decideDraw, decideMended, decideReview, mayDraw, reviewForm } from '#domain/supervision/review.ts'
import type { Drawable } from '#domain/supervision/sampling.ts'
import {
  DrawReviews,
  type DrawView,
  ListDraws,
  ListReviews,
  Mended,
  ReviewFile,
  type ReviewView,
} from '#wire/supervision.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { recordBeside } from '../case/beside.ts'
import { lockCase, record } from '../case/store.ts'
import { command, done, refused } from '../command.ts'
import { endpoint } from '../endpoint.ts'
import { findForm } from '../form/store.ts'
import { invalid, notFound } from '../problem.ts'

export const drawReviews = command('supervision.draw_reviews', DrawReviews, async (tx, cmd) => {
  const { body } = cmd
  const { actor } = tx
  if (!mayDraw(actor)) return refused(refuse('not_allowed').refusal)
  const unitId = actor.role === 'cpu_head' ? actor.unitId : null
  const municipality = unitId === null ? body.municipality : actor.municipality
  const population = await tx.sql<Drawable>(
    `select id, coalesce(manager_id::text, 'nobody') || '|' || coalesce(risk_level, 'none') as stratum from case_file
     where status = any ($1) and ($2::uuid is null or unit_id = $2) and ($3::text is null or municipality = $3)
       and manager_id is distinct from $4 and deputy_id is distinct from $4
       and (manager_id is null or manager_id <> all ((select stood_in_for())::uuid[]))`,
    [[...openStatuses, 'FOLLOW_UP'], unitId, municipality, actor.userId],
  )
  const decision = decideDraw(
    {
      population,
      unitId,
      municipality,
      size: body.size,
      dueOn: body.dueOn,
      today: tiranaDay(tx.now),
      seed: tx.stamp.newId(),
    },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  const version = await append(
    tx,
    { kind: 'case_review_draw', id: cmd.recordId, version: 0 },
    decision.events,
  )
  const facts = event!.facts
  await tx.sql(
    `insert into case_review_draw (id, version, unit_id, municipality, drawn_by, drawn_at, seed, size, population, strata, due_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      cmd.recordId,
      version,
      unitId,
      municipality,
      actor.userId,
      tx.now,
      facts.seed,
      facts.size,
      facts.population,
      facts.strata,
      facts.dueOn,
    ],
  )
  await tx.sql(
    `insert into case_review (id, draw_id, case_id, stratum, reviewer_id)
     select r.id, $1, r."caseId", r.stratum, $2 from jsonb_to_recordset($3::jsonb) as r (id uuid, "caseId" uuid, stratum text)`,
    [cmd.recordId, actor.userId, JSON.stringify(decision.drawn)],
  )
  recordAccess(tx, {
    act: 'list',
    kind: 'case_file',
    ids: facts.reviews.map((one) => one.caseId),
    tier: 'T2',
  })
  return done({
    recordId: cmd.recordId,
    version,
    reply: { drawn: facts.size, of: facts.population, reviews: facts.reviews.map((one) => one.reviewId) },
  })
})

export const reviewFile = command('supervision.review_file', ReviewFile, async (tx, cmd) => {
  const [review] = await tx.sql<{ caseId: Uuid; reviewerId: Uuid; done: boolean }>(
    'select case_id as "caseId", reviewer_id as "reviewerId", done_at is not null as done from case_review where id = $1',
    [cmd.recordId],
  )
  if (review === undefined) throw notFound()
  const s = await lockCase(tx, review.caseId)
  // Asked again under the lock of the case: two copies of the reviewer are no two reviews.
  const [again] = await tx.sql<{ done: boolean }>(
    'select done_at is not null as done from case_review where id = $1',
    [cmd.recordId],
  )
  const form = await findForm(tx, reviewForm, cmd.body.formVersion)
  if (form === undefined) throw invalid({ field: 'body.body.formVersion', code: 'unknown_code' })
  if (form.effectiveFrom > tiranaDay(tx.now))
    return refused(refuse('form_not_in_force', 'formVersion').refusal)
  const decision = decideReview(
    s,
    { id: cmd.recordId, reviewerId: review.reviewerId, done: review.done || again?.done === true },
    { ...cmd.body, today: tiranaDay(tx.now) },
    form,
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const after = await record(tx, s, [decision.assessment])
  const version = await recordBeside(tx, after, [{ event: decision.reviewed, subject: cmd.recordId }])
  const { facts } = decision.reviewed
  tx.later('update case_review set assessment_id = $2, done_at = $3, met = $4, asked = $5 where id = $1', [
    cmd.recordId,
    facts.assessmentId,
    tx.now,
    facts.met,
    facts.asked,
  ])
  for (const [n, one] of facts.actions.entries())
    tx.later(
      'insert into case_review_action (id, review_id, case_id, n, kind, owner_id, due_on) values ($1, $2, $3, $4, $5, $6, $7)',
      [one.actionId, cmd.recordId, s.id, n, one.kind, one.ownerId, one.dueOn],
    )
  return done({ recordId: cmd.recordId, version, reply: { met: facts.met, asked: facts.asked } })
})

export const mended = command('supervision.mended', Mended, async (tx, cmd) => {
  const find = () =>
    tx.sql<{ caseId: Uuid; reviewId: Uuid; done: boolean }>(
      'select case_id as "caseId", review_id as "reviewId", done_on is not null as done from case_review_action where id = $1',
      [cmd.recordId],
    )
  const [found] = await find()
  if (found === undefined) throw notFound()
  const s = await lockCase(tx, found.caseId)
  const [action] = await find()
  const today = tiranaDay(tx.now)
  const decision = decideMended(s, { id: cmd.recordId, done: action?.done === true }, today, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await recordBeside(tx, s, [{ event: decision.events[0]!, subject: found.reviewId }])
  tx.later('update case_review_action set done_on = $2 where id = $1', [cmd.recordId, today])
  return done({ recordId: cmd.recordId, version })
})

export const listDraws = endpoint({
  method: 'GET',
  url: '/api/supervision/draws',
  wire: ListDraws,
  handle: async (tx) => ({
    items: await tx.sql<DrawView>(
      `select d.id, d.unit_id as "unitId", d.municipality, u.display_name as "drawnBy", d.drawn_at as "drawnAt", d.seed, d.size,
         d.population, d.strata, d.due_on::text as "dueOn", r.done, r.percent
       from case_review_draw d left join app_user u on u.id = d.drawn_by,
         lateral (select count(*) filter (where done_at is not null)::int as done,
           round(100.0 * sum(met) / nullif(sum(asked), 0))::int as percent from case_review where draw_id = d.id) r
       order by d.drawn_at desc, d.id limit 100`,
    ),
  }),
})

type Row = Omit<ReviewView, 'mends'> & { readonly mends: ReviewView['mends'] }

export const listReviews = endpoint({
  method: 'GET',
  url: '/api/supervision/reviews',
  wire: ListReviews,
  handle: async (tx, { query }) => {
    const asked = query.draw ?? query.case ?? query.review
    if (asked === undefined) return { items: [] }
    const rows = await tx.sql<Row>(
      `select r.id, r.draw_id as "drawId", r.case_id as "caseId", c.code, c.status, c.risk_level as risk, m.display_name as "managerName",
         r.reviewer_id as "reviewerId", v.display_name as "reviewerName", d.due_on::text as "dueOn", r.done_at as "doneAt",
         r.assessment_id as "assessmentId", r.met, r.asked,
         coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'ownerId', a.owner_id, 'ownerName', o.display_name,
             'dueOn', a.due_on, 'doneOn', a.done_on, 'text', (select t.body #>> '{}' from case_text t where t.case_id = a.case_id
               and t.subject_id = r.id and t.name = 'mend' || a.n order by t.at limit 1)) order by a.n)
           from case_review_action a left join app_user o on o.id = a.owner_id where a.review_id = r.id), '[]') as mends
       from case_review r join case_file c on c.id = r.case_id left join case_review_draw d on d.id = r.draw_id
         left join app_user m on m.id = c.manager_id left join app_user v on v.id = r.reviewer_id
       where ($1::uuid is null or r.draw_id = $1) and ($2::uuid is null or r.case_id = $2) and ($3::uuid is null or r.id = $3)
       order by r.done_at is not null, c.code, r.id limit 200`,
      [query.draw ?? null, query.case ?? null, query.review ?? null],
    )
    const ids = [...new Set(rows.map((row) => row.caseId))]
    if (ids.length > 0) {
      const words = rows.some((row) => row.mends.some((one) => one.text !== null))
      recordAccess(tx, { act: 'list', kind: 'case_file', ids, tier: words ? 'T3' : 'T2' })
    }
    return { items: rows }
  },
})
