/** Aggregates for readers who see no rows (T1); figures of 1 to 4 are hidden as null outside the nation's totals. */
import { z } from 'zod'
import { instant } from './envelope.ts'

export const figures = [
  'municipalities',
  'fieldTeams',
  'reports',
  'identified',
  'managed',
  'protectionMeasures',
] as const
export type Figure = (typeof figures)[number]

/** The first year of which the register holds figures. */
export const firstYear = 2018

export const StatisticsQuery = z.strictObject({
  /** A year of Tirana's calendar; the present one ends now. */
  year: z.coerce.number().int().min(firstYear).max(2100),
})

/** Where a figure comes from: what is counted, under which filter, on which date. */
export const Definition = z.object({
  figure: z.enum(figures),
  name: z.string(),
  /** In the reader's language. */
  text: z.string(),
  from: z.iso.date(),
  until: z.iso.date(),
})

export const RuleFigures = z.object({
  rule: z.string(),
  kept: z.int(),
  missed: z.int(),
  running: z.int(),
  late: z.int(),
  near: z.int(),
})

export const NationalStatistics = z.object({
  year: z.int(),
  /** The moment up to which was counted. */
  asOf: instant,
  countedAt: instant,
  municipalities: z.int(),
  fieldTeams: z.int(),
  reports: z.int(),
  identified: z.int(),
  managed: z.int(),
  protectionMeasures: z.int(),
  definitions: z.array(Definition),
  clocks: z.array(RuleFigures),
})
export type NationalStatistics = z.infer<typeof NationalStatistics>

const hidden = z.int().nullable()
export const MunicipalityFigures = z.object({
  municipality: z.string(),
  name: z.string(),
  county: z.string(),
  population: z.int(),
  teams: z.int(),
  /** Null: 1 to 4, or what would give such a figure away. */
  reports: hidden,
  identified: hidden,
  managed: hidden,
  protectionMeasures: hidden,
  /** Reports for 10 000 inhabitants, one decimal; null where the count is hidden. */
  reportsPer10000: z.number().nullable(),
})

export const MunicipalStatistics = z.object({
  year: z.int(),
  asOf: instant,
  countedAt: instant,
  /** Largest figure that is hidden. */
  hiddenUpTo: z.int(),
  items: z.array(MunicipalityFigures),
  totals: z.object({
    teams: z.int(),
    reports: z.int(),
    identified: z.int(),
    managed: z.int(),
    protectionMeasures: z.int(),
  }),
  definitions: z.array(Definition),
})
export type MunicipalStatistics = z.infer<typeof MunicipalStatistics>

export const PublicStatisticsQuery = StatisticsQuery
/** Figures for everybody (T0). Null: 1 to `hiddenUpTo`, or what would give such a figure away. */
export const PublicStatistics = z.object({
  year: z.int(),
  from: z.iso.date(),
  /** Last day counted: the end of the last finished half-year at the latest. */
  until: z.iso.date(),
  hiddenUpTo: z.int(),
  items: z.array(
    z.object({
      municipality: z.string(),
      name: z.string(),
      reports: hidden,
      identified: hidden,
      managed: hidden,
      protectionMeasures: hidden,
    }),
  ),
  totals: z.object({ reports: hidden, identified: hidden, managed: hidden, protectionMeasures: hidden }),
})
export type PublicStatistics = z.infer<typeof PublicStatistics>
