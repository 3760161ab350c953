/** Alerts that the border looks up: who may leave one, until when, and what its owner says of a hit. Pure. */
import { addDays, tiranaDay } from '../clock/tirana.ts'
import {
  accept,
  type Day,
  type Decision,
  type DomainEvent,
  type Json,
  type Part,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import { type PartialDate, partialDateFault } from '../partial-date.ts'
import type { Sex } from '../report/body.ts'
import type { AlertDirection, AlertKind, AlertStep, HitAnswer, WithdrawReason } from './kinds.ts'
import { mayAlert } from './policy.ts'

export type AlertBody = {
  readonly kind: AlertKind
  readonly direction: AlertDirection
  readonly step: AlertStep
  readonly phone: string
  /** The case it is about: a unit's own child, or one that the Responsible Authority follows. */
  readonly caseId?: Uuid | undefined
  /** The file of the referral mechanism it is about: the Responsible Authority's. */
  readonly nrmId?: Uuid | undefined
  readonly givenName?: string | undefined
  readonly familyName?: string | undefined
  readonly otherNames?: string | undefined
  readonly birth?: PartialDate | undefined
  readonly sex: Sex
  readonly documents: readonly string[]
  readonly reason: string
  readonly expiresOn: Day
}
export type AlertSet = DomainEvent<
  'BorderAlertSet',
  {
    readonly kind: AlertKind
    readonly direction: AlertDirection
    readonly step: AlertStep
    readonly caseId: Uuid | null
    readonly nrmId: Uuid | null
    readonly expiresOn: Day
  }
>
export type AlertWithdrawn = DomainEvent<'BorderAlertWithdrawn', { readonly why: WithdrawReason }>
export type AlertProlonged = DomainEvent<'BorderAlertProlonged', { readonly expiresOn: Day }>
export type HitAnswered = DomainEvent<
  'BorderHitAnswered',
  { readonly hitId: Uuid; readonly answer: HitAnswer }
>

export interface Alert {
  readonly unitId: Uuid
  readonly expiresOn: Day
  readonly withdrawnAt: string | null
}

const expiryFault = (expiresOn: Day, mostDays: number, stamp: Stamp) => {
  const day = tiranaDay(stamp.now)
  if (expiresOn < day) return refuse('border_alert_over', 'expiresOn')
  return expiresOn > addDays(day, mostDays)
    ? refuse('border_alert_too_long', 'expiresOn', { n: mostDays })
    : null
}

/** `subjectKnown`: the case or file named is one that the writer may open at the tier of names. */
export const decideAlert = (
  body: AlertBody,
  known: { readonly subjectKnown: boolean; readonly mostDays: number },
  stamp: Stamp,
): Decision<AlertSet> => {
  const { role } = stamp.actor
  if (!mayAlert(stamp.actor)) return refuse('not_allowed')
  const subjects = [body.caseId, body.nrmId].filter((id) => id !== undefined).length
  if (role === 'police' ? subjects > 0 : subjects !== 1) return refuse('border_alert_subject', 'caseId')
  if ((role === 'cpw' || role === 'cpu_head') && body.caseId === undefined)
    return refuse('border_alert_subject', 'caseId')
  if (subjects > 0 && !known.subjectKnown) return refuse('border_alert_subject', 'caseId')
  const family = (body.familyName ?? '').trim()
  const given = (body.givenName ?? '').trim()
  if ((given === '' || family === '') && body.documents.length === 0)
    return refuse('border_alert_nobody', 'familyName')
  if (body.birth !== undefined) {
    const fault = partialDateFault(body.birth, 'birth', tiranaDay(stamp.now))
    if (fault !== null) return { ok: false, refusal: fault }
  }
  const late = expiryFault(body.expiresOn, known.mostDays, stamp)
  if (late !== null) return late
  const named = JSON.parse(
    JSON.stringify({
      givenName: body.givenName,
      familyName: body.familyName,
      otherNames: body.otherNames,
      birth: body.birth,
      documents: body.documents,
    }),
  ) as Json
  const parts: Part[] = [
    { tier: 'T3', name: 'person', body: named },
    { tier: 'T4', name: 'reason', body: body.reason },
  ]
  return accept<AlertSet>({
    type: 'BorderAlertSet',
    v: 1,
    facts: {
      kind: body.kind,
      direction: body.direction,
      step: body.step,
      caseId: body.caseId ?? null,
      nrmId: body.nrmId ?? null,
      expiresOn: body.expiresOn,
    },
    parts,
    touches: ['alert'],
  })
}

const mine = (alert: Alert, stamp: Stamp): boolean =>
  mayAlert(stamp.actor) && alert.unitId === stamp.actor.unitId

export const decideWithdrawAlert = (
  alert: Alert,
  body: { readonly why: WithdrawReason },
  stamp: Stamp,
): Decision<AlertWithdrawn> => {
  if (!mine(alert, stamp)) return refuse('not_allowed')
  if (alert.withdrawnAt !== null) return refuse('wrong_state', undefined, { state: 'withdrawn' })
  return accept<AlertWithdrawn>({
    type: 'BorderAlertWithdrawn',
    v: 1,
    facts: { why: body.why },
    touches: ['alert'],
  })
}

export const decideProlongAlert = (
  alert: Alert,
  body: { readonly expiresOn: Day },
  mostDays: number,
  stamp: Stamp,
): Decision<AlertProlonged> => {
  if (!mine(alert, stamp)) return refuse('not_allowed')
  if (alert.withdrawnAt !== null) return refuse('wrong_state', undefined, { state: 'withdrawn' })
  const late = expiryFault(body.expiresOn, mostDays, stamp)
  if (late !== null) return late
  return accept<AlertProlonged>({
    type: 'BorderAlertProlonged',
    v: 1,
    facts: { expiresOn: body.expiresOn },
    touches: ['alert'],
  })
}

/** Only the alert's owner can say whether it was the person; a hit on somebody else is forgotten like a child who just passed. */
export const decideAnswerHit = (
  alert: Alert,
  hit: { readonly id: Uuid; readonly answer: HitAnswer | null },
  body: { readonly answer: HitAnswer },
  stamp: Stamp,
): Decision<HitAnswered> => {
  if (!mine(alert, stamp)) return refuse('not_allowed')
  if (hit.answer !== null) return refuse('border_hit_answered')
  return accept<HitAnswered>({
    type: 'BorderHitAnswered',
    v: 1,
    facts: { hitId: hit.id, answer: body.answer },
  })
}
