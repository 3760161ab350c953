/** The national lines: share of hours with somebody there, calls received. Known by their number, which the plan prints. */
import { fromTirana } from '#domain/clock/tirana.ts'
import { coveredMs } from '#domain/hotline/decide.ts'
import type { Period } from '#domain/indicator/period.ts'
import { callParts, lineUnits, shiftParts, stretchesOf } from '../../hotline/figures.ts'
import type { Tx } from '../../tx.ts'
import type { Figure, IndicatorQuery } from '../query.ts'

const HOUR = 3_600_000
const within = (tx: Tx, period: Period) => {
  const until = fromTirana(period.until)
  return { from: fromTirana(period.from), to: until < tx.now ? until : tx.now }
}
const lineOf = async (tx: Tx, number: string) => (await lineUnits(tx)).find((one) => one.phone === number)
const none: Figure = { n: 0, of: 0, records: 0 }
const unsplit = (code: string) => (): Promise<never> => {
  throw new Error(`${code} is not split`)
}

const staffed = (
  code: string,
  number: string,
  trainedOnly: boolean,
  indicators: readonly string[],
  definition: IndicatorQuery['definition'],
): IndicatorQuery => ({
  code,
  version: 1,
  unit: '%',
  restsOn: ['HotlineShift'],
  definition,
  indicators,
  splits: [],
  adds: true,
  count: async (tx, period) => {
    const line = await lineOf(tx, number)
    const stretch = within(tx, period)
    if (line === undefined || stretch.to <= stretch.from) return none
    const parts = (await shiftParts(tx, stretch)).filter((one) => one.unit_id === line.id)
    // Whole hours that are in, never rounded up to a promise.
    const covered = coveredMs(stretchesOf(parts, line.id, tx.now, trainedOnly), stretch)
    return {
      n: Math.floor(covered / HOUR),
      of: Math.round((Date.parse(stretch.to) - Date.parse(stretch.from)) / HOUR),
      records: parts.length,
    }
  },
  split: unsplit(code),
})

export const lineQueries: readonly IndicatorQuery[] = [
  staffed('line_116006_staffed', '116006', true, ['S004-PREV-1.a.3-i1'], {
    en: 'Hours of the period in which somebody trained was at line 116 006, in per cent of its hours. A shift that nobody ended counts for twelve hours at most.',
    sq: 'Orët e periudhës në të cilat dikush i trajnuar ishte në linjën 116 006, në përqind të orëve të saj. Turni që nuk e mbylli askush llogaritet më së shumti dymbëdhjetë orë.',
  }),
  staffed('line_116111_staffed', '116111', false, ['S000-4.1.4-i1'], {
    en: 'Hours of the period in which somebody was at line ALO 116 111, in per cent of its hours. A shift that nobody ended counts for twelve hours at most.',
    sq: 'Orët e periudhës në të cilat dikush ishte në linjën ALO 116 111, në përqind të orëve të saj. Turni që nuk e mbylli askush llogaritet më së shumti dymbëdhjetë orë.',
  }),
  {
    code: 'line_116006_calls',
    version: 1,
    unit: 'n',
    restsOn: ['HotlineContact'],
    definition: {
      en: 'Calls and other contacts that line 116 006 took in the period, also those that led to nothing; without those in which nobody spoke or that were not serious.',
      sq: 'Telefonatat dhe kontaktet e tjera që linja 116 006 mori gjatë periudhës, edhe ato që nuk sollën asgjë; pa ato ku nuk foli askush ose jo serioze.',
    },
    indicators: ['S004-PREV-1.a.3-i2'],
    splits: [],
    adds: true,
    count: async (tx, period) => {
      const line = await lineOf(tx, '116006')
      const stretch = within(tx, period)
      if (line === undefined || stretch.to <= stretch.from) return { ...none, of: null }
      const n = (await callParts(tx, stretch))
        .filter((one) => one.unit_id === line.id && one.caller !== 'silent' && one.caller !== 'not_serious')
        .reduce((total, one) => total + one.n, 0)
      return { n, of: null, records: n }
    },
    split: unsplit('line_116006_calls'),
  },
]
