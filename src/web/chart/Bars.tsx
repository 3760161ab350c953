import './chart.css'

export interface Bar {
  readonly label: string
  /** One for each series; null is hidden. */
  readonly values: readonly (number | null)[]
}

/**
 * Figures of places or kinds beside each other, as bars that lie; labels wrap and letters keep their size on a phone and on
 * paper. A picture of the table that must stand behind it; a table is what screen readers get.
 */
export function Bars({
  bars,
  series,
  reach,
  name,
  format,
}: {
  bars: readonly Bar[]
  series: readonly string[]
  /** Ends of the axis; zero lies between them. */
  reach: { readonly from: number; readonly to: number }
  /** What the picture shows, in a sentence. */
  name: string
  format: (value: number | null) => string
}) {
  // Two rows may bear one label.
  const rows = bars.map((bar, at) => ({ ...bar, key: `${at} ${bar.label}` }))
  const span = reach.to - reach.from || 1
  const longest = bars
    .flatMap((bar) => bar.values)
    .reduce((most: number, value) => Math.max(most, format(value).length), 1)
  const wide = (value: number): string => `calc((100% - ${longest + 2}ch) * ${Math.max(0, value) / span})`
  return (
    <div className="lying" role="img" aria-label={name}>
      {series.length > 1 && (
        <div className="lying-legend">
          {series.map((one, at) => (
            <span key={one}>
              <svg width={12} height={12} aria-hidden="true">
                <rect className="lying-fill" data-series={at % 6} width={12} height={12} />
              </svg>
              {one}
            </span>
          ))}
        </div>
      )}
      {rows.map((bar) => (
        <div className="lying-row" key={bar.key}>
          <span>{bar.label}</span>
          <div>
            {bar.values.map((value, at) => (
              <div className="lying-line" key={series[at]}>
                <svg
                  height={14}
                  viewBox="0 0 1 1"
                  preserveAspectRatio="none"
                  aria-hidden="true"
                  style={{
                    marginInlineStart: wide(Math.min(0, value ?? 0) - reach.from),
                    inlineSize: wide(Math.abs(value ?? 0)),
                  }}
                >
                  <rect className="lying-fill" data-series={at % 6} width={1} height={1} />
                </svg>
                <span>{format(value)}</span>
              </div>
            ))}
          </div>
        </div>
      ))}
    </div>
  )
}
