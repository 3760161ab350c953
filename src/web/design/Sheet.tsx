import type { ReactNode } from 'react'

/** A part of a page under a heading of its own; `beside` the heading stands what is done there, or a note on it. */
export function Sheet({
  id,
  title,
  beside,
  children,
}: {
  /** Of the heading, which names the part for who cannot see it. */
  id: string
  title: string
  beside?: ReactNode
  children: ReactNode
}) {
  return (
    <section className="sheet" aria-labelledby={id}>
      <div className="sheet-head">
        <h2 id={id}>{title}</h2>
        {beside}
      </div>
      {children}
    </section>
  )
}
