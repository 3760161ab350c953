/**
 * Hotspots: places of a municipality where children were met, drawn by those who meet them (framework plan on child
 * labour, areas on the map). Marked, corrected, closed with a reason, opened again; never deleted.
 */
import { type Actor, accept, type Decision, type DomainEvent, refuse, type Stamp } from '../core.ts'

export const hotspotClosings = ['nobody_there', 'moved', 'mistake'] as const
export type HotspotClosing = (typeof hotspotClosings)[number]

export interface Hotspot {
  readonly municipality: string
  readonly active: boolean
}
export type MarkBody = {
  readonly name: string
  readonly municipality: string
  /** WGS 84 degrees. */
  readonly point: { readonly lon: number; readonly lat: number }
  readonly active?: boolean | undefined
}
export type HotspotEvent =
  | DomainEvent<
      'HotspotMarked',
      {
        readonly municipality: string
        readonly name: string
        readonly lon: number
        readonly lat: number
        readonly active: boolean
      }
    >
  | DomainEvent<'HotspotClosed', { readonly reason: HotspotClosing }>

/** The unit and the field team of a municipality draw its map, and no other's. */
export const mayMark = (actor: Pick<Actor, 'role' | 'municipality'>, municipality: string): boolean =>
  (actor.role === 'cpw' || actor.role === 'cpu_head' || actor.role === 'field_team') &&
  actor.municipality === municipality

const touches = ['name', 'point', 'active']

/** A new place, or a correction of the one known under the id; a place stays in its municipality. */
export const decideMark = (known: Hotspot | null, body: MarkBody, stamp: Stamp): Decision<HotspotEvent> => {
  if (!mayMark(stamp.actor, body.municipality)) return refuse('not_allowed', 'municipality')
  if (known !== null && known.municipality !== body.municipality) return refuse('not_allowed', 'municipality')
  const { lon, lat } = body.point
  return accept<HotspotEvent>({
    type: 'HotspotMarked',
    v: 1,
    facts: { municipality: body.municipality, name: body.name, lon, lat, active: body.active ?? true },
    touches,
  })
}

export const decideClose = (
  known: Hotspot,
  body: { readonly reason: HotspotClosing },
  stamp: Stamp,
): Decision<HotspotEvent> => {
  if (!mayMark(stamp.actor, known.municipality)) return refuse('not_allowed')
  if (!known.active) return refuse('wrong_state', undefined, { state: 'closed' })
  return accept<HotspotEvent>({ type: 'HotspotClosed', v: 1, facts: { reason: body.reason }, touches })
}
