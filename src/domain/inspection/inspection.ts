/**
 * A labour inspection, alone or joint with the police and the tax directorate (S004:399, 16.11): what was found, and every minor
 * told to the unit at once. The inspector learns nothing of a child afterwards. Pure.
 */
import { tiranaDay } from '../clock/tirana.ts'
import {
  type Actor,
  accept,
  type Day,
  type Decision,
  type DomainEvent,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import { textParts } from '../parts.ts'
import type { workSectors } from '../prevention/kinds.ts'

export const inspectionPartners = ['police', 'tax_directorate'] as const
export type InspectionPartner = (typeof inspectionPartners)[number]
export const inspectionMeasures = [
  'work_stopped',
  'fine',
  'order_to_correct',
  'criminal_report',
  'licence_proposed',
  'tax_case',
  'none',
] as const
export type InspectionMeasure = (typeof inspectionMeasures)[number]

export type InspectionBody = {
  readonly jointWith: readonly InspectionPartner[]
  readonly sector: (typeof workSectors)[number]
  readonly employer: string
  /** Tax number: a letter, eight digits, a letter. */
  readonly nipt?: string | undefined
  readonly businessId?: Uuid | undefined
  readonly municipality: string
  readonly place: string
  readonly on: Day
  readonly workersChecked: number
  readonly adults: number
  readonly measures: readonly InspectionMeasure[]
  readonly notes?: string | undefined
  readonly minors: readonly unknown[]
}
export type InspectionRecorded = DomainEvent<
  'InspectionRecorded',
  {
    readonly jointWith: readonly InspectionPartner[]
    readonly sector: string
    readonly businessId: Uuid | null
    readonly municipality: string
    readonly on: Day
    readonly workersChecked: number
    readonly minors: number
    readonly adults: number
    readonly measures: readonly InspectionMeasure[]
    readonly reportId: Uuid | null
  }
>

export const mayInspect = (actor: Pick<Actor, 'role'>): boolean => actor.role === 'labour_inspector'
const readers: readonly Actor['role'][] = ['labour_inspector', 'state_agency', 'responsible_authority']
export const mayReadInspections = (actor: Pick<Actor, 'role'>): boolean => readers.includes(actor.role)

export const decideInspection = (
  body: InspectionBody,
  known: { readonly businessKnown: boolean; readonly reportId: Uuid | null },
  stamp: Stamp,
): Decision<InspectionRecorded> => {
  if (!mayInspect(stamp.actor)) return refuse('not_allowed')
  if (body.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  if (body.businessId !== undefined && !known.businessKnown) return refuse('unknown_code', 'businessId')
  if (body.minors.length + body.adults > body.workersChecked)
    return refuse('inspection_more_than_checked', 'workersChecked')
  if (body.measures.includes('none') && body.measures.length > 1)
    return refuse('inspection_no_measure', 'measures')
  return accept<InspectionRecorded>({
    type: 'InspectionRecorded',
    v: 1,
    facts: {
      jointWith: body.jointWith,
      sector: body.sector,
      businessId: body.businessId ?? null,
      municipality: body.municipality,
      on: body.on,
      workersChecked: body.workersChecked,
      minors: body.minors.length,
      adults: body.adults,
      measures: body.measures,
      reportId: known.reportId,
    },
    parts: textParts({
      employer: body.employer,
      nipt: body.nipt,
      place: body.place,
      notes: body.notes,
    }),
  })
}
