/**
 * The life of one version of a form: written as a draft, proposed with the day from which it shall hold, approved by a second
 * person of the State Agency, in force from that day until a later version takes over. What was approved never changes.
 */
import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, type DomainEvent, refuse, type Stamp, type Uuid } from '../core.ts'
import type { Fault } from './check.ts'
import type { FormUse } from './definition.ts'

export const formStates = ['draft', 'proposed', 'approved', 'discarded'] as const
export type FormState = (typeof formStates)[number]
/** As readers see it: approved versions by the day. */
export const formStatuses = ['draft', 'proposed', 'coming', 'in_force', 'superseded', 'discarded'] as const
export type FormStatus = (typeof formStatuses)[number]

export interface FormVersion {
  readonly id: Uuid
  readonly version: number
  readonly form: string
  readonly number: number
  readonly state: FormState
  readonly createdBy: Uuid | null
  readonly savedBy: Uuid | null
  readonly proposedBy: Uuid | null
  readonly effectiveFrom: Day | null
}
/** What the ledger keeps of content: enough to prove it unchanged. */
export interface Print {
  /** SHA-256 of the content as stored. */
  readonly digest: string
  readonly questions: number
}
type Of = { readonly form: string; readonly number: number }
export type FormDrafted = DomainEvent<'FormDrafted', Of & { use: FormUse; digest: string; questions: number }>
export type FormSaved = DomainEvent<'FormSaved', { readonly digest: string; readonly questions: number }>
export type FormProposed = DomainEvent<'FormProposed', Of & { effectiveFrom: Day; why: string }>
export type FormReturned = DomainEvent<'FormReturned', Of & { why: string }>
export type FormApproved = DomainEvent<'FormApproved', Of & { effectiveFrom: Day }>
export type FormDiscarded = DomainEvent<'FormDiscarded', Of>
export type FormEvent = FormDrafted | FormSaved | FormProposed | FormReturned | FormApproved | FormDiscarded

/** The State Agency keeps the forms (issue 4, part 1). */
export const keepsForms = (actor: { readonly role: string }): boolean => actor.role === 'state_agency'

const of = (v: FormVersion): Of => ({ form: v.form, number: v.number })
const wrong = (v: FormVersion) => refuse('wrong_state', undefined, { state: v.state })

/** `open` is a version of this form that is not yet decided: two would overtake each other. */
export function decideDraftForm(
  body: { readonly form: string; readonly use: FormUse },
  known: { readonly latest: number; readonly open: boolean; readonly use: FormUse | null },
  print: Print,
  stamp: Stamp,
): Decision<FormDrafted> {
  if (!keepsForms(stamp.actor)) return refuse('not_allowed')
  if (known.open) return refuse('form_open_already', 'form')
  if (known.use !== null && known.use !== body.use) return refuse('form_use_fixed', 'use')
  return accept<FormDrafted>({
    type: 'FormDrafted',
    v: 1,
    facts: { form: body.form, number: known.latest + 1, use: body.use, ...print },
    touches: ['content'],
  })
}

export function decideSaveForm(v: FormVersion, print: Print, stamp: Stamp): Decision<FormSaved> {
  if (!keepsForms(stamp.actor)) return refuse('not_allowed')
  if (v.state !== 'draft') return wrong(v)
  return accept<FormSaved>({ type: 'FormSaved', v: 1, facts: { ...print }, touches: ['content'] })
}

/** Refused with the place of the first fault; the editor shows them all. */
export function decideProposeForm(
  v: FormVersion,
  body: { readonly effectiveFrom: Day; readonly why: string },
  known: { readonly faults: readonly Fault[]; readonly newest: Day | null },
  stamp: Stamp,
): Decision<FormProposed> {
  if (!keepsForms(stamp.actor)) return refuse('not_allowed')
  if (v.state !== 'draft') return wrong(v)
  const [fault] = known.faults
  if (fault !== undefined)
    return refuse(`form_${fault.code}`, `content.${fault.path}`, { ...fault.params, place: fault.path })
  if (body.effectiveFrom < tiranaDay(stamp.now)) return refuse('form_effective_past', 'effectiveFrom')
  if (known.newest !== null && body.effectiveFrom < known.newest)
    return refuse('form_effective_order', 'effectiveFrom', { day: known.newest })
  return accept<FormProposed>({
    type: 'FormProposed',
    v: 1,
    facts: { ...of(v), effectiveFrom: body.effectiveFrom, why: body.why },
    touches: ['state'],
  })
}

export function decideReturnForm(
  v: FormVersion,
  body: { readonly why: string },
  stamp: Stamp,
): Decision<FormReturned> {
  if (!keepsForms(stamp.actor)) return refuse('not_allowed')
  if (v.state !== 'proposed') return wrong(v)
  return accept<FormReturned>({
    type: 'FormReturned',
    v: 1,
    facts: { ...of(v), why: body.why },
    touches: ['state'],
  })
}

/** By somebody who has neither written nor proposed it. */
export function decideApproveForm(v: FormVersion, stamp: Stamp): Decision<FormApproved> {
  if (!keepsForms(stamp.actor)) return refuse('not_allowed')
  if (v.state !== 'proposed' || v.effectiveFrom === null) return wrong(v)
  if ([v.createdBy, v.savedBy, v.proposedBy].includes(stamp.actor.userId))
    return refuse('needs_second_person')
  if (v.effectiveFrom < tiranaDay(stamp.now)) return refuse('form_effective_past', 'effectiveFrom')
  return accept<FormApproved>({
    type: 'FormApproved',
    v: 1,
    facts: { ...of(v), effectiveFrom: v.effectiveFrom },
    touches: ['state'],
  })
}

export function decideDiscardForm(v: FormVersion, stamp: Stamp): Decision<FormDiscarded> {
  if (!keepsForms(stamp.actor)) return refuse('not_allowed')
  if (v.state !== 'draft') return wrong(v)
  return accept<FormDiscarded>({ type: 'FormDiscarded', v: 1, facts: of(v), touches: ['state'] })
}
