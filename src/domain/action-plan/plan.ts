/**
 * A plan's life: a text is brought in, a second person approves it, and from then on it changes only by an amendment
 * that says why and is approved in turn. The texts themselves lie in their tables; the chain keeps their digest.
 */
import { accept, type Decision, type DomainEvent, refuse, type Stamp, type Uuid } from '../core.ts'
import { mayApprovePlan, mayWritePlan, type PlanScope } from './policy.ts'

export interface PlanState {
  readonly scope: PlanScope
  readonly status: 'draft' | 'approved' | 'superseded'
  /** 0 while nothing was approved. */
  readonly currentVersion: number
  readonly lastVersion: number
  readonly draft: { readonly version: number; readonly authorId: Uuid | null } | null
}

export type PlanImported = DomainEvent<
  'PlanImported',
  {
    readonly slug: string
    readonly kind: string
    readonly planVersion: number
    readonly activities: number
    readonly digest: string
  }
>
export type PlanAmended = DomainEvent<
  'PlanAmended',
  {
    readonly planVersion: number
    readonly amends: number
    readonly activities: number
    readonly digest: string
  }
>
export type PlanApproved = DomainEvent<
  'PlanApproved',
  { readonly planVersion: number; readonly supersedes: number; readonly authorId: Uuid | null }
>
export type PlanDraftDiscarded = DomainEvent<'PlanDraftDiscarded', { readonly planVersion: number }>
export type PlanEvent = PlanImported | PlanAmended | PlanApproved | PlanDraftDiscarded

/** What the world knows of the text that is brought in. */
export interface NewText {
  readonly activities: number
  /** Faults that the content still has; a text with faults is never kept. */
  readonly faults: number
  /** SHA-256 of the content and the reason. */
  readonly digest: string
}

const faulty = (text: NewText) => refuse('action_plan_content', 'content', { count: text.faults })

/** A new plan, or another text for a plan that was never approved. */
export const decideImport = (
  known: PlanState | null,
  plan: { readonly slug: string; readonly scope: PlanScope; readonly parentKnown: boolean },
  text: NewText,
  stamp: Stamp,
): Decision<PlanImported> => {
  if (!mayWritePlan(stamp.actor, known?.scope ?? plan.scope)) return refuse('not_allowed')
  if (known !== null && known.currentVersion > 0) return refuse('action_plan_needs_amendment')
  if (!plan.parentKnown) return refuse('action_plan_parent', 'parent')
  if (text.faults > 0) return faulty(text)
  return accept({
    type: 'PlanImported',
    v: 1,
    facts: {
      slug: plan.slug,
      kind: plan.scope.kind,
      planVersion: known?.draft?.version ?? (known?.lastVersion ?? 0) + 1,
      activities: text.activities,
      digest: text.digest,
    },
    touches: ['content'],
  })
}

/** A new version of an approved plan, waiting for approval. Another person's waiting draft is not overwritten. */
export const decideAmend = (
  plan: PlanState,
  text: NewText & { readonly changes: boolean },
  stamp: Stamp,
): Decision<PlanAmended> => {
  if (!mayWritePlan(stamp.actor, plan.scope)) return refuse('not_allowed')
  if (plan.currentVersion === 0) return refuse('action_plan_not_approved')
  if (plan.draft !== null && plan.draft.authorId !== stamp.actor.userId)
    return refuse('action_plan_other_draft')
  if (text.faults > 0) return faulty(text)
  if (!text.changes) return refuse('action_plan_nothing_changes')
  return accept({
    type: 'PlanAmended',
    v: 1,
    facts: {
      planVersion: plan.draft?.version ?? plan.lastVersion + 1,
      amends: plan.currentVersion,
      activities: text.activities,
      digest: text.digest,
    },
    touches: ['content'],
  })
}

/** The draft becomes the plan. Whoever wrote it is not asked. */
export const decideApprove = (
  plan: PlanState,
  body: { readonly planVersion: number },
  stamp: Stamp,
): Decision<PlanApproved> => {
  const { draft } = plan
  if (draft === null || draft.version !== body.planVersion) return refuse('action_plan_no_draft')
  if (draft.authorId === stamp.actor.userId) return refuse('needs_second_person')
  if (!mayApprovePlan(stamp.actor, plan.scope, draft.authorId)) return refuse('not_allowed')
  return accept({
    type: 'PlanApproved',
    v: 1,
    facts: { planVersion: draft.version, supersedes: plan.currentVersion, authorId: draft.authorId },
    touches: ['content'],
  })
}

export const decideDiscard = (
  plan: PlanState,
  body: { readonly planVersion: number },
  stamp: Stamp,
): Decision<PlanDraftDiscarded> => {
  if (!mayWritePlan(stamp.actor, plan.scope)) return refuse('not_allowed')
  if (plan.draft === null || plan.draft.version !== body.planVersion) return refuse('action_plan_no_draft')
  return accept({
    type: 'PlanDraftDiscarded',
    v: 1,
    facts: { planVersion: plan.draft.version },
    touches: ['content'],
  })
}
