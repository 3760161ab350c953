import { useWords } from '#web/design/words.tsx'
import { useMap } from '#web/place/useMap.ts'

export interface Spot {
  readonly id: string
  readonly name: string
  readonly lon: number
  readonly lat: number
  /** A quiet line under the name in the list. */
  readonly note?: string
}

/**
 * The municipality as one shape with its hotspots. A press sets the point; the list beneath does the same from the
 * keyboard, so the map itself needs no focus.
 */
export function PlaceMap({
  municipality,
  spots,
  chosen,
  point,
  onPoint,
  onSpot,
}: {
  municipality: string
  spots: readonly Spot[]
  chosen: string
  point: { lon: number; lat: number } | null
  /** The place pressed, and whether it lies in the municipality. */
  onPoint: (at: { lon: number; lat: number }, inside: boolean) => void
  onSpot: (spot: Spot) => void
}) {
  const t = useWords()
  const map = useMap(640, municipality || undefined)
  if (!map || !municipality) return null
  const at = point && map.toPoint([point.lon, point.lat])
  return (
    <>
      {/* A pointer's way only: the list of known places beneath is the keyboard's. */}
      <svg
        className="place-map"
        viewBox={`0 0 ${map.width} ${map.height}`}
        role="img"
        aria-label={t('newReport', 'map')}
        onPointerUp={(e) => {
          // The drawing keeps its shape in a box of another: only its own matrix knows where a press fell.
          const matrix = e.currentTarget.getScreenCTM()
          if (matrix === null) return
          const at = new DOMPoint(e.clientX, e.clientY).matrixTransform(matrix.inverse())
          const here = e.currentTarget.querySelector<SVGGeometryElement>('path[data-here]')
          const place = map.toPlace([at.x, at.y])
          if (place)
            onPoint(
              { lon: Number(place[0].toFixed(5)), lat: Number(place[1].toFixed(5)) },
              here?.isPointInFill(at) ?? true,
            )
        }}
      >
        {map.shapes.map((s) => (
          <path key={s.code} d={s.path} data-here={s.code === municipality || undefined} />
        ))}
        {spots.map((s, i) => {
          const [x, y] = map.toPoint([s.lon, s.lat])
          return (
            <g key={s.id} transform={`translate(${x} ${y})`} data-chosen={s.id === chosen || undefined}>
              <circle r="15" />
              <text y="5">{String.fromCharCode(65 + i)}</text>
            </g>
          )
        })}
        {at && <circle className="place-here" cx={at[0]} cy={at[1]} r="9" />}
      </svg>
      {spots.length > 0 && (
        <ul className="spot-list sheet">
          {spots.map((s, i) => (
            <li key={s.id}>
              <button type="button" aria-pressed={s.id === chosen} onClick={() => onSpot(s)}>
                <span className="spot-letter" aria-hidden="true">
                  {String.fromCharCode(65 + i)}
                </span>
                <span>
                  {s.name}
                  {s.note && <small className="spot-note">{s.note}</small>}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
