/** How a proceeding goes on: one stage after the other, never skipped, never back but by a named reopening. */
import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, refuse, type Stamp, type Uuid } from '../core.ts'
import type { Refusal } from '../refusal.ts'
import { type ActDays, type Article, articleBar } from './articles.ts'
import { mayDo, mayOpenProceeding, type ProceedingAction, policeRoles } from './policy.ts'
import {
  type ArticleSet,
  type Closed,
  type ClosedReason,
  closedReasons,
  type Moved,
  type Opened,
  type Origin,
  type Outcome,
  type Proceeding,
  type Referred,
  type Reopened,
  type ReopenGround,
  type Stage,
  stages,
} from './state.ts'

const rank = (stage: Stage): number => stages.indexOf(stage)

/** Stages that may follow this one. */
export const nextStages = (p: Pick<Proceeding, 'stage' | 'outcome'>): readonly Stage[] => {
  switch (p.stage) {
    case 'judgment':
      return ['appeal', 'final']
    case 'final':
      return p.outcome === 'acquitted' ? [] : ['execution']
    case 'execution':
    case 'closed':
      return []
    default:
      return [stages[rank(p.stage) + 1]!]
  }
}

/** Stages to which it can be taken back: those it has been in. */
export const earlierStages = (p: Pick<Proceeding, 'stage' | 'closedFrom'>): readonly Stage[] => {
  const last = p.stage === 'closed' ? rank(p.closedFrom ?? 'report') : rank(p.stage) - 1
  return stages.slice(p.closedFrom === 'report' ? 0 : 1, last + 1)
}

/** Reasons for which it may end where it stands now. */
export const reasonsAt = (p: Pick<Proceeding, 'stage' | 'outcome'>): readonly ClosedReason[] =>
  (Object.keys(closedReasons) as ClosedReason[]).filter(
    (reason) =>
      (closedReasons[reason] as readonly Stage[]).includes(p.stage) &&
      (reason !== 'acquitted' || p.outcome === 'acquitted'),
  )

/** Days of acts: never ahead, never before the stage that stands. */
export const dayBar = (on: Day, after: Day | null, stamp: Stamp, field = 'on'): Refusal | null => {
  if (on > tiranaDay(stamp.now)) return { code: 'in_future', field }
  return after !== null && on < after
    ? { code: 'proceeding_day_before', field, params: { day: after } }
    : null
}

export const actBar = (p: Proceeding, action: ProceedingAction, stamp: Stamp): Refusal | null =>
  mayDo(stamp.actor, p, action) ? null : { code: 'not_allowed' }
const no = (refusal: Refusal) => ({ ok: false as const, refusal })

export interface OpenProceeding extends ActDays {
  readonly origin: Origin
  readonly on: Day
  readonly article: string
  /** The office that is to hold it, where the police register it and refer it at once. */
  readonly officeUnit: Uuid | null
}

/** The police register a report; a prosecutor begins with the investigation. */
export const decideOpen = (
  body: OpenProceeding,
  world: { readonly code: string; readonly articles: readonly Article[] },
  texts: { readonly number: string | undefined; readonly facts: string },
  stamp: Stamp,
): Decision<Opened | ArticleSet> => {
  const { actor } = stamp
  if (!mayOpenProceeding(actor)) return refuse('not_allowed')
  const police = policeRoles.includes(actor.role)
  const today = tiranaDay(stamp.now)
  if (body.actFrom > today) return refuse('in_future', 'actFrom')
  if (body.actUntil !== null && body.actUntil > today) return refuse('in_future', 'actUntil')
  if (body.actUntil !== null && body.actUntil < body.actFrom)
    return refuse('proceeding_day_before', 'actUntil', { day: body.actFrom })
  const late = dayBar(body.on, body.actFrom, stamp)
  if (late) return no(late)
  const bar = articleBar(world.articles, body.article, body)
  if (bar) return no(bar)
  return accept<Opened | ArticleSet>(
    {
      type: 'ProceedingOpened',
      v: 1,
      facts: {
        code: world.code,
        origin: body.origin,
        on: body.on,
        stage: police ? 'report' : 'investigation',
        policeUnit: police ? actor.unitId : null,
        officeUnit: police ? body.officeUnit : actor.unitId,
        actFrom: body.actFrom,
        actUntil: body.actUntil,
      },
      parts: [
        ...(texts.number === undefined ? [] : [{ tier: 'T3' as const, name: 'number', body: texts.number }]),
        { tier: 'T3', name: 'facts', body: texts.facts },
      ],
    },
    {
      type: 'ProceedingArticleSet',
      v: 1,
      facts: { articleId: stamp.newId(), article: body.article, on: body.on, replaces: null },
      touches: ['articles'],
    },
  )
}

/** A further article, or one in the place of another (requalification): what was charged before stays in the history. */
export const decideSetArticle = (
  p: Proceeding,
  body: {
    readonly article: string
    readonly replaces: Uuid | null
    readonly on: Day
    readonly reason?: string | undefined
  },
  articles: readonly Article[],
  stamp: Stamp,
): Decision<ArticleSet> => {
  const bar =
    actBar(p, 'set_article', stamp) ??
    (p.stage === 'closed' ? ({ code: 'wrong_state', params: { state: p.stage } } as const) : null) ??
    dayBar(body.on, p.actFrom, stamp) ??
    articleBar(articles, body.article, p)
  if (bar) return no(bar)
  const before = p.articles.find((one) => one.id === body.replaces)
  if (body.replaces !== null && (before === undefined || before.until !== null))
    return refuse('proceeding_article_unknown', 'replaces', { article: before?.code ?? '' })
  if (p.articles.some((one) => one.until === null && one.code === body.article))
    return refuse('proceeding_article_twice', 'article', { article: body.article })
  if (body.replaces !== null && (body.reason ?? '').trim() === '') return refuse('reason_required', 'reason')
  return accept({
    type: 'ProceedingArticleSet',
    v: 1,
    facts: { articleId: stamp.newId(), article: body.article, on: body.on, replaces: body.replaces },
    ...(body.reason === undefined
      ? {}
      : { parts: [{ tier: 'T3' as const, name: 'reason', body: body.reason }] }),
    touches: ['articles'],
  })
}

export interface MoveProceeding {
  readonly to: Stage
  readonly on: Day
  readonly outcome?: Outcome | undefined
}

export const decideMove = (p: Proceeding, body: MoveProceeding, stamp: Stamp): Decision<Moved> => {
  const bar = actBar(p, 'move', stamp)
  if (bar) return no(bar)
  if (p.stage === 'closed' || body.to === 'closed') return refuse('wrong_state', 'to', { state: p.stage })
  if (!nextStages(p).includes(body.to)) {
    const back = rank(body.to) <= rank(p.stage)
    return refuse(back ? 'proceeding_stage_back' : 'proceeding_stage_skipped', 'to', {
      from: p.stage,
      to: body.to,
    })
  }
  const day = dayBar(body.on, p.stageOn, stamp)
  if (day) return no(day)
  if (body.to !== 'investigation' && p.articles.every((one) => one.until !== null))
    return refuse('proceeding_no_article', 'to')
  const decides = body.to === 'judgment' || (p.stage === 'appeal' && body.to === 'final')
  if (decides !== (body.outcome !== undefined)) return refuse('proceeding_outcome_needed', 'outcome')
  return accept({
    type: 'ProceedingMoved',
    v: 1,
    facts: { from: p.stage, to: body.to, on: body.on, outcome: body.outcome ?? p.outcome },
    touches: ['stage'],
  })
}

export const decideClose = (
  p: Proceeding,
  body: { readonly reason: ClosedReason; readonly on: Day; readonly words: string },
  stamp: Stamp,
): Decision<Closed> => {
  const bar = actBar(p, 'close', stamp)
  if (bar) return no(bar)
  if (p.stage === 'closed') return refuse('wrong_state', undefined, { state: p.stage })
  if (!reasonsAt(p).includes(body.reason))
    return refuse('proceeding_reason_not_here', 'reason', { stage: p.stage })
  const day = dayBar(body.on, p.stageOn, stamp)
  if (day) return no(day)
  return accept({
    type: 'ProceedingClosed',
    v: 1,
    facts: { from: p.stage, reason: body.reason, on: body.on },
    parts: [{ tier: 'T3', name: 'words', body: body.words }],
    touches: ['stage'],
  })
}

/** Back to a stage it has been in, on a ground and by an act that are named. */
export const decideReopen = (
  p: Proceeding,
  body: { readonly to: Stage; readonly ground: ReopenGround; readonly act: string; readonly on: Day },
  stamp: Stamp,
): Decision<Reopened> => {
  const bar = actBar(p, 'reopen', stamp)
  if (bar) return no(bar)
  if (!earlierStages(p).includes(body.to)) return refuse('proceeding_not_earlier', 'to', { stage: p.stage })
  const day = dayBar(body.on, p.stageOn, stamp)
  if (day) return no(day)
  return accept({
    type: 'ProceedingReopened',
    v: 1,
    facts: { from: p.stage, to: body.to, ground: body.ground, on: body.on },
    parts: [{ tier: 'T3', name: 'act', body: body.act }],
    touches: ['stage'],
  })
}

/** To the office that the article belongs to. Whoever gives it away loses sight of it; the police who registered it do not. */
export const decideRefer = (
  p: Proceeding,
  body: { readonly toUnit: Uuid; readonly article: string; readonly on: Day; readonly reason: string },
  world: { readonly office: boolean },
  stamp: Stamp,
): Decision<Referred> => {
  const bar = actBar(p, 'refer', stamp)
  if (bar) return no(bar)
  if (p.stage === 'closed') return refuse('wrong_state', undefined, { state: p.stage })
  if (!world.office || body.toUnit === p.officeUnit) return refuse('proceeding_no_office', 'toUnit')
  if (!p.articles.some((one) => one.until === null && one.code === body.article))
    return refuse('proceeding_article_unknown', 'article', { article: body.article })
  const day = dayBar(body.on, p.stageOn, stamp)
  if (day) return no(day)
  return accept({
    type: 'ProceedingReferred',
    v: 1,
    facts: {
      fromUnit: p.officeUnit ?? p.policeUnit,
      toUnit: body.toUnit,
      article: body.article,
      on: body.on,
    },
    parts: [{ tier: 'T3', name: 'reason', body: body.reason }],
    touches: ['office'],
  })
}

/** What the events make of the stage; the rest of the state lies in rows of its own. */
export const applyStage = (p: Proceeding, event: Moved | Closed | Reopened): Proceeding => {
  switch (event.type) {
    case 'ProceedingMoved':
      return { ...p, stage: event.facts.to, stageOn: event.facts.on, outcome: event.facts.outcome }
    case 'ProceedingClosed':
      return {
        ...p,
        stage: 'closed',
        stageOn: event.facts.on,
        closedFrom: event.facts.from,
        closedReason: event.facts.reason,
      }
    case 'ProceedingReopened':
      return {
        ...p,
        stage: event.facts.to,
        stageOn: event.facts.on,
        closedFrom: null,
        closedReason: null,
        // What was judged is judged again.
        outcome: rank(event.facts.to) < rank('judgment') ? null : p.outcome,
      }
  }
}
