import { useWords } from '#web/design/words.tsx'

const shown = 8

/** Full elements in ink, those that still want a note hatched, and the line of the threshold. */
export function Counter({ full, pending, threshold }: { full: number; pending: number; threshold: number }) {
  const t = useWords()
  const boxes = Math.max(shown, full + pending)
  const width = 100 / boxes
  return (
    <div>
      <p>
        <b className="figure">{full}</b>{' '}
        <span className="quiet">{t('screeningPage', 'threshold', { threshold })}</span>
      </p>
      <svg className="counter" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
        <defs>
          <pattern
            id="pending"
            width="2"
            height="2"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <path d="M0 0V2" stroke="var(--ink)" strokeWidth="1.2" />
          </pattern>
        </defs>
        {Array.from({ length: boxes }, (_, i) => i).map((i) => (
          <rect
            key={i}
            x={i * width + 0.4}
            y="2"
            width={width - 0.8}
            height="6"
            fill={i < full ? 'var(--ink)' : i < full + pending ? 'url(#pending)' : 'none'}
            stroke="var(--edge)"
            strokeWidth="0.4"
            vectorEffect="non-scaling-stroke"
          />
        ))}
        <path d={`M${threshold * width} 0V13`} stroke="var(--ink)" strokeWidth="0.6" />
      </svg>
      {pending > 0 && <p className="note">{t('screeningPage', 'pending', { count: pending })}</p>}
    </div>
  )
}
