import { type LinkProps, useRouter } from '@tanstack/react-router'
import { type MouseEvent, useEffect, useRef } from 'react'

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

type LinkTab = Tab & Pick<LinkProps, 'to' | 'params' | 'search'>

/** The browser's own business: a new window or tab, a file to keep. */
const leftToBrowser = (press: MouseEvent): boolean =>
  press.defaultPrevented ||
  press.button !== 0 ||
  press.metaKey ||
  press.altKey ||
  press.ctrlKey ||
  press.shiftKey

/**
 * Pages of one record: links, the current one named as such. A record has up to seventeen: each of the router's own links
 * would follow every one of its moves.
 */
export function LinkTabs({
  tabs,
  current,
  label,
}: {
  tabs: readonly LinkTab[]
  current: string
  label: string
}) {
  const router = useRouter()
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
      {tabs.map((tab) => {
        const target = { to: tab.to, params: tab.params, search: tab.search }
        const preload = () => void router.preloadRoute(target).catch(() => undefined)
        return (
          <a
            key={tab.key}
            href={router.buildLocation(target).publicHref}
            aria-current={tab.key === current ? 'page' : undefined}
            onMouseEnter={preload}
            onFocus={preload}
            onTouchStart={preload}
            onClick={(press) => {
              if (leftToBrowser(press)) return
              press.preventDefault()
              void router.navigate({ ...target, resetScroll: false })
            }}
          >
            {face(tab)}
          </a>
        )
      })}
    </nav>
  )
}
