/** Appointments of one case, and of all cases that one works, as calendar files without names. */
import { z } from 'zod'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import { type Appointment, appointmentOf, appointmentsFile } from '#domain/document/calendar.ts'
import { uuid } from '#wire/envelope.ts'
import { recordAccess } from '../access.ts'
import { getCase } from '../case/store.ts'
import { download, type OutgoingFile } from '../endpoint.ts'
import type { Tx } from '../tx.ts'
import { say } from '../words.ts'

interface ClockDue {
  readonly id: Uuid
  readonly code: string
  readonly rule: string
  readonly due: Instant
}
interface DayDue {
  readonly id: Uuid
  readonly code: string
  readonly day: Day
}

/** A calendar that one worker looks at; beyond this the work list is the place. */
const most = 500

/** `$1`: the cases. What is due or planned, and not yet done. */
const appointmentsOf = async (tx: Tx, cases: readonly Uuid[]): Promise<Appointment[]> => {
  const [clocks, visits, actions, meetings, hearings] = await Promise.all([
    tx.sql<ClockDue>(
      `select k.id, c.code, k.rule, k.due_at as due from clock k join case_file c on c.id = k.record_id
       where k.record_kind = 'case_file' and k.record_id = any ($1::uuid[]) and k.stopped_at is null and k.paused_at is null
         and k.rule <> all (array['D20', 'D21', 'D22', 'D23']) order by k.due_at limit ${most}`,
      [cases],
    ),
    tx.sql<DayDue>(
      `select f.id, c.code, f.due as day from follow_up f join case_file c on c.id = f.case_id
       where f.case_id = any ($1::uuid[]) and f.done_at is null and c.closed_at is not null order by f.due limit ${most}`,
      [cases],
    ),
    tx.sql<DayDue>(
      `select a.id, c.code, a.due as day from plan_action a join case_file c on c.id = a.case_id
       where a.case_id = any ($1::uuid[]) and a.due is not null and a.status in ('planned', 'under_way') and c.closed_at is null
       order by a.due limit ${most}`,
      [cases],
    ),
    tx.sql<Omit<DayDue, 'day'> & { at: Instant }>(
      `select m.id, c.code, m.planned_at as at from conference_call m join case_file c on c.id = m.case_id
       where m.case_id = any ($1::uuid[]) and m.state = 'open' order by m.planned_at limit ${most}`,
      [cases],
    ),
    tx.sql<Omit<DayDue, 'day'> & { at: Instant }>(
      `select h.id, c.code, h.hearing_at as at from court_hearing h join court_case k on k.id = h.court_id join case_file c on c.id = h.case_id
       where h.case_id = any ($1::uuid[]) and h.held is null and h.hearing_at = k.next_hearing_at and k.stage <> 'withdrawn'
         and c.closed_at is null order by h.hearing_at limit ${most}`,
      [cases],
    ),
  ])
  return [
    ...clocks.map(({ rule, due, ...one }) => ({ ...one, kind: appointmentOf(rule), day: tiranaDay(due) })),
    ...visits.map((one) => ({ ...one, kind: 'visit' as const })),
    ...meetings.map(({ at, ...one }) => ({ ...one, kind: 'conference' as const, day: tiranaDay(at) })),
    ...hearings.map(({ at, ...one }) => ({ ...one, kind: 'court' as const, day: tiranaDay(at) })),
    ...actions.map((one) => ({ ...one, kind: 'plan_action' as const })),
  ]
    .sort((a, b) => (a.day < b.day ? -1 : 1))
    .slice(0, most)
}

const media = 'text/calendar'
const fileOf = (
  list: readonly Appointment[],
  now: Instant,
  language: 'sq' | 'en',
  name: string,
): OutgoingFile => ({
  name,
  media: `${media}; charset=utf-8`,
  bytes: Buffer.from(
    appointmentsFile(list, now, (kind) => say(language, `documentPage.appointment_${kind}`)),
  ),
})

export const caseCalendar = download({
  url: '/api/cases/{id}/calendar.ics',
  media,
  wire: {
    summary: 'What is due in a case as a calendar file (RFC 5545): code, kind, day; no names',
    params: z.strictObject({ id: uuid }),
  },
  handle: async (tx, { params, identity }) => {
    const s = await getCase(tx, params.id)
    const list = await appointmentsOf(tx, [s.id])
    recordAccess(tx, { act: 'export', kind: 'case_file', ids: [s.id], tier: 'T2' })
    return fileOf(list, tx.now, identity.language, `${s.code}.ics`)
  },
})

export const ownCalendar = download({
  url: '/api/calendar.ics',
  media,
  wire: { summary: 'What is due in the cases that one works, as a calendar file without names' },
  handle: async (tx, { identity }) => {
    const mine = await tx.sql<{ id: Uuid }>(
      'select id from case_file where (manager_id = $1 or deputy_id = $1 or manager_id = any ((select stood_in_for())::uuid[])) and unit_id = $2 order by opened_at desc limit 2000',
      [tx.actor.userId, tx.actor.unitId],
    )
    const cases = mine.map((row) => row.id)
    const list = await appointmentsOf(tx, cases)
    recordAccess(tx, { act: 'export', kind: 'case_file', ids: cases, tier: 'T2' })
    return fileOf(list, tx.now, identity.language, 'mburoja.ics')
  },
})
