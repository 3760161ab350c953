import { max } from './scale.ts'
import { useWidth } from './useWidth.ts'
import './chart.css'

export interface Column {
  readonly key: string
  /** Under the column, short. */
  readonly label: string
  /** Null: no figure. */
  readonly value: number | null
}

const height = 200
const top = 22
const foot = 26
/** Room for half of the outermost labels. */
const side = 14

/**
 * Figures over time as columns, each with its number above it. A picture of the table that must stand behind it; a table
 * is what screen readers get.
 */
export function Columns({
  items,
  name,
  format,
}: {
  items: readonly Column[]
  /** What the picture shows, in a sentence. */
  name: string
  format: (value: number) => string
}) {
  const [box, width] = useWidth(640)
  const most = max(items.map((one) => one.value ?? 0))
  const step = (width - 2 * side) / Math.max(1, items.length)
  const bar = Math.max(6, Math.min(48, step * 0.6))
  const usable = height - top - foot
  // Labels that would touch are left out, never the last one.
  const every = Math.max(1, Math.ceil(52 / step))
  return (
    <div className="chart" ref={box}>
      <svg role="img" aria-label={name} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <line className="chart-floor" x1={0} x2={width} y1={height - foot} y2={height - foot} />
        {items.map((one, at) => {
          const x = side + step * at + step / 2
          const tall = one.value === null || most === 0 ? 0 : (usable * Math.max(0, one.value)) / most
          const shown = (items.length - 1 - at) % every === 0
          return (
            <g key={one.key}>
              <rect
                className="chart-bar"
                x={x - bar / 2}
                y={height - foot - tall}
                width={bar}
                height={tall}
                rx={2}
                data-last={at === items.length - 1 ? '' : undefined}
              />
              {shown && (
                <>
                  <text className="chart-value" x={x} y={height - foot - tall - 6} textAnchor="middle">
                    {one.value === null ? '–' : format(one.value)}
                  </text>
                  <text className="chart-label" x={x} y={height - 8} textAnchor="middle">
                    {one.label}
                  </text>
                </>
              )}
            </g>
          )
        })}
      </svg>
    </div>
  )
}
