import { type KeyboardEvent, useState } from 'react'
import { number } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import type { Shape } from '#web/place/map.ts'
import { useMap } from '#web/place/useMap.ts'
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

/** The municipality that lies most nearly in that direction among those it borders. */
const neighbour = (from: Shape, shapes: readonly Shape[], dx: number, dy: number): Shape | undefined =>
  shapes
    .filter((s) => from.beside.includes(s.code))
    .map((s) => {
      const x = s.centre[0] - from.centre[0]
      const y = s.centre[1] - from.centre[1]
      return { s, along: (x * dx + y * dy) / Math.hypot(x, y) }
    })
    .filter((n) => n.along > 0.3)
    .sort((a, b) => b.along - a.along)[0]?.s

const arrows: Record<string, readonly [number, number]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
}

/** 61 shapes, one in the tab order; arrow keys move to neighbours; the line above says what is chosen. */
export function Choropleth({ data, measure }: { data: MunicipalStatistics; measure: Measure }) {
  const t = useWords()
  const map = useMap(400)
  const [chosen, setChosen] = useState('53')
  const rows = new Map(data.items.map((r) => [r.municipality, r]))
  const bounds = boundsOf(data.items.map((r) => figureOf(r, measure) ?? 0))
  const digits = measure === 'reports' ? 1 : 0
  const classOf = (value: number): number => bounds.filter((b) => value >= b).length
  const fill = (row: Row | undefined): string => {
    const value = row ? figureOf(row, measure) : 0
    if (value === null) return 'url(#hidden)'
    if (value === undefined || value === 0) return 'var(--surface)'
    return `var(--map${Math.min(5, classOf(value))})`
  }
  const words = (row: Row | undefined): string => {
    if (!row) return ''
    const value = figureOf(row, measure)
    return value === null ? `1–${data.hiddenUpTo}, ${t('web', 'suppressed')}` : number(value, digits)
  }
  const now = rows.get(chosen)
  const onKey = (event: KeyboardEvent<Element>, shape: Shape) => {
    const way = arrows[event.key]
    if (!way || !map) return
    event.preventDefault()
    const next = neighbour(shape, map.shapes, way[0], way[1])
    if (next) {
      setChosen(next.code)
      document.getElementById(`m-${next.code}`)?.focus()
    }
  }
  if (!map) return null
  return (
    <>
      <p className="chosen-place" role="status">
        <b>{now?.name}</b> <span>{words(now)}</span>{' '}
        {now && <span>{t('nationalPage', 'teams', { count: now.teams })}</span>}
      </p>
      <div className="map-box">
        <svg viewBox={`-70 0 ${map.width + 70} ${map.height}`} className="map">
          <title>{t('nationalPage', 'map_help')}</title>
          <defs>
            <pattern
              id="hidden"
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect width="6" height="6" fill="var(--surface)" />
              <path d="M0 0V6" stroke="var(--edge)" strokeWidth="1.4" />
            </pattern>
          </defs>
          {map.shapes.map((shape) => {
            const row = rows.get(shape.code)
            return (
              <a
                key={shape.code}
                id={`m-${shape.code}`}
                href={`#m-${shape.code}`}
                tabIndex={shape.code === chosen ? 0 : -1}
                aria-label={`${shape.name}: ${words(row)}`}
                onClick={(e) => {
                  e.preventDefault()
                  setChosen(shape.code)
                }}
                onPointerEnter={() => setChosen(shape.code)}
                onFocus={() => setChosen(shape.code)}
                onKeyDown={(e) => onKey(e, shape)}
              >
                <path d={shape.path} fill={fill(row)} />
              </a>
            )
          })}
          {map.shapes
            .filter((s) => (rows.get(s.code)?.teams ?? 0) > 0)
            .map((s) => (
              <circle key={s.code} className="team-dot" cx={s.centre[0]} cy={s.centre[1]} r="4" />
            ))}
          {map.shapes
            .filter((s) => s.code === chosen)
            .map((s) => (
              <path key={s.code} d={s.path} className="map-ring" />
            ))}
        </svg>
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
      </div>
    </>
  )
}
