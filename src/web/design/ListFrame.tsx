import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from './Button.tsx'
import { Empty, Loading } from './States.tsx'
import { useWords } from './words.tsx'

/** The next page is asked for before its reader comes to the end of this one; the button stays for whoever needs it. */
function More({ ask, busy, ahead }: { ask: () => void; busy: boolean; ahead: boolean }) {
  const t = useWords()
  const place = useRef<HTMLParagraphElement>(null)
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    if (!ahead || busy || place.current === null) return
    const watch = new IntersectionObserver(
      (seen) => {
        if (seen.some((one) => one.isIntersecting)) latest.current()
      },
      { rootMargin: '0px 0px 1000px' },
    )
    watch.observe(place.current)
    return () => watch.disconnect()
  }, [ahead, busy])
  return (
    <p className="list-more" ref={place}>
      <Button kind="quiet" icon="caret-down" busy={busy} onClick={ask}>
        {t('web', 'next_page')}
      </Button>
    </p>
  )
}

/** What every list shares: still bars, what comes next when empty, a fault in words beneath what was read before it, more on request. */
export function ListFrame({
  list,
  empty,
  emptyMore,
  fault,
  ahead = false,
  children,
}: {
  list: {
    items: readonly unknown[]
    isPending: boolean
    error: unknown
    more?: (() => void) | undefined
    fetching?: boolean
  }
  empty: string
  emptyMore?: ReactNode
  fault: ReactNode
  /** Long lists that are read by scrolling: the next page comes by itself. */
  ahead?: boolean
  children: ReactNode
}) {
  if (list.error && list.items.length === 0) return fault
  if (list.isPending) return <Loading />
  if (list.items.length === 0)
    return (
      <Empty title={empty} icon="tray">
        {emptyMore && <p className="quiet">{emptyMore}</p>}
      </Empty>
    )
  return (
    <>
      {children}
      {list.error ? fault : list.more && <More ask={list.more} busy={list.fetching ?? false} ahead={ahead} />}
    </>
  )
}
