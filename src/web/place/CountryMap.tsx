import { type KeyboardEvent, type ReactNode, useId } from 'react'
import type { Shape } from './map.ts'
import { useMap } from './useMap.ts'
import './map.css'

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

/** 0 to 5 from least to most; hidden is hatched. */
export type MapLevel = 0 | 1 | 2 | 3 | 4 | 5 | 'hidden'

/** 61 shapes, one in the tab order; arrow keys move to neighbours; the line above says what is chosen. */
export function CountryMap({
  title,
  chosen,
  onChoose,
  levelOf,
  wordsOf,
  marked,
  told,
  legend,
}: {
  title: string
  chosen: string
  onChoose: (code: string) => void
  levelOf: (code: string) => MapLevel
  /** What is heard of a municipality besides its name. */
  wordsOf: (code: string) => string
  /** Municipalities with a dot. */
  marked?: (code: string) => boolean
  /** The line above the map, on the chosen municipality. */
  told: ReactNode
  legend: ReactNode
}) {
  const hatch = useId()
  const map = useMap(400)
  const fill = (code: string): string => {
    const level = levelOf(code)
    if (level === 'hidden') return `url(#${hatch})`
    return level === 0 ? 'var(--surface)' : `var(--map${level})`
  }
  const onKey = (event: KeyboardEvent<Element>, shape: Shape) => {
    const way = arrows[event.key]
    if (!way || !map) return
    event.preventDefault()
    const next = neighbour(shape, map.shapes, way[0], way[1])
    if (next) {
      onChoose(next.code)
      document.getElementById(`m-${next.code}`)?.focus()
    }
  }
  if (!map) return null
  return (
    <>
      <p className="chosen-place" role="status">
        {told}
      </p>
      <div className="map-box">
        <svg viewBox={`-70 0 ${map.width + 70} ${map.height}`} className="map">
          <title>{title}</title>
          <defs>
            <pattern
              id={hatch}
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect width="6" height="6" fill="var(--surface)" />
              <path d="M0 0V6" stroke="var(--edge)" strokeWidth="1.4" />
            </pattern>
          </defs>
          {map.shapes.map((shape) => (
            <a
              key={shape.code}
              id={`m-${shape.code}`}
              href={`#m-${shape.code}`}
              tabIndex={shape.code === chosen ? 0 : -1}
              aria-label={`${shape.name}: ${wordsOf(shape.code)}`}
              onClick={(e) => {
                e.preventDefault()
                onChoose(shape.code)
              }}
              onPointerEnter={() => onChoose(shape.code)}
              onFocus={() => onChoose(shape.code)}
              onKeyDown={(e) => onKey(e, shape)}
            >
              <path d={shape.path} fill={fill(shape.code)} />
            </a>
          ))}
          {map.shapes
            .filter((s) => marked?.(s.code))
            .map((s) => (
              <circle key={s.code} className="team-dot" cx={s.centre[0]} cy={s.centre[1]} r="4" />
            ))}
          {map.shapes
            .filter((s) => s.code === chosen)
            .map((s) => (
              <path key={s.code} d={s.path} className="map-ring" />
            ))}
        </svg>
        {legend}
      </div>
    </>
  )
}
