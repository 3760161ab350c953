/**
 * Recommendations and corrective measures of a meeting: OPEN → IN_PROGRESS → DONE, or DROPPED with a reason. Each has an owner
 * and a day; lateness is reckoned as of a day, so that an old plan can be looked at as it stood.
 */
import { daysBetween, tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, type Part, refuse, type Stamp, type Uuid } from '../core.ts'
import type { Institution } from './members.ts'
import { owns, runs } from './policy.ts'
import type {
  Body,
  Meeting,
  Recommendation,
  RecommendationDone,
  RecommendationDropped,
  RecommendationEvent,
  RecommendationKind,
  RecommendationMade,
  RecommendationStarted,
} from './state.ts'

/** Days past its day: of one that is done, how late it was done; of one that was dropped, none. */
export const lateness = (one: Pick<Recommendation, 'status' | 'dueOn' | 'doneOn'>, asOf: Day): number => {
  if (one.status === 'DROPPED') return 0
  // Seen from before it was done, it was still open.
  const until = one.doneOn !== null && one.doneOn <= asOf ? one.doneOn : asOf
  return Math.max(0, daysBetween(one.dueOn, until))
}

export interface Make {
  readonly kind: RecommendationKind
  readonly text: string
  readonly owner: string
  readonly county?: string | undefined
  readonly municipality?: string | undefined
  readonly dueOn: Day
}

/** @param code printed code, e.g. `KRAT-11-2026-3-R1`. */
export function decideMake(
  body: Body,
  meeting: Meeting,
  institution: Institution | null,
  code: string,
  asked: Make,
  stamp: Stamp,
): Decision<RecommendationMade> {
  const today = tiranaDay(stamp.now)
  if (!runs(stamp.actor, body.seats, today)) return refuse('not_allowed')
  if (meeting.state !== 'HELD') return refuse('wrong_state', undefined, { state: meeting.state })
  if (institution === null) return refuse('body_institution_unknown', 'owner')
  if (asked.dueOn < today) return refuse('recommendation_due_passed', 'dueOn')
  const county = institution.level === 'national' ? null : (body.county ?? asked.county ?? null)
  const municipality =
    institution.level === 'municipality' ? (body.municipality ?? asked.municipality ?? null) : null
  if (institution.level !== 'national' && county === null) return refuse('body_place_missing', 'county')
  if (institution.level === 'municipality' && municipality === null)
    return refuse('body_place_missing', 'municipality')
  return accept<RecommendationMade>({
    type: 'RecommendationMade',
    v: 1,
    facts: {
      bodyId: body.id,
      meetingId: meeting.id,
      code,
      kind: asked.kind,
      owner: institution.code,
      county,
      municipality,
      madeOn: today,
      dueOn: asked.dueOn,
    },
    parts: [{ tier: 'T3', name: 'text', body: asked.text }],
    touches: ['status'],
  })
}

export type RecommendationAct =
  | { readonly act: 'start'; readonly note?: string | undefined }
  | { readonly act: 'finish'; readonly doneOn: Day; readonly note: string }
  | { readonly act: 'drop'; readonly reason: string }

const note = (body: string | undefined): readonly Part[] =>
  body === undefined ? [] : [{ tier: 'T3', name: 'note', body }]

/** The owner works on it and says when it is done; only the body that made it drops it. */
export function decideRecommendation(
  body: Body | null,
  one: Recommendation,
  asked: RecommendationAct,
  stamp: Stamp,
): Decision<RecommendationEvent> {
  const today = tiranaDay(stamp.now)
  const leads = body !== null && runs(stamp.actor, body.seats, today)
  if (!leads && (asked.act === 'drop' || !owns(stamp.actor, one.owner))) return refuse('not_allowed')
  const open = one.status === 'OPEN' || one.status === 'IN_PROGRESS'
  if (!open || (asked.act === 'start' && one.status !== 'OPEN'))
    return refuse('wrong_state', undefined, { state: one.status })
  switch (asked.act) {
    case 'start':
      return accept<RecommendationStarted>({
        type: 'RecommendationStarted',
        v: 1,
        facts: { at: stamp.now },
        parts: note(asked.note),
        touches: ['status'],
      })
    case 'finish':
      if (asked.doneOn > today) return refuse('in_future', 'doneOn')
      if (asked.doneOn < one.madeOn) return refuse('recommendation_done_before_made', 'doneOn')
      return accept<RecommendationDone>({
        type: 'RecommendationDone',
        v: 1,
        facts: {
          doneOn: asked.doneOn,
          late: lateness({ status: 'DONE', dueOn: one.dueOn, doneOn: asked.doneOn }, asked.doneOn),
        },
        parts: note(asked.note),
        touches: ['status'],
      })
    case 'drop':
      if (asked.reason.trim() === '') return refuse('reason_required', 'reason')
      return accept<RecommendationDropped>({
        type: 'RecommendationDropped',
        v: 1,
        facts: { at: stamp.now },
        parts: note(asked.reason),
        touches: ['status'],
      })
  }
}

/** Folds one event; `null` before the first. The owner's role is not in the event: the list of institutions knows it. */
export function applyRecommendation(
  before: Recommendation | null,
  id: Uuid,
  event: RecommendationEvent,
): Recommendation {
  switch (event.type) {
    case 'RecommendationMade': {
      const { bodyId, owner, county, municipality, madeOn, dueOn } = event.facts
      return {
        id,
        version: 1,
        bodyId,
        owner: { code: owner, role: null, answered: false, county, municipality },
        madeOn,
        dueOn,
        status: 'OPEN',
        doneOn: null,
      }
    }
    case 'RecommendationStarted':
      return { ...before!, version: before!.version + 1, status: 'IN_PROGRESS' }
    case 'RecommendationDone':
      return { ...before!, version: before!.version + 1, status: 'DONE', doneOn: event.facts.doneOn }
    case 'RecommendationDropped':
      return { ...before!, version: before!.version + 1, status: 'DROPPED' }
  }
}
