/**
 * A child at a crossing: recorded in seconds, looked up, let pass or not. Whoever is grown up is not recorded here. Pure.
 */
import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Decision, type DomainEvent, type Json, refuse, type Stamp, type Uuid } from '../core.ts'
import { certainlyAdult, type PartialDate, partialDateFault } from '../partial-date.ts'
import { textParts } from '../parts.ts'
import type { Sex } from '../report/body.ts'
import {
  type AlertStep,
  type Category,
  type Direction,
  type DocumentKind,
  type EscortRelation,
  parentRelations,
  type Step,
} from './kinds.ts'
import { mayCheck } from './policy.ts'

export type Escort = { readonly relation: EscortRelation; readonly name?: string | undefined }
export type CheckBody = {
  /** Id of the crossing; the officer's own where none is named. */
  readonly crossing?: string | undefined
  readonly direction: Direction
  readonly category: Category
  readonly escorts: readonly Escort[]
  readonly document: { readonly kind: DocumentKind; readonly number?: string | undefined }
  readonly givenName?: string | undefined
  readonly familyName?: string | undefined
  readonly birth?: PartialDate | undefined
  readonly sex: Sex
  /** ISO 3166-1 alpha-2. */
  readonly citizenship?: string | undefined
}

export type BorderChecked = DomainEvent<
  'BorderChecked',
  {
    readonly crossing: string
    readonly direction: Direction
    readonly category: Category
    readonly hit: boolean
  }
>
export type BorderProtected = DomainEvent<
  'BorderProtected',
  { readonly reportId: Uuid; readonly childId: Uuid }
>

export interface Met {
  readonly alertId: Uuid
  readonly step: AlertStep
  readonly phone: string
}

/** What a look-up answers: the gravest step asked for, and whom to phone about it; never why. */
export const answerOf = (
  met: readonly Met[],
  documentOdd: boolean,
): { readonly step: Step; readonly phones: readonly string[] } => {
  const hold = met.filter((one) => one.step === 'hold_call')
  const [first, ...rest] = hold.length > 0 ? hold : met
  if (first === undefined) return { step: documentOdd ? 'look_again' : 'pass', phones: [] }
  return { step: first.step, phones: [...new Set([first, ...rest].map((one) => one.phone))].slice(0, 3) }
}

const said = (text: string | undefined): boolean => (text ?? '').trim() !== ''

export interface CheckKnown {
  /** Crossings at which the officer serves, the usual first. */
  readonly own: readonly string[]
  /** Look-ups of this officer in the last hour, and how many one may make. */
  readonly lately: number
  readonly mostAnHour: number
}

/** Where it happened, or why it cannot be written down; asked before anything is looked up. */
export const checkFault = (
  body: CheckBody,
  known: CheckKnown,
  stamp: Stamp,
): ReturnType<typeof refuse> | { readonly ok: true; readonly crossing: string } => {
  if (!mayCheck(stamp.actor)) return refuse('not_allowed')
  const crossing = body.crossing ?? known.own[0]
  if (crossing === undefined) return refuse('border_no_crossing', 'crossing')
  if (!known.own.includes(crossing)) return refuse('border_crossing_not_yours', 'crossing')
  const day = tiranaDay(stamp.occurredAt)
  if (body.birth !== undefined) {
    const fault = partialDateFault(body.birth, 'birth', day)
    if (fault !== null) return { ok: false, refusal: fault }
    if (certainlyAdult(body.birth, day)) return refuse('border_is_adult', 'birth')
  }
  const { document } = body
  if (document.kind === 'none' ? said(document.number) : !said(document.number))
    return refuse('border_document_number', 'document.number')
  if (!said(body.givenName) && !said(body.familyName) && document.kind === 'none')
    return refuse('border_nobody_described', 'givenName')
  const parents = body.escorts.some((one) => parentRelations.includes(one.relation))
  if (body.category === 'alone' && body.escorts.length > 0) return refuse('border_category', 'category')
  if (body.category !== 'alone' && body.escorts.length === 0) return refuse('border_escort_needed', 'escorts')
  if (body.category === 'parents' ? !parents : parents && body.category === 'others')
    return refuse('border_category', 'category')
  if (known.lately >= known.mostAnHour) return refuse('border_too_many', undefined, { n: known.mostAnHour })
  return { ok: true, crossing }
}

export const decideCheck = (
  body: CheckBody,
  crossing: string,
  met: readonly Met[],
): Decision<BorderChecked> =>
  accept<BorderChecked>({
    type: 'BorderChecked',
    v: 1,
    facts: { crossing, direction: body.direction, category: body.category, hit: met.length > 0 },
    parts: textParts({
      child: JSON.parse(
        JSON.stringify({
          givenName: body.givenName,
          familyName: body.familyName,
          birth: body.birth,
          document: body.document,
        }),
      ) as Json,
      escorts: body.escorts.length === 0 ? null : (JSON.parse(JSON.stringify(body.escorts)) as Json),
    }),
  })

/** The child is taken aside and told to the unit: once. */
export const decideProtect = (
  check: { readonly byId: Uuid; readonly reportId: Uuid | null },
  to: { readonly reportId: Uuid; readonly childId: Uuid },
  stamp: Stamp,
): Decision<BorderProtected> => {
  if (!mayCheck(stamp.actor) || check.byId !== stamp.actor.userId) return refuse('not_allowed')
  if (check.reportId !== null) return refuse('border_already_told')
  return accept<BorderProtected>({ type: 'BorderProtected', v: 1, facts: { ...to } })
}
