import type { Instant, Uuid } from '#domain/core.ts'
import type { DeliveryFault } from '#domain/notice/delivery.ts'
import type { Channel } from '#domain/notice/settings.ts'

/** A message as its person and administrators see it: never to whom, never of what. */
export interface DeliveryRow {
  readonly id: Uuid
  readonly channel: Channel
  readonly purpose: 'notices' | 'confirm' | 'trial'
  readonly state: 'waiting' | 'sent' | 'dead' | 'dropped'
  readonly madeAt: Instant
  readonly dueAt: Instant
  readonly doneAt: Instant | null
  readonly attempts: number
  readonly fault: DeliveryFault | null
  readonly faultAt: Instant | null
}
export const deliveryColumns = `id, channel, purpose, state, made_at as "madeAt", due_at as "dueAt", done_at as "doneAt", attempts, fault,
  fault_at as "faultAt"`
