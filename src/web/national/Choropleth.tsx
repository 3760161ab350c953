import { useState } from 'react'
import { number } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { CountryMap, type MapLevel } from '#web/place/CountryMap.tsx'
import type { MunicipalStatistics } from '#wire/statistics.ts'
import type { Measure } from './NationalPage.tsx'

type Row = MunicipalStatistics['items'][number]

/** Value on the map: reports for 10 000 inhabitants, or the plain count; null is hidden. */
const figureOf = (row: Row, measure: Measure): number | null =>
  measure === 'reports' ? row.reportsPer10000 : row[measure]

/** Five classes with about as many municipalities in each; their lower bounds. */
const boundsOf = (values: readonly number[]): number[] => {
  const sorted = values.filter((v) => v > 0).sort((a, b) => a - b)
  if (sorted.length === 0) return []
  const at = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0
  return [...new Set([at(0), at(0.2), at(0.4), at(0.6), at(0.8)])]
}

/** The country's figures by municipality, in five classes. */
export function Choropleth({ data, measure }: { data: MunicipalStatistics; measure: Measure }) {
  const t = useWords()
  const [chosen, setChosen] = useState('53')
  const rows = new Map(data.items.map((r) => [r.municipality, r]))
  const bounds = boundsOf(data.items.map((r) => figureOf(r, measure) ?? 0))
  const digits = measure === 'reports' ? 1 : 0
  const levelOf = (code: string): MapLevel => {
    const row = rows.get(code)
    const value = row ? figureOf(row, measure) : 0
    if (value === null) return 'hidden'
    return Math.min(5, bounds.filter((b) => value > 0 && value >= b).length) as MapLevel
  }
  const words = (code: string): string => {
    const row = rows.get(code)
    if (!row) return ''
    const value = figureOf(row, measure)
    return value === null ? `1–${data.hiddenUpTo}, ${t('web', 'suppressed')}` : number(value, digits)
  }
  const now = rows.get(chosen)
  return (
    <CountryMap
      title={t('nationalPage', 'map_help')}
      chosen={chosen}
      onChoose={setChosen}
      levelOf={levelOf}
      wordsOf={words}
      marked={(code) => (rows.get(code)?.teams ?? 0) > 0}
      told={
        <>
          <b>{now?.name}</b> <span>{words(chosen)}</span>{' '}
          {now && <span>{t('nationalPage', 'teams', { count: now.teams })}</span>}
        </>
      }
      legend={
        <ul className="legend">
          {bounds.map((b, i) => {
            const next = bounds[i + 1]
            return (
              <li key={b}>
                <i data-class={i + 1} />
                {next === undefined
                  ? t('nationalPage', 'and_more', { from: number(b, digits) })
                  : `${number(b, digits)}–${number(next - (digits ? 0.1 : 1), digits)}`}
              </li>
            )
          })}
          <li>
            <i data-class="hidden" />
            {t('nationalPage', 'hidden', { range: `1–${data.hiddenUpTo}` })}
          </li>
          <li>
            <i data-class="team" />
            {t('nationalPage', 'with_teams')}
          </li>
        </ul>
      }
    />
  )
}
