/** What is written down while the work goes on. All of it is appended; nothing here overwrites another's words. */

import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, refuse, type Stamp, type Uuid } from '../core.ts'
import { event } from './event.ts'
import type { AlertsSet, NoteAdded, PersonNearAdded, ServiceRecorded } from './events.ts'
import { gate } from './policy.ts'
import type { CaseState } from './state.ts'

/** The first are those of the first plans and stay for what was recorded under them; the needs that the sources name follow. */
export const serviceTypes = [
  'medical',
  'legal',
  'psychological',
  'physical_protection',
  'housing',
  'material',
  'food',
  'education',
  'vocational',
  'employment_family',
  'leisure',
  'rehabilitation',
  'documents',
  'economic_aid',
  'mediation',
  'accompaniment',
  'civil_registration',
  'vaccination',
  'health_card',
  'enrolment',
  'attendance',
  'second_chance',
  'books',
  'parent_employment',
  'parent_training',
  'small_grant',
  'material_package',
  'day_centre',
  'free_medicine',
  'after_school',
  'mentoring',
  'free_creche',
  'reintegration_package',
  'other',
] as const
export type ServiceType = (typeof serviceTypes)[number]
export const settings = ['shelter', 'community', 'home', 'school', 'street', 'office'] as const
export type Setting = (typeof settings)[number]
export const beneficiaries = ['child', 'child_of_victim', 'parent', 'family'] as const
export type Beneficiary = (typeof beneficiaries)[number]

export interface RecordService {
  readonly service: ServiceType
  readonly setting: Setting
  readonly beneficiary: Beneficiary
  readonly providerId: Uuid
  readonly actionId: Uuid | null
  readonly from: Day
  readonly until: Day | null
  /** Whole lek, or null where unknown. */
  readonly costLek: number | null
  readonly remark?: string
}

export function decideRecordService(
  s: CaseState,
  body: RecordService,
  stamp: Stamp,
): Decision<ServiceRecorded> {
  const no = gate('record_service', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const { remark, ...facts } = body
  if (body.from > tiranaDay(stamp.now)) return refuse('in_future', 'from')
  if (body.actionId !== null && !s.plan?.actions.some((a) => a.id === body.actionId))
    return refuse('case_action_unknown', 'actionId')
  return accept(event('ServiceRecorded', stamp, { serviceId: stamp.newId(), ...facts }, { T3: { remark } }))
}

export const noteKinds = [
  'contact',
  'home_visit',
  'phone_call',
  'observation',
  'child_account',
  'meeting',
  'health',
  'psychological',
  'location',
  'other',
] as const
export type NoteKind = (typeof noteKinds)[number]

export interface AddNote {
  readonly kind: NoteKind
  /** A sensitive note (T4) opens only to the worker, the deputy, and the head who says "supervision". */
  readonly sensitive: boolean
  readonly happenedOn: Day
  readonly text: string
  /** The child's own words, apart from the worker's judgement. */
  readonly childWords?: string
}

export function decideAddNote(s: CaseState, body: AddNote, stamp: Stamp): Decision<NoteAdded> {
  const no = gate('add_note', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (body.happenedOn > tiranaDay(stamp.now)) return refuse('in_future', 'happenedOn')
  const text = { text: body.text, childWords: body.childWords }
  return accept(
    event(
      'NoteAdded',
      stamp,
      {
        noteId: stamp.newId(),
        kind: body.kind,
        tier: body.sensitive ? 'T4' : 'T3',
        happenedOn: body.happenedOn,
        hasWords: body.childWords !== undefined && body.childWords !== '',
      },
      body.sensitive ? { T4: text } : { T3: text },
    ),
  )
}

export interface SetAlerts {
  readonly doNotPhoneHome: boolean
  readonly doNotInformFamily: boolean
  readonly addressProtected: boolean
  readonly interpreter: string | null
  /** How the child or family is safely reached, and why (T3). */
  readonly safeContact?: string
  readonly reason?: string
}

/** Lifting "do not inform the family" says why: they may be the traffickers. */
export function decideSetAlerts(s: CaseState, body: SetAlerts, stamp: Stamp): Decision<AlertsSet> {
  const no = gate('set_alerts', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const { safeContact, reason, ...facts } = body
  if (s.alerts.doNotInformFamily && !body.doNotInformFamily && (reason ?? '').trim() === '')
    return refuse('reason_required', 'reason')
  return accept(
    event(
      'AlertsSet',
      stamp,
      { textId: stamp.newId(), ...facts },
      { T3: { safeContact, reason }, touches: ['alerts'] },
    ),
  )
}

export const relationships = [
  'mother',
  'father',
  'stepparent',
  'sibling',
  'grandparent',
  'other_relative',
  'guardian',
  'spouse',
  'employer',
  'suspected_exploiter',
  'friend',
  'teacher',
  'other',
] as const
export type Relationship = (typeof relationships)[number]
export const contactRules = ['allowed', 'supervised', 'forbidden', 'not_assessed'] as const
export type ContactRule = (typeof contactRules)[number]

export interface AddPersonNear {
  readonly name: string
  readonly relationship: Relationship
  readonly contact: ContactRule
  readonly livesWithChild: boolean | null
  readonly phone?: string
  readonly remark?: string
}

export function decideAddPersonNear(
  s: CaseState,
  body: AddPersonNear,
  stamp: Stamp,
): Decision<PersonNearAdded> {
  const no = gate('add_person_near', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const { relationship, contact, ...person } = body
  return accept(
    event(
      'PersonNearAdded',
      stamp,
      { nearId: stamp.newId(), relationship, contact },
      { T3: { person: { ...person, phone: person.phone ?? null, remark: person.remark ?? null } } },
    ),
  )
}
