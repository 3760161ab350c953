/** Criminal proceedings: registered, told to the Responsible Authority, victims with free help, compensation executed. */
import type { Period } from '#domain/indicator/period.ts'
import type { Tx } from '../../tx.ts'
import type { Figure, IndicatorQuery } from '../query.ts'

const figure = async (tx: Tx, period: Period, measure: string): Promise<Figure> => {
  const rows = await tx.sql<{ measure: string; n: number; total: number | null }>(
    'select measure, n, total from proceeding_figures($1, $2)',
    [period.from, period.until],
  )
  const found = rows.find((row) => row.measure === measure)
  return { n: found?.n ?? 0, of: found?.total ?? null, records: found?.total ?? found?.n ?? 0 }
}
const counted = (
  measure: string,
  query: Pick<IndicatorQuery, 'code' | 'unit' | 'restsOn' | 'definition' | 'indicators' | 'adds'> &
    Partial<Pick<IndicatorQuery, 'operational'>>,
): IndicatorQuery => ({
  version: 1,
  splits: [],
  ...query,
  count: (tx, period) => figure(tx, period, measure),
  split: (): Promise<never> => {
    throw new Error(`${query.code} is not split`)
  },
})

export const justiceQueries: readonly IndicatorQuery[] = [
  counted('registered', {
    code: 'proceedings_registered',
    unit: 'n',
    restsOn: ['LegalProceeding'],
    adds: true,
    indicators: ['S004-PROS-1.c.6-i1'],
    definition: {
      en: 'Criminal proceedings that police and prosecution registered in the period, of all articles.',
      sq: 'Procedimet penale që policia dhe prokuroria regjistruan gjatë periudhës, sipas të gjitha neneve.',
    },
  }),
  counted('told', {
    code: 'proceedings_told',
    unit: '%',
    restsOn: ['LegalProceeding'],
    adds: false,
    indicators: ['S004-PROS-1.d.3-i2'],
    definition: {
      en: 'Of the proceedings of the trafficking track open at the end of the period, those of which the prosecution told the Responsible Authority within ninety days before it.',
      sq: 'Nga procedimet e trafikimit të hapura në fund të periudhës, ato për të cilat prokuroria njoftoi Autoritetin Përgjegjës brenda nëntëdhjetë ditëve para tij.',
    },
  }),
  counted('aided', {
    code: 'victims_lawyer_and_psychologist',
    unit: 'n',
    restsOn: ['LegalAid', 'IdentificationRecord'],
    adds: false,
    operational: true,
    indicators: ['S004-PROS-1.d.5-i1'],
    definition: {
      en: 'Potential and official victims who had both a lawyer and a psychologist free of charge in a proceeding during the period, each once.',
      sq: 'Viktimat e mundshme dhe zyrtare që gjatë periudhës kishin në një procedim edhe avokat, edhe psikolog falas, secila një herë.',
    },
  }),
  counted('scheme_paid', {
    code: 'victims_paid_by_scheme',
    unit: 'n',
    restsOn: ['CompensationClaim'],
    adds: false,
    indicators: ['S004-PROS-1.d.6-i1'],
    definition: {
      en: 'Victims to whom the state compensation scheme paid in the period, each once.',
      sq: 'Viktimat që skema shtetërore e kompensimit i pagoi gjatë periudhës, secila një herë.',
    },
  }),
  counted('executed', {
    code: 'compensation_executed',
    unit: 'n',
    restsOn: ['CompensationClaim'],
    adds: true,
    indicators: ['S004-PROS-1.d.7-i1'],
    definition: {
      en: 'Court decisions that awarded a victim compensation and whose last sum was paid in the period.',
      sq: 'Vendimet e gjykatës që i caktuan viktimës dëmshpërblim dhe shuma e fundit e të cilave u pagua gjatë periudhës.',
    },
  }),
]
