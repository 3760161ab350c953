import { useMap } from '#web/place/useMap.ts'

/** The country in hairlines, as decoration beside the sign-in form. */
export default function Outline() {
  const map = useMap(400)
  if (!map) return null
  return (
    <svg viewBox={`0 0 ${map.width} ${map.height}`} aria-hidden="true">
      <g fill="var(--surface)" stroke="var(--sea)" strokeWidth="0.8" strokeLinejoin="round">
        {map.shapes.map((s) => (
          <path key={s.code} d={s.path} />
        ))}
      </g>
    </svg>
  )
}
