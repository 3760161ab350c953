import { useMemo } from 'react'
import { useWords } from '#web/design/words.tsx'
import { qrCode } from './qr.ts'

/** The key of the code app to be photographed: always dark on light, or cameras do not read it. */
export function QrCode({ text }: { text: string }) {
  const t = useWords()
  const drawn = useMemo(() => {
    const rows = qrCode(text)
    if (rows === null) return null
    const path = rows
      .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : '')))
      .join('')
    return { path, size: rows.length + 8 }
  }, [text])
  if (drawn === null) return null
  return (
    <svg
      width="208"
      height="208"
      viewBox={`0 0 ${drawn.size} ${drawn.size}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={t('account', 'qr')}
    >
      <rect width="100%" height="100%" fill="#fff" />
      <path d={drawn.path} fill="#000" />
    </svg>
  )
}
