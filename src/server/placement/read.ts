/** Where the child of one case lives and lived, as far as its reader's tier reaches. */
import type { z } from 'zod'
import { caseTier, gate, scopeOf } from '#domain/case/policy.ts'
import type { Uuid } from '#domain/core.ts'
import { lastStep, nextSteps } from '#domain/placement/steps.ts'
import { ReadPlacements } from '#wire/placement.ts'
import { recordAccess } from '../access.ts'
import { asText, wordsUnder } from '../case/beside.ts'
import { getCase } from '../case/store.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { bedsWaiting, consentsOf, takesOf } from './world.ts'

type View = z.input<typeof ReadPlacements.reply>
type Of<K extends keyof View> = View[K] extends readonly (infer T)[] ? T : never
type Row = Omit<
  Of<'placements'>,
  'purpose' | 'childWords' | 'siblingsWhy' | 'ending' | 'place' | 'reviews' | 'visits'
>
type Below<T> = T & { readonly id: Uuid; readonly placementId: Uuid }
type Review = Below<Omit<Of<'placements'>['reviews'][number], 'findings' | 'childWords'>>
type Visit = Below<Omit<Of<'placements'>['visits'][number], 'findings' | 'childWords'>>
type Step = Omit<Of<'leaving'>['steps'][number], 'text' | 'remark'> & { readonly leavingId: Uuid }

/** Bounded: a child with a hundred placements is a mistake. */
const most = 100

const placeOf = (value: unknown): { name: string | null; address: string | null } | null => {
  if (value === null || typeof value !== 'object') return null
  const { name, address } = value as { name?: unknown; address?: unknown }
  return {
    name: typeof name === 'string' ? name : null,
    address: typeof address === 'string' ? address : null,
  }
}

const none: View['choices'] = {
  measures: [],
  courts: [],
  consents: [],
  beds: [],
  representatives: [],
  siblings: 0,
}
const choicesFor = async (tx: Tx, id: Uuid): Promise<View['choices']> => {
  const [measures, courts, consents, beds, people, [family]] = await Promise.all([
    tx.sql<View['choices']['measures'][number]>(
      `select id, kind, until_day as until from protection_measure where case_id = $1 and status in
         ('emergency_issued', 'court_filed', 'court_confirmed', 'in_force', 'under_review')
         and (kind = 'emergency' or status in ('court_confirmed', 'in_force', 'under_review')) order by proposed_at desc, id limit 20`,
      [id],
    ),
    tx.sql<View['choices']['courts'][number]>(
      `select id, matter, decided_on as "decidedOn" from court_case where case_id = $1 and outcome in ('granted', 'partly')
         and stage in ('decided', 'appealed', 'final') order by decided_on desc, id limit 20`,
      [id],
    ),
    consentsOf(tx, id),
    bedsWaiting(tx),
    tx.sql<{ id: Uuid; name: string }>(
      `select r.id, coalesce(t.body ->> 'name', '') as name from representative r join case_text t on t.case_id = r.case_id
         and t.subject_id = r.id and t.name = 'representative'
       where r.case_id = $1 and r.kind = 'legal_guardian' and r.ended_on is null order by r.at desc limit 10`,
      [id],
    ),
    tx.sql<{ n: number }>(
      `select count(*)::int as n from family_case me join family_case f on f.family_id = me.family_id and f.left_at is null
         and f.case_id <> me.case_id join case_file c on c.id = f.case_id where me.case_id = $1 and me.left_at is null`,
      [id],
    ),
  ])
  return {
    measures,
    courts,
    consents: consents
      .filter((one) => one.withdrawnAt === null && (one.validUntil === null || one.validUntil > tx.now))
      .map(({ id: consent, capacity, givenAt }) => ({ id: consent, capacity, givenAt })),
    beds: beds.map((bed) => ({
      id: bed.holdId,
      code: bed.code,
      name: bed.nameSq === null || bed.nameEn === null ? null : { sq: bed.nameSq, en: bed.nameEn },
      sort: bed.kind,
      takes: [...takesOf(bed)],
      sex: bed.sex,
      ageBand: bed.ageBand,
      confirmed: bed.state === 'CONFIRMED',
      expiresAt: bed.expiresAt,
    })),
    representatives: people,
    siblings: family?.n ?? 0,
  }
}

const readPlacements = endpoint({
  method: 'GET',
  url: '/api/cases/{id}/placements',
  wire: ReadPlacements,
  handle: async (tx, { params }): Promise<View> => {
    const s = await getCase(tx, params.id)
    const tier = caseTier(tx.actor, scopeOf(s))
    if (tier === 0) throw notFound()
    const mayPlan =
      gate('plan_placement', tx.actor, s) === null || gate('take_care_step', tx.actor, s) === null
    const [rows, reviews, visits, exits, steps, plans, planSteps, choices] = await Promise.all([
      tx.sql<Row>(
        `select id, kind, status, basis, from_day as "from", until_day as until, child_view as "childView", siblings,
           family_told as "familyTold", registered, hidden, started_at as "startedAt", ended_at as "endedAt",
           end_reason as "endReason", moved_to as "movedTo", review_on as "reviewOn", visit_on as "visitOn"
         from placement where case_id = $1 order by coalesce(started_at, at) desc, id desc limit ${most}`,
        [s.id],
      ),
      tx.sql<Review>(
        `select id, placement_id as "placementId", reviewed_on as "reviewedOn", outcome, child_view as "childView",
           next_on as "nextOn" from placement_review where case_id = $1 order by reviewed_on desc, id desc limit ${most}`,
        [s.id],
      ),
      tx.sql<Visit>(
        `select id, placement_id as "placementId", visited_on as "visitedOn", seen, concern, next_on as "nextOn"
         from placement_visit where case_id = $1 order by visited_on desc, id desc limit ${most}`,
        [s.id],
      ),
      tx.sql<View['exits'][number]>(
        `select month, due, done_at as "doneAt", seen_on as "seenOn", safe from placement_exit_visit
         where case_id = $1 and not dropped order by due, month limit ${most}`,
        [s.id],
      ),
      tx.sql<Omit<View['steps'][number], 'act' | 'remark' | 'childWords'>>(
        `select id, track, step, on_day as "on", body from care_step where case_id = $1 order by on_day desc, at desc, id desc limit ${most}`,
        [s.id],
      ),
      tx.sql<Omit<View['leaving'][number], 'why' | 'steps'>>(
        `select id, goal, target_on as "targetOn", made_on as "madeOn", outcome, ended_on as "endedOn" from leaving_plan
         where case_id = $1 order by outcome is not null, made_on desc, id limit ${most}`,
        [s.id],
      ),
      tx.sql<Step>(
        `select id, leaving_id as "leavingId", due, status, done_on as "doneOn" from leaving_step where case_id = $1
         order by due, id limit ${most * 4}`,
        [s.id],
      ),
      mayPlan ? choicesFor(tx, s.id) : none,
    ])
    const words = await wordsUnder(
      tx,
      s.id,
      [...rows, ...reviews, ...visits, ...steps, ...plans, ...planSteps].map((row) => row.id),
    )
    const text = (id: Uuid, name: string) => asText(words(id, name))
    recordAccess(tx, { act: 'read', kind: 'case_file', ids: [s.id], tier: `T${tier}` })
    return {
      placements: rows.map((row) => ({
        ...row,
        purpose: text(row.id, 'purpose'),
        childWords: text(row.id, 'childWords'),
        siblingsWhy: text(row.id, 'siblingsWhy'),
        ending: text(row.id, 'ending'),
        place: placeOf(words(row.id, 'place')),
        reviews: reviews
          .filter((one) => one.placementId === row.id)
          .map((one) => ({
            ...one,
            findings: text(one.id, 'findings'),
            childWords: text(one.id, 'childWords'),
          })),
        visits: visits
          .filter((one) => one.placementId === row.id)
          .map((one) => ({
            ...one,
            findings: text(one.id, 'findings'),
            childWords: text(one.id, 'childWords'),
          })),
      })),
      exits,
      steps: steps.map((row) => ({
        ...row,
        act: text(row.id, 'act'),
        remark: text(row.id, 'remark'),
        childWords: text(row.id, 'childWords'),
      })),
      next: {
        guardianship: [...nextSteps(lastStep(s, 'guardianship'), 'guardianship')],
        adoption: [...nextSteps(lastStep(s, 'adoption'), 'adoption')],
      },
      leaving: plans.map((plan) => ({
        ...plan,
        why: text(plan.id, 'why'),
        steps: planSteps
          .filter((one) => one.leavingId === plan.id)
          .map((one) => ({ ...one, text: text(one.id, 'text'), remark: text(one.id, 'remark') })),
      })),
      choices,
    }
  },
})
export const readEndpoints: readonly Endpoint[] = [readPlacements]
