import { type RefObject, useEffect, useRef, useState } from 'react'

/** The width a picture has, in pixels, as it changes: its letters then keep their size on a phone. */
export const useWidth = (first: number): readonly [RefObject<HTMLDivElement | null>, number] => {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(first)
  useEffect(() => {
    if (box.current === null) return
    const watcher = new ResizeObserver(([entry]) => {
      if (entry !== undefined && entry.contentRect.width > 0) setWidth(Math.floor(entry.contentRect.width))
    })
    watcher.observe(box.current)
    return () => watcher.disconnect()
  }, [])
  return [box, width]
}
