/** What waits for those who hear, review, keep data safe or approve: their own sources of the work list. */
import { endOf, meantFor, type WorkSource } from './source.ts'

/** Whoever may be asked what a complaint is about: no case worker and no field team, whatever their unit (src/domain/complaint). */
const asked = [
  'cpu_head',
  'municipal_director',
  'police',
  'border_police',
  'labour_inspector',
  'shelter',
  'day_centre',
  'school',
  'health',
  'hotline',
  'civil_status',
  'education_directorate',
  'employment_office',
  'prosecutor',
  'responsible_authority',
] as const

export const oversightSources: readonly WorkSource[] = [
  {
    kind: 'complaint',
    roles: ['state_agency', 'peoples_advocate'],
    // The officer in hand decides; what nobody has taken waits for all of the office.
    sql: `select c.id, c.id as record_id, null::uuid as case_id, null::text as code,
        case c.state when 'RECEIVED' then 'complaint_take' when 'DECIDED' then 'complaint_close' else 'complaint_decide' end as task,
        case c.state when 'RECEIVED' then c.take_by when 'DECIDED' then null else c.decide_by end as due_at,
        c.received_at as since, true as statutory, '/complaints/' || c.id as path
      from complaint c where c.state <> 'CLOSED' and (c.officer_id is null or c.officer_id = (select me_user()))`,
  },
  {
    kind: 'complaint',
    roles: asked,
    sql: `select q.id, q.id as record_id, null::uuid as case_id, null::text as code, 'complaint_answer' as task, q.answer_by as due_at,
        q.asked_at as since, true as statutory, '/complaint-questions/' || q.id as path
      from complaint_question q where q.unit_id = (select me_unit()) and q.answered_at is null`,
  },
  {
    kind: 'privacy',
    roles: ['dpo'],
    sql: `select b.id, b.id as record_id, null::uuid as case_id, b.case_code as code, 'opening_review' as task, b.review_due as due_at,
        b.opened_at as since, true as statutory, '/privacy/' || b.id as path
      from break_glass b where b.reviewed_at is null
      union all
      select d.id, d.id, null::uuid, d.code, case d.state when 'RECEIVED' then 'data_identity' else 'data_answer' end, d.due_at,
        d.registered_at, true, '/privacy/' || d.id || '?tab=requests'
      from data_request d where d.state in ('RECEIVED', 'IDENTIFIED')
      union all
      select x.id, x.id, null::uuid, x.code, case when x.notified_at is null and x.not_notified is null then 'breach_notify' else 'breach_close' end,
        case when x.notified_at is null and x.not_notified is null then x.due_at end, x.known_at, true, '/privacy/' || x.id || '?tab=breaches'
      from data_breach x where x.state = 'OPEN'`,
  },
  {
    kind: 'privacy',
    roles: ['cpu_head'],
    sql: `select g.id, g.case_id as record_id, null::uuid as case_id, g.case_code as code, 'access_answer' as task, null::timestamptz as due_at,
        g.requested_at as since, false as statutory, '/beyond' as path
      from access_grant g join case_file f on f.id = g.case_id
      where g.state = 'REQUESTED' and f.unit_id = (select me_unit()) and g.user_id <> (select me_user())`,
  },
  {
    kind: 'file_review',
    roles: ['cpw', 'cpu_head', 'state_agency'],
    sql: `select r.id, r.case_id as record_id, r.case_id, f.code, 'file_review' as task, ${endOf('d.due_on')} as due_at, d.drawn_at as since,
        false as statutory, '/supervision/reviews/' || d.id as path
      from case_review r join case_review_draw d on d.id = r.draw_id join case_file f on f.id = r.case_id
      where r.reviewer_id = (select me_user()) and r.done_at is null
      union all
      select a.id, a.case_id, a.case_id, f.code, 'file_mend', ${endOf('a.due_on')}, null::timestamptz, false, '/cases/' || a.case_id || '?tab=quality'
      from case_review_action a join case_file f on f.id = a.case_id
      where ${meantFor('a.owner_id')} and a.done_on is null and f.closed_at is null`,
  },
  {
    kind: 'supervision_talk',
    roles: ['cpu_head'],
    // The newest talk with each worker says when the next is due.
    sql: `select s.id, s.id as record_id, null::uuid as case_id, null::text as code, 'supervision_talk' as task, ${endOf('s.next_on')} as due_at,
        null::timestamptz as since, false as statutory, '/supervision?tab=talks' as path
      from supervision_session s where s.supervisor_id = (select me_user()) and s.next_on is not null and not exists (
        select from supervision_session l where l.worker_id = s.worker_id and l.supervisor_id = s.supervisor_id and l.held_on > s.held_on)`,
  },
  {
    kind: 'nrm',
    roles: ['social_service', 'shelter', 'responsible_authority'],
    // An adult's file: what nobody has taken waits for all of the office, the time to reflect for the Responsible Authority.
    sql: `select k.id, f.id as record_id, null::uuid as case_id, f.code,
        case when f.manager_id is null and k.rule <> 'D17' then 'nrm_take' else 'nrm_' || lower(k.rule) end as task, k.due_at,
        k.started_at as since, k.statutory, '/nrm/' || f.id as path
      from nrm_file f join clock k on k.record_id = f.id and k.stopped_at is null and k.paused_at is null
      where f.subject = 'adult' and case when (select me_role()) = 'responsible_authority' then k.rule = 'D17'
        else k.rule in ('D15', 'D16') and f.unit_id = (select me_unit()) and coalesce(f.manager_id = (select me_user()), true) end`,
  },
  {
    kind: 'form',
    roles: ['state_agency'],
    sql: `select d.id, d.id as record_id, null::uuid as case_id, null::text as code, 'form_approve' as task, null::timestamptz as due_at,
        d.proposed_at as since, false as statutory, '/forms/' || d.form || '/' || d.number as path
      from form_definition d where d.state = 'proposed' and (select me_user()) not in (d.proposed_by, d.created_by, coalesce(d.saved_by, d.created_by))`,
  },
  {
    kind: 'same_person',
    roles: ['cpw', 'cpu_head', 'state_agency'],
    // Waits for a second person who reads both; for the State Agency only where the cases lie in different units.
    sql: `select m.id, m.person_id as record_id, f.id as case_id, f.code,
        case m.state when 'proposed' then 'same_confirm' else 'same_part' end as task, null::timestamptz as due_at,
        case m.state when 'proposed' then m.proposed_at else m.parting_at end as since, false as statutory,
        '/cases/' || f.id || '?tab=family' as path
      from person_merge m
      join lateral (select c.id, c.code from case_file c where c.person_id in (m.person_id, m.into_id) order by c.opened_at desc limit 1) f on true
      where (m.state = 'proposed' and m.proposed_by <> (select me_user())
          or m.state = 'confirmed' and m.parting_at is not null and m.parting_by <> (select me_user()))
        and case when (select me_role()) = 'state_agency' then (select count(distinct c.unit_id) > 1 from case_file c
            where c.person_id in (m.person_id, m.into_id))
          else exists (select from person_named a where a.id = m.person_id) and exists (select from person_named b where b.id = m.into_id) end`,
  },
]
