import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { Empty, Loading } from './States.tsx'
import { useWords } from './words.tsx'

/** What every list shares: still bars, what comes next when empty, a fault in words, more on request. */
export function ListFrame({
  list,
  empty,
  emptyMore,
  fault,
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
  children: ReactNode
}) {
  const t = useWords()
  if (list.error) return fault
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
      {list.more && (
        <p className="list-more">
          <Button kind="quiet" icon="caret-down" busy={list.fetching ?? false} onClick={list.more}>
            {t('web', 'next_page')}
          </Button>
        </p>
      )}
    </>
  )
}
