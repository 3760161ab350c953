/** How a decision writes an event: who and when go in by themselves, empty texts stay out. */
import type { Json, Part, Stamp } from '../core.ts'
import type { CaseEvent } from './events.ts'

type Of<T extends CaseEvent['type']> = Extract<CaseEvent, { type: T }>

export const moment = (stamp: Stamp) => ({ by: stamp.actor.userId, at: stamp.occurredAt })

export interface More {
  /** Text by tier and name; undefined, null and '' are left out. */
  readonly T3?: { readonly [name: string]: Json | undefined }
  readonly T4?: { readonly [name: string]: Json | undefined }
  /** Fields it changes, for whoever writes on a stale version. */
  readonly touches?: readonly string[]
}

const partsOf = (tier: 'T3' | 'T4', texts: More['T3'] = {}): Part[] =>
  Object.entries(texts).flatMap(([name, body]) =>
    body === undefined || body === null || body === '' ? [] : [{ tier, name, body }],
  )

export function event<T extends CaseEvent['type']>(
  type: T,
  stamp: Stamp,
  facts: Omit<Of<T>['facts'], 'by' | 'at'>,
  more: More = {},
): Of<T> {
  const parts = [...partsOf('T3', more.T3), ...partsOf('T4', more.T4)]
  return {
    type,
    v: 1,
    facts: { ...facts, ...moment(stamp) },
    ...(parts.length > 0 ? { parts } : {}),
    touches: more.touches ?? [],
  } as unknown as Of<T>
}
