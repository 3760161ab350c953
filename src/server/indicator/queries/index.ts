/**
 * Every named query. One line each (or one list): a further noun adds its file here and nothing else. Two queries may not
 * have one code, nor answer one indicator; test/pure/indicator-queries.test.ts watches over it.
 */
import type { IndicatorQuery } from '../query.ts'
import { caseQueries } from './case.ts'
import { caseworkQueries } from './casework.ts'
import { hotspotMaps } from './catalogue.ts'
import { doorQueries } from './door.ts'
import { identificationQueries } from './identification.ts'
import { interviewQueries } from './interview.ts'
import { justiceQueries } from './justice.ts'
import { lineQueries } from './line.ts'
import { meetingQueries } from './meeting.ts'
import { netQueries } from './net.ts'
import { outcomeQueries } from './outcome.ts'
import { planQueries } from './plan.ts'
import { preventionQueries } from './prevention.ts'
import { proceedingQueries } from './proceeding.ts'
import { reportQueries } from './report.ts'
import { returnQueries } from './return.ts'
import { safetyQueries } from './safety.ts'
import { serviceQueries } from './service.ts'
import { trainingQueries } from './training.ts'

export const queries: readonly IndicatorQuery[] = [
  ...caseQueries,
  hotspotMaps,
  ...identificationQueries,
  ...netQueries,
  ...interviewQueries,
  ...justiceQueries,
  ...lineQueries,
  ...meetingQueries,
  ...preventionQueries,
  ...outcomeQueries,
  ...caseworkQueries,
  ...planQueries,
  ...reportQueries,
  ...serviceQueries,
  ...doorQueries,
  ...proceedingQueries,
  ...returnQueries,
  ...safetyQueries,
  ...trainingQueries,
]

const byIndicator = new Map(queries.flatMap((query) => query.indicators.map((id) => [id, query] as const)))
/** The query that counts an indicator from records, or undefined while its records do not exist. */
export const queryOf = (indicator: string): IndicatorQuery | undefined => byIndicator.get(indicator)
export const liveIndicators: readonly string[] = [...byIndicator.keys()]
