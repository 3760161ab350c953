/** Meetings of the technical group as rows: what is looked up by whoever is called, and counted by institution. */
import type { GtnEvent } from '#domain/case/gtn-events.ts'
import type { CaseState } from '#domain/case/state.ts'
import type { Uuid } from '#domain/core.ts'
import type { WriteTx } from '../tx.ts'
import { insert, update } from './rows-sql.ts'

/** The meeting and its invitations are over. */
export const endCall = (tx: WriteTx, conferenceId: Uuid, state: 'held' | 'no_quorum' | 'cancelled'): void => {
  update(tx, 'conference_call', conferenceId, { state })
  tx.later('update conference_invitation set state = $2 where conference_id = $1', [conferenceId, state])
}

const placeOf = (e: GtnEvent): string => String(e.parts?.find((part) => part.name === 'place')?.body ?? '–')

export const writeGtn = (tx: WriteTx, s: CaseState, e: GtnEvent): void => {
  const of = { case_id: s.id }
  switch (e.type) {
    case 'ConferenceCalled': {
      const f = e.facts
      const place = placeOf(e)
      insert(tx, 'conference_call', {
        id: f.conferenceId,
        ...of,
        planned_at: f.plannedAt,
        place,
        state: 'open',
        by_id: f.by,
        at: f.at,
      })
      for (const called of f.called)
        insert(tx, 'conference_invitation', {
          id: called.invitationId,
          conference_id: f.conferenceId,
          ...of,
          case_code: s.code,
          unit_id: called.unitId,
          institution_id: called.institutionId,
          from_unit_id: s.unitId,
          planned_at: f.plannedAt,
          place,
          state: 'open',
        })
      return
    }
    case 'ConferencePostponed':
      tx.later(
        'update conference_call set planned_at = $2, place = $3, reason = $4, postponed = postponed + 1 where id = $1',
        [e.facts.conferenceId, e.facts.plannedAt, placeOf(e), e.facts.reason],
      )
      tx.later(
        `update conference_invitation set planned_at = $2, place = $3, answer = null, answered_at = null, answered_by = null
         where conference_id = $1`,
        [e.facts.conferenceId, e.facts.plannedAt, placeOf(e)],
      )
      return
    case 'ConferenceCancelled':
      update(tx, 'conference_call', e.facts.conferenceId, { reason: e.facts.reason })
      endCall(tx, e.facts.conferenceId, 'cancelled')
      return
    case 'ConferenceWithoutQuorum': {
      const f = e.facts
      insert(tx, 'case_conference', {
        id: f.conferenceId,
        ...of,
        held_on: f.heldOn,
        decisions: [],
        quorate: false,
        by_id: f.by,
        at: f.at,
      })
      for (const institution of f.present)
        insert(tx, 'case_attendance', {
          conference_id: f.conferenceId,
          ...of,
          institution_id: institution,
          present: true,
        })
      endCall(tx, f.conferenceId, 'no_quorum')
      return
    }
    case 'ResolutionMade': {
      const f = e.facts
      insert(tx, 'conference_resolution', {
        id: f.resolutionId,
        ...of,
        conference_id: f.conferenceId,
        service: f.service,
        institution_id: f.institutionId,
        due: f.due,
        action_id: f.actionId,
        at: f.at,
      })
      return
    }
    case 'ResolutionTurned':
      update(tx, 'conference_resolution', e.facts.resolutionId, { action_id: e.facts.actionId })
      return
  }
}
