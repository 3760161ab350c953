import type { ReactNode } from 'react'
import { Button } from '#web/design/Button.tsx'

/** One part of a case page: a heading, what one may do here, and the entries. */
export function Part({
  id,
  title,
  note,
  act,
  children,
}: {
  id: string
  title: string
  note?: string
  act?: { readonly label: string; readonly on: () => void } | false
  children: ReactNode
}) {
  return (
    <section className="sheet" aria-labelledby={id}>
      <div className="sheet-head">
        <h2 id={id}>{title}</h2>
        {act && (
          <span className="push">
            <Button kind="quiet" icon="plus.bold" onClick={act.on}>
              {act.label}
            </Button>
          </span>
        )}
        {note && <p className="note quiet">{note}</p>}
      </div>
      {children}
    </section>
  )
}

export const Nothing = ({ children }: { children: ReactNode }) => (
  <div className="item">
    <p className="quiet">{children}</p>
  </div>
)
