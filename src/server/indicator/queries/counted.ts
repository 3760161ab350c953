/** Queries over records that count once each. */
import { children, fromTotals, type IndicatorQuery, type Pick } from '../query.ts'

type Own = NonNullable<Parameters<typeof fromTotals>[0]['totals']['own']>
export const victims = ['trafficking']

/** Whatever is counted once a record. */
export const counted = (declared: {
  code: string
  indicators: readonly string[]
  restsOn: readonly string[]
  definition: IndicatorQuery['definition']
  n: Pick
  of?: Pick
  own?: Own
  ofVictims?: true
  onlyChildren?: true
  by?: Parameters<typeof fromTotals>[0]['by']
}): IndicatorQuery =>
  fromTotals({
    code: declared.code,
    version: 1,
    unit: declared.of === undefined ? 'n' : '%',
    restsOn: [...declared.restsOn, ...(declared.ofVictims ? ['IdentificationRecord'] : [])],
    ...(declared.ofVictims ? { operational: true as const } : {}),
    definition: declared.definition,
    indicators: declared.indicators,
    ...(declared.by === undefined ? {} : { by: declared.by }),
    totals: {
      n: declared.n,
      ...(declared.of === undefined ? {} : { of: declared.of }),
      ...(declared.own === undefined ? {} : { own: declared.own }),
      ...(declared.onlyChildren ? { ages: children } : {}),
    },
  })
