/** What intake's law says: receiving, adding, triage, the second pair of eyes, immediate protection. */

import { addDays, tiranaDay } from '../clock/tirana.ts'
import { accept, type Decision, type Instant, type Part, refuse, type Stamp, type Uuid } from '../core.ts'
import { birthFromAge, certainlyAdult, type PartialDate, partialDateFault } from '../partial-date.ts'
import type { Refusal } from '../refusal.ts'
import type { Immediacy, IntakeRules, ListedChild, ReceiveBody, ReportedChild } from './body.ts'
import { mayAdd, mayProtect, mayReport, maySpeakFor, mayTriage } from './policy.ts'
import type { CaseLink, Report, ReportEvent, TriageDecision } from './state.ts'

const text = (value: string | undefined): string | undefined => (value?.trim() ? value.trim() : undefined)

/** A child's birth as given, or the span that an estimated age implies on the day of the report. */
export const birthOf = (child: Pick<ReportedChild, 'birth' | 'age'>, onDay: string): PartialDate | null =>
  child.birth ?? (child.age === undefined ? null : birthFromAge(child.age, onDay, String(child.age)))

const childFault = (child: ReportedChild, at: number, day: string): Refusal | null => {
  const field = `children.${at}.${child.birth ? 'birth' : 'age'}`
  const birth = birthOf(child, day)
  if (birth === null) return null
  const fault = child.birth ? partialDateFault(birth, field, day) : null
  if (fault) return fault
  return certainlyAdult(birth, day) ? { code: 'child_is_adult', field } : null
}

const unknownCode = (body: ReceiveBody, rules: IntakeRules): Refusal | null => {
  const concern = body.concerns.findIndex((code) => !rules.concerns.includes(code))
  if (concern >= 0) return { code: 'unknown_code', field: `concerns.${concern}` }
  if (body.activity !== undefined && !rules.activities.includes(body.activity))
    return { code: 'unknown_code', field: 'activity' }
  return null
}

const hasPlace = (body: ReceiveBody): boolean =>
  text(body.place.text) !== undefined ||
  body.place.point !== undefined ||
  body.place.hotspotId !== undefined ||
  body.children.some((child) => text(child.address) !== undefined || text(child.contact) !== undefined)

export interface Receiving {
  readonly rules: IntakeRules
  /** The unit that answers for the municipality, else a national line; null when there is neither. */
  readonly unitId: Uuid | null
}

/** A new report: place or contact of the child is all that must be known. Children get their identity here. */
export const decideReceive = (
  body: ReceiveBody,
  { rules, unitId }: Receiving,
  stamp: Stamp,
): Decision<ReportEvent> & { readonly children?: readonly ListedChild[] } => {
  if (!mayReport(stamp.actor)) return refuse('not_allowed')
  if (!maySpeakFor(stamp.actor, body.source)) return refuse('report_source_not_yours', 'source')
  const day = tiranaDay(stamp.occurredAt)
  const fault = unknownCode(body, rules)
  if (fault) return { ok: false, refusal: fault }
  for (const [at, child] of body.children.entries()) {
    const wrong = childFault(child, at, day)
    if (wrong) return { ok: false, refusal: wrong }
  }
  if (!hasPlace(body)) return refuse('report_place_needed', 'place.text')
  const protectedNow = body.immediateProtection === true
  if (protectedNow && stamp.actor.role !== 'police' && stamp.actor.role !== 'border_police')
    return refuse('not_allowed', 'immediateProtection')
  if (unitId === null) return refuse('report_unrouted', 'place.municipality')

  const children = body.children.map((child) => ({
    childId: stamp.newId(),
    sex: child.sex ?? ('unknown' as const),
    birth: birthOf(child, day),
  }))
  const parts: Part[] = []
  const narrative = text(body.narrative)
  if (narrative !== undefined) parts.push({ tier: 'T3', name: 'narrative', body: narrative })
  parts.push({ tier: 'T3', name: 'children', body: JSON.parse(JSON.stringify(body.children)) })
  parts.push({
    tier: 'T3',
    name: 'place',
    body: JSON.parse(
      JSON.stringify({ text: body.place.text, point: body.place.point, companions: body.companions }),
    ),
  })
  const received: ReportEvent = {
    type: 'ReportReceived',
    v: 1,
    facts: {
      source: body.source,
      channel: body.channel,
      municipality: body.place.municipality,
      unitId,
      immediacy: body.immediacy,
      concerns: body.concerns,
      activity: body.activity ?? null,
      hotspotId: body.place.hotspotId ?? null,
      childIds: children.map((child) => child.childId),
      signedIn: stamp.actor.role !== 'public',
    },
    parts,
  }
  const events: ReportEvent[] = [received]
  if (protectedNow) events.push({ type: 'ImmediateProtectionTaken', v: 1, facts: { at: stamp.occurredAt } })
  return { ok: true, events, children }
}

/** Anything told later; it never changes what was said before. `byReceipt` is someone holding the receipt code. */
export const decideAdd = (
  report: Report,
  body: { readonly text: string },
  stamp: Stamp,
  byReceipt = false,
): Decision<ReportEvent> => {
  if (!byReceipt && !mayAdd(stamp.actor, report)) return refuse('not_allowed')
  const own = byReceipt || stamp.actor.unitId !== report.unitId
  return accept<ReportEvent>({
    type: 'ReportAdded',
    v: 1,
    facts: { by: own ? 'reporter' : 'staff' },
    parts: [{ tier: 'T3', name: 'text', body: body.text }],
  })
}

export interface TriageBody {
  readonly decision: TriageDecision
  readonly immediacy: Immediacy
  /** Said by the person who triages: the possible duplicates were looked at. */
  readonly duplicatesChecked: boolean
  readonly reason?: string | undefined
  readonly toUnitId?: Uuid | undefined
}

export interface Triage {
  /** Number of possible duplicates the register offered for this report's children. */
  readonly candidates: number
  /** Cases opened or attached for an acceptance, one per listed child. */
  readonly cases: readonly CaseLink[]
  /** Set when `toUnitId` is another child protection unit, to which the report then moves whole. */
  readonly toCpu: { readonly unitId: Uuid; readonly municipality: string } | null
}

/** Everything that must hold before cases are opened; `decideTriage` asks it again. */
export const triageFault = (report: Report, body: TriageBody, stamp: Stamp): Refusal | null => {
  if (!mayTriage(stamp.actor, report)) return { code: 'not_allowed' }
  const open =
    report.state === 'RECEIVED' || (report.state === 'TRIAGED' && report.screenOutProposedBy === null)
  if (!open) return { code: 'wrong_state', params: { state: report.state } }
  if (body.immediacy === 'unknown') return { code: 'report_immediacy_unset', field: 'immediacy' }
  if (body.decision === 'accept' && stamp.actor.role === 'hotline')
    return { code: 'report_line_passes_on', field: 'decision' }
  if (!body.duplicatesChecked) return { code: 'report_duplicates_unchecked', field: 'duplicatesChecked' }
  if (body.decision !== 'accept' && text(body.reason) === undefined)
    return { code: 'reason_required', field: 'reason' }
  // Passed on to nobody would be closed by one person with no one to answer for the child.
  if (body.decision === 'refer_on' && body.toUnitId === undefined)
    return { code: 'report_unit_needed', field: 'toUnitId' }
  if (body.decision === 'refer_on' && body.toUnitId === report.unitId)
    return { code: 'unknown_code', field: 'toUnitId' }
  return null
}

export const decideTriage = (
  report: Report,
  body: TriageBody,
  { candidates, cases, toCpu }: Triage,
  stamp: Stamp,
): Decision<ReportEvent> => {
  const fault = triageFault(report, body, stamp)
  if (fault) return { ok: false, refusal: fault }
  const by = stamp.actor.userId
  const reason = text(body.reason)
  const parts: Part[] = reason === undefined ? [] : [{ tier: 'T3', name: 'reason', body: reason }]
  const touches = ['state', 'immediacy']
  const events: ReportEvent[] = []
  if (report.state === 'SCREENED_OUT')
    events.push({ type: 'ReportTakenUpAgain', v: 1, facts: { by }, touches })
  events.push({ type: 'ReportTriaged', v: 1, facts: { immediacy: body.immediacy, candidates }, touches })
  switch (body.decision) {
    case 'accept':
      events.push({ type: 'ReportAccepted', v: 1, facts: { cases }, parts, touches })
      break
    case 'refer_on':
      // Only a child protection unit answers for a child; elsewhere the report would close with nobody told.
      if (toCpu === null) return refuse('report_unit_not_cpu', 'toUnitId')
      events.push({
        type: 'ReportRerouted',
        v: 1,
        facts: { fromUnitId: report.unitId, ...toCpu },
        parts,
        touches,
      })
      break
    case 'info_only':
      events.push({ type: 'ReportKeptForInformation', v: 1, facts: {}, parts, touches })
      break
    case 'screen_out':
      // Every subject of a report is a child, so one person alone never screens out: a colleague must agree.
      events.push({ type: 'ScreenOutProposed', v: 1, facts: { by }, parts, touches })
      break
  }
  return { ok: true, events }
}

/** The second person agrees, or sends it back to be triaged anew. */
export const decideScreenOut = (
  report: Report,
  body: { readonly agree: boolean; readonly reason?: string | undefined },
  stamp: Stamp,
): Decision<ReportEvent> => {
  if (!mayTriage(stamp.actor, report)) return refuse('not_allowed')
  const proposedBy = report.screenOutProposedBy
  if (report.state !== 'TRIAGED' || proposedBy === null)
    return refuse('wrong_state', undefined, { state: report.state })
  const by = stamp.actor.userId
  if (proposedBy === by) return refuse('report_own_screen_out')
  const reason = text(body.reason)
  const parts: Part[] = reason === undefined ? [] : [{ tier: 'T3', name: 'reason', body: reason }]
  if (body.agree)
    return accept<ReportEvent>({
      type: 'ReportScreenedOut',
      v: 1,
      facts: { proposedBy, confirmedBy: by },
      parts,
      touches: ['state'],
    })
  if (reason === undefined) return refuse('reason_required', 'reason')
  return accept<ReportEvent>({ type: 'ScreenOutRejected', v: 1, facts: { by }, parts, touches: ['state'] })
}

/** Screening out may be looked at again for some days: the report waits for triage as before. */
export const decideTakeUp = (report: Report, rules: IntakeRules, stamp: Stamp): Decision<ReportEvent> => {
  if (!mayTriage(stamp.actor, report)) return refuse('not_allowed')
  if (report.state !== 'SCREENED_OUT') return refuse('wrong_state', undefined, { state: report.state })
  const last = addDays(tiranaDay(report.screenedOutAt ?? stamp.now), rules.reviewDays)
  if (tiranaDay(stamp.now) > last) return refuse('report_review_over', undefined, { days: rules.reviewDays })
  return accept<ReportEvent>({
    type: 'ReportTakenUpAgain',
    v: 1,
    facts: { by: stamp.actor.userId },
    touches: ['state'],
  })
}

/** Police take the child into protection, at any point of the report's life; once. */
export const decideProtection = (report: Report, stamp: Stamp): Decision<ReportEvent> => {
  if (!mayProtect(stamp.actor, report)) return refuse('not_allowed')
  if (report.protectedAt !== null) return refuse('report_already_protected')
  return accept<ReportEvent>({
    type: 'ImmediateProtectionTaken',
    v: 1,
    facts: { at: stamp.occurredAt },
    touches: ['protectedAt', 'immediacy'],
  })
}

export const reporterStatuses = ['received', 'being_handled', 'closed'] as const
export type ReporterStatus = (typeof reporterStatuses)[number]

/**
 * What a reporter may read. It depends on whether someone has looked at it and on time alone, never on what was
 * decided, so that no outcome and nothing about the child can be read from it.
 */
export const reporterStatus = (
  report: Pick<Report, 'receivedAt' | 'triagedAt'>,
  now: Instant,
  rules: Pick<IntakeRules, 'receiptDays'>,
): ReporterStatus => {
  if (tiranaDay(now) > addDays(tiranaDay(report.receivedAt), rules.receiptDays)) return 'closed'
  return report.triagedAt === null ? 'received' : 'being_handled'
}
