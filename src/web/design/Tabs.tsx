import { Link, type LinkProps } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

export interface Tab {
  key: string
  label: string
  count?: number | undefined
}

const face = (tab: Tab) => (
  <>
    {tab.label}
    {tab.count !== undefined && <span className="count"> {tab.count}</span>}
  </>
)

/** Filters of one list: pressed buttons in a group. */
export function FilterTabs({
  tabs,
  current,
  onPick,
  label,
}: {
  tabs: readonly Tab[]
  current: string
  onPick: (key: string) => void
  label: string
}) {
  return (
    <fieldset className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <button
          key={tab.key}
          type="button"
          aria-pressed={tab.key === current}
          onClick={() => onPick(tab.key)}
        >
          {face(tab)}
        </button>
      ))}
    </fieldset>
  )
}

/** Pages of one record: links, the current one named as such. */
export function LinkTabs({
  tabs,
  current,
  label,
}: {
  tabs: readonly (Tab & LinkProps)[]
  current: string
  label: string
}) {
  const strip = useRef<HTMLElement>(null)
  // On a narrow screen the strip begins with the page that is open, not with the first.
  // Asked where things stand in the next frame, when the browser has laid them out anyway.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const here = strip.current?.querySelector<HTMLElement>('[aria-current]')
      if (strip.current && here?.getAttribute('href')?.includes(current))
        strip.current.scrollLeft = here.offsetLeft - strip.current.offsetLeft - 24
    })
    return () => cancelAnimationFrame(frame)
  }, [current])
  return (
    <nav className="tabs" aria-label={label} ref={strip}>
      {tabs.map(({ key, label: name, count, ...link }) => (
        <Link
          key={key}
          {...link}
          // The first tab has no search of its own: without this it would count as open beneath every other.
          activeOptions={{ exact: true, includeSearch: true }}
          aria-current={key === current ? 'page' : undefined}
          resetScroll={false}
        >
          {face({ key, label: name, count })}
        </Link>
      ))}
    </nav>
  )
}
