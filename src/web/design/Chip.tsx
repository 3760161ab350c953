import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import { Bars, type StageKind, StageSign } from './signs.tsx'
import { useWords } from './words.tsx'

const tones = {
  done: 'done',
  going: 'going',
  near: 'soon',
  late: 'late',
  breach: 'breach',
  waiting: 'plain',
  blocked: 'plain',
} as const

/** State of an action or a record: sign and word. */
export function Chip({ kind, children }: { kind: StageKind; children: ReactNode }) {
  return (
    <span className="chip" data-tone={tones[kind]}>
      <StageSign kind={kind} />
      {children}
    </span>
  )
}

const levels = ['low', 'medium', 'high', 'immediate'] as const

/** Risk speaks by bars and weight, never by colour. */
export function RiskBars({ level, long }: { level: string | null | undefined; long?: boolean }) {
  const t = useWords()
  const known = levels.find((l) => l === level)
  if (known === undefined)
    return (
      <span className="risk" data-level="none">
        {t('web', 'risk_none')}
      </span>
    )
  return (
    <span className="risk" data-level={known}>
      <Bars filled={levels.indexOf(known) + 1} />
      {t('web', long ? `risk_long_${known}` : `risk_${known}`)}
    </span>
  )
}

/** A figure between 1 and 4 that is withheld, with its reason in words. */
export function SuppressedCell({ range = '1–4' }: { range?: string }) {
  const t = useWords()
  return (
    <span className="suppressed" title={t('web', 'suppressed')}>
      {range}
      <span className="only-heard">, {t('web', 'suppressed')}</span>
    </span>
  )
}

/** Something the reader may know of but not read: who reads it, and a way to ask. */
export function Restricted({ children }: { children: ReactNode }) {
  return <div className="restricted">{children}</div>
}

export function Callout({
  tone,
  icon = 'info.fill',
  children,
}: {
  tone?: 'soon' | 'plain'
  icon?: Parameters<typeof Icon>[0]['name']
  children: ReactNode
}) {
  return (
    <div className="callout" data-tone={tone}>
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  )
}
