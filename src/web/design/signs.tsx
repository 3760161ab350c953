import type { ReactNode } from 'react'

/** Signs drawn by us: clocks, risk bars, stages. Each is read without colour: by its ring, wedge, corners or fill. */
function Box({ children }: { children: ReactNode }) {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" className="sign" aria-hidden="true">
      {children}
    </svg>
  )
}

/** Pie wedge from twelve o'clock; `part` 0…1 of the time that is gone. */
const wedge = (part: number, r: number): string => {
  const a = Math.min(Math.max(part, 0.02), 0.98) * 2 * Math.PI
  const x = 10 + r * Math.sin(a)
  const y = 10 - r * Math.cos(a)
  return `M10 10V${10 - r}A${r} ${r} 0 ${a > Math.PI ? 1 : 0} 1 ${x.toFixed(2)} ${y.toFixed(2)}Z`
}

export type ClockSignKind = 'later' | 'near' | 'late' | 'breach' | 'done' | 'paused' | 'unconfirmed' | 'none'

export function ClockSign({ kind, part = 0.25 }: { kind: ClockSignKind; part?: number }) {
  switch (kind) {
    case 'late':
      return (
        <Box>
          <circle cx="10" cy="10" r="9" fill="currentColor" />
          <path d="M10 5v6" stroke="var(--surface)" strokeWidth="2.4" strokeLinecap="round" />
          <circle cx="10" cy="14.4" r="1.4" fill="var(--surface)" />
        </Box>
      )
    case 'breach':
      return (
        <Box>
          <path d="M6.3 1h7.4L19 6.3v7.4L13.7 19H6.3L1 13.7V6.3z" fill="currentColor" />
          <path
            d="M10 5v6"
            stroke="var(--sign-hole, var(--surface))"
            strokeWidth="2.4"
            strokeLinecap="round"
          />
          <circle cx="10" cy="14.4" r="1.4" fill="var(--sign-hole, var(--surface))" />
        </Box>
      )
    case 'done':
      return (
        <Box>
          <circle cx="10" cy="10" r="9" fill="currentColor" />
          <path d="m6 10.2 2.8 2.8L14 7.6" fill="none" stroke="var(--surface)" strokeWidth="2" />
        </Box>
      )
    case 'paused':
      return (
        <Box>
          <circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M8 6.5v7M12 6.5v7" stroke="currentColor" strokeWidth="1.8" />
        </Box>
      )
    case 'none':
      return (
        <Box>
          <circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </Box>
      )
    default:
      return (
        <Box>
          <circle
            cx="10"
            cy="10"
            r="8"
            fill="none"
            stroke="currentColor"
            strokeWidth={kind === 'near' ? 2.6 : 1.5}
            strokeDasharray={kind === 'unconfirmed' ? '2.5 2.5' : undefined}
          />
          <path d={wedge(part, kind === 'near' ? 6.2 : 5.6)} fill="currentColor" />
        </Box>
      )
  }
}

export type StageKind = 'done' | 'going' | 'near' | 'late' | 'breach' | 'waiting' | 'blocked'

/** Stage of a case or state of an action: done, under way, not begun, cannot begin. */
export function StageSign({ kind }: { kind: StageKind }) {
  if (kind === 'done' || kind === 'late' || kind === 'breach') return <ClockSign kind={kind} />
  if (kind === 'near') return <ClockSign kind="near" part={0.7} />
  return (
    <Box>
      <circle
        cx="10"
        cy="10"
        r="8"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeDasharray={kind === 'blocked' ? '2.5 2.5' : undefined}
      />
      {kind === 'going' && <path d="M10 4.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />}
      {kind === 'blocked' && <path d="M6.5 10h7" stroke="currentColor" strokeWidth="1.8" />}
    </Box>
  )
}

/** Four bars, `filled` of them solid. */
export function Bars({ filled }: { filled: number }) {
  return (
    <svg viewBox="0 0 22 18" width="22" height="18" aria-hidden="true">
      {[0, 1, 2, 3].map((i) => (
        <rect
          key={i}
          x={0.5 + i * 5.5}
          y={12.5 - i * 4}
          width="4"
          height={5 + i * 4}
          fill={i < filled ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1"
        />
      ))}
    </svg>
  )
}

/** Open ring of a thing under way; still, for nothing here pulses. */
export function Ring() {
  return (
    <Box>
      <path d="M13.5 3.4A7.5 7.5 0 1 1 6.5 3.4" fill="none" stroke="currentColor" strokeWidth="2" />
    </Box>
  )
}
