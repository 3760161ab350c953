/**
 * What a placement may rest on (domain specification §3.3): foster and residential care need a measure of alternative care
 * or a court's decision; the 72-hour emergency a measure of emergency or protection that could not wait for any paper.
 */
import type { CaseState, MeasureKind, MeasureStatus } from '../case/state.ts'
import { assessed } from '../case/state.ts'
import type { Day, Instant, Uuid } from '../core.ts'
import type { Refusal } from '../refusal.ts'
import type { Basis, PlacementKind } from './events.ts'
import { matters, measures } from './rests-on.ts'

const grounds: Record<PlacementKind, readonly Basis[]> = {
  emergency: ['measure', 'immediate_protection'],
  kinship: ['measure', 'court', 'consent'],
  foster: ['measure', 'court'],
  residential: ['measure', 'court'],
  shelter: ['measure', 'court', 'consent'],
  return_to_family: ['measure', 'court', 'best_interests'],
}
/** An emergency stands from the director's word; every other measure from the court's, or its own coming into force. */
const standing = (kind: MeasureKind): readonly MeasureStatus[] => [
  ...(kind === 'emergency' ? (['emergency_issued', 'court_filed'] as const) : []),
  'court_confirmed',
  'in_force',
  'under_review',
]

/** The consent that is named, as the register holds it. */
export interface NamedConsent {
  readonly id: Uuid
  readonly capacity: string
  readonly validUntil: Instant | null
  readonly withdrawnAt: Instant | null
}
export interface BasisWorld {
  /** A report of this case says that somebody took the child into protection at once. */
  readonly immediateProtection: boolean
  readonly consent: NamedConsent | null
  /** Last day of the measure or decision that is named, where it has one. */
  readonly basisUntil: Day | null
}

export const mayRestOn = (kind: PlacementKind, basis: Basis): boolean => grounds[kind].includes(basis)

/** Why this placement may not rest on that now, or null. */
export function basisBar(
  s: CaseState,
  of: { readonly kind: PlacementKind; readonly basis: Basis; readonly basisId: Uuid | null },
  on: Day,
  world: BasisWorld,
  now: Instant,
): Refusal | null {
  const missing: Refusal = { code: 'placement_basis_missing', field: 'basis', params: { kind: of.kind } }
  if (!mayRestOn(of.kind, of.basis)) return missing
  switch (of.basis) {
    case 'measure': {
      const measure = s.measures.find((one) => one.id === of.basisId)
      if (measure === undefined || !measures[of.kind].includes(measure.kind)) return missing
      if (!standing(measure.kind).includes(measure.status)) return missing
      break
    }
    case 'court': {
      const matter = s.courts.find((one) => one.id === of.basisId)
      if (matter === undefined || !matters[of.kind].includes(matter.matter)) return missing
      const spoken = ['decided', 'appealed', 'final'].includes(matter.stage)
      if (!spoken || matter.outcome === null || matter.outcome === 'refused') return missing
      break
    }
    case 'consent': {
      const { consent } = world
      if (consent === null || consent.id !== of.basisId || consent.withdrawnAt !== null) return missing
      // A child that is placed by consent is placed by whoever speaks for it.
      if (consent.capacity === 'own' || (consent.validUntil !== null && consent.validUntil <= now))
        return missing
      break
    }
    case 'immediate_protection':
      if (!world.immediateProtection && s.risk !== 'immediate') return missing
      break
    case 'best_interests':
      if (!assessed(s, 'best_interests')) return { code: 'case_best_interests_missing', field: 'basis' }
      break
  }
  return world.basisUntil !== null && on > world.basisUntil
    ? { code: 'placement_basis_ended', field: 'basis', params: { day: world.basisUntil } }
    : null
}
