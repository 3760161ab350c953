/** Figures about the places and figures of the register itself. */

import type { IndicatorQuery } from '../query.ts'
import { readSplit } from '../rollup.ts'

/** Municipalities with at least one active place drawn on their map. */
export const hotspotMaps: IndicatorQuery = {
  code: 'municipalities_with_hotspots',
  version: 1,
  unit: 'n',
  restsOn: ['Hotspot'],
  definition: {
    en: 'Municipalities with at least one active place on the map of places where children are met, as it stands now.',
    sq: 'Bashki me të paktën një vend aktiv në hartën e vendeve ku takohen fëmijë, siç është tani.',
  },
  indicators: ['S000-2.1.1-i1'],
  splits: [],
  adds: false,
  count: async (tx, period) => {
    const rows = await readSplit(tx, ['hotspot'], '2000-01-01', period.until, 'municipality', null)
    const drawn = rows.filter((row) => row.n > 0)
    return { n: drawn.length, of: null, records: drawn.reduce((sum, row) => sum + row.n, 0) }
  },
  split: async () => new Map(),
}
