/**
 * Rooms in which children are heard: who keeps the register, and how many of the twelve that are to exist do exist
 * (S004:524; indicator S004-PROT-1.c.13-i1).
 */
import { tiranaDay } from '../clock/tirana.ts'
import { type Actor, accept, type Day, type Decision, type DomainEvent, refuse, type Stamp } from '../core.ts'

export interface Room {
  readonly id: string
  readonly version: number
  readonly municipality: string
  readonly audio: boolean
  readonly video: boolean
  readonly from: Day
  readonly until: Day | null
}

export type RoomBody = {
  readonly nameSq: string
  readonly nameEn: string
  readonly municipality: string
  /** Who keeps it: a court, a police directorate, a municipality, an organisation. */
  readonly holder: string
  readonly audio: boolean
  readonly video: boolean
  /** In service from, and until when it was; null while it is. */
  readonly from: Day
  readonly until: Day | null
}
export type RoomSet = DomainEvent<'InterviewRoomSet', RoomBody>

export const mayKeepRooms = (actor: Pick<Actor, 'role'>): boolean =>
  actor.role === 'responsible_authority' || actor.role === 'state_agency'

/** A child may be heard there on that day. */
export const inService = (room: Pick<Room, 'from' | 'until'>, on: Day): boolean =>
  room.from <= on && (room.until === null || on <= room.until)

export const decideSetRoom = (body: RoomBody, stamp: Stamp): Decision<RoomSet> => {
  if (!mayKeepRooms(stamp.actor)) return refuse('not_allowed')
  if (body.from > tiranaDay(stamp.now)) return refuse('in_future', 'from')
  if (body.until !== null && body.until < body.from) return refuse('impossible_date', 'until')
  return accept<RoomSet>({
    type: 'InterviewRoomSet',
    v: 1,
    facts: body,
    touches: ['equipment', 'service'],
  })
}
