/**
 * Who opened a person's file, as it may be handed to the person: the day, the role and the unit, never a member of staff. Safe for the
 * person and for others: whoever works on a crime, and whoever shelters, is not named; the unit that protects openly is.
 */
import type { Day } from '../core.ts'

export interface OpenedLine {
  readonly on: Day
  readonly act: string
  readonly role: string | null
  readonly code: string | null
  readonly unitKind: string | null
  readonly unitSq: string | null
  readonly unitEn: string | null
}
export interface ExtractItem {
  readonly on: Day
  readonly act: 'read' | 'export' | 'break_glass'
  readonly role: string | null
  readonly unit: { readonly sq: string; readonly en: string } | null
  readonly emergency: boolean
  readonly times: number
}

/**
 * Their name tells of an inquiry, of a label, or of a place: the police and justice, the Responsible Authority and who works for it on the
 * trafficking track, shelters.
 */
const unnamed: ReadonlySet<string> = new Set([
  'police',
  'border_police',
  'prosecutor',
  'internal_affairs',
  'responsible_authority',
  'social_service',
  'consulate',
  'shelter',
  'labour_inspector',
])

export function extractOf(lines: readonly OpenedLine[]): { items: ExtractItem[] } {
  const items = new Map<string, ExtractItem>()
  for (const line of lines) {
    const act = line.act === 'export' || line.act === 'break_glass' ? line.act : 'read'
    const hidden = line.role === null || unnamed.has(line.role)
    const emergency = act === 'break_glass' || line.code === 'break_glass'
    const unit =
      hidden || line.unitSq === null || line.unitEn === null ? null : { sq: line.unitSq, en: line.unitEn }
    const role = hidden ? null : line.role
    const key = [line.on, act, role, unit?.sq, emergency].join('\t')
    const known = items.get(key)
    items.set(
      key,
      known === undefined
        ? { on: line.on, act, role, unit, emergency, times: 1 }
        : { ...known, times: known.times + 1 },
    )
  }
  return { items: [...items.values()] }
}
