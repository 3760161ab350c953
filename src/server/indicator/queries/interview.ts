/** Formal interviews: child-friendly rooms in service, children's interviews with the child-protection worker. */
import type { Period } from '#domain/indicator/period.ts'
import type { Tx } from '../../tx.ts'
import type { Figure, IndicatorQuery } from '../query.ts'

const figure = async (tx: Tx, period: Period, measure: string): Promise<Figure> => {
  const rows = await tx.sql<{ measure: string; n: number; total: number | null }>(
    'select measure, n, total from interview_figures($1, $2)',
    [period.from, period.until],
  )
  const found = rows.find((row) => row.measure === measure)
  return { n: found?.n ?? 0, of: found?.total ?? null, records: found?.total ?? found?.n ?? 0 }
}
const counted = (
  measure: string,
  query: Pick<IndicatorQuery, 'code' | 'unit' | 'restsOn' | 'definition' | 'indicators' | 'adds'>,
): IndicatorQuery => ({
  version: 1,
  splits: [],
  ...query,
  count: (tx, period) => figure(tx, period, measure),
  split: (): Promise<never> => {
    throw new Error(`${query.code} is not split`)
  },
})

export const interviewQueries: readonly IndicatorQuery[] = [
  counted('rooms', {
    code: 'interview_rooms',
    unit: 'n',
    restsOn: ['Facility'],
    adds: false,
    indicators: ['S004-PROT-1.c.13-i1'],
    definition: {
      en: 'Child-friendly interview rooms of the register that are in service at the end of the period.',
      sq: 'Dhomat miqësore të intervistimit të regjistrit që janë në shërbim në fund të periudhës.',
    },
  }),
  counted('worker', {
    code: 'interviews_with_worker',
    unit: '%',
    restsOn: ['FormalInterview'],
    adds: true,
    indicators: ['S004-PROT-1.c.13-i2'],
    definition: {
      en: 'Of the formal interviews of children held in the period, those in which the child-protection worker took part.',
      sq: 'Nga intervistat formale të fëmijëve të zhvilluara gjatë periudhës, ato ku mori pjesë punonjësi për mbrojtjen e fëmijëve.',
    },
  }),
]
