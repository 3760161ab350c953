import { type ReactNode, useState } from 'react'

/** What a button of the frame opens; made when it is first opened, since most pages are read without it. */
export function Sheet({ id, className, children }: { id: string; className: string; children: ReactNode }) {
  const [made, setMade] = useState(false)
  return (
    <div id={id} popover="auto" className={className} onBeforeToggle={() => setMade(true)}>
      {made && children}
    </div>
  )
}
