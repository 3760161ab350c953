/** Which measure and which matter of a court each kind of placement may rest on (domain specification §3.3). */
import type { CourtMatter } from '../case/court-events.ts'
import type { MeasureKind } from '../case/state.ts'
import type { PlacementKind } from './events.ts'

export const measures: Record<PlacementKind, readonly MeasureKind[]> = {
  emergency: ['emergency'],
  kinship: ['emergency', 'alternative_care'],
  foster: ['alternative_care'],
  residential: ['alternative_care'],
  shelter: ['emergency', 'alternative_care'],
  return_to_family: ['specialised_supervision'],
}

export const matters: Record<PlacementKind, readonly CourtMatter[]> = {
  emergency: [],
  kinship: ['placement', 'custody'],
  foster: ['placement'],
  residential: ['placement'],
  shelter: ['placement', 'protection_order'],
  return_to_family: ['placement', 'custody', 'supervision'],
}
