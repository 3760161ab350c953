/** What assistance to victims of trafficking asks next: safety plans, reports, visits, instalments that did not come. */
import { assistanceLaw } from '../assistance/law.ts'
import { endOf, managesFile as mine, type WorkSource } from './source.ts'

/** Outside a shelter without a plan that holds today (D18: nought days before the event). */
const unsafe = `not exists (select from shelter_stay s where s.nrm_id = f.id and s.status = 'in_place')
  and not exists (select from placement p where p.case_id = f.case_id and p.status = 'in_place' and p.kind in ('shelter', 'emergency'))
  and coalesce((select p.review_on from safety_plan p where p.nrm_id = f.id order by p.at desc, p.id desc limit 1), date '0001-01-01')
    < (me_now() at time zone 'Europe/Tirane')::date`
const helped = `f.status <> 'exited' and f.phase in ('EMERGENCY', 'STABILISATION', 'REINTEGRATION', 'MONITORING')`
const managers = ['social_service', 'shelter', 'cpw', 'cpu_head'] as const
const path = `'/nrm/' || f.id || '?tab=assistance'`

export const assistanceSources: readonly WorkSource[] = [
  {
    kind: 'nrm',
    roles: [...managers, 'responsible_authority'],
    sql: `select f.id, f.id as record_id, f.case_id, f.code, 'safety_plan_missing' as task, null::timestamptz as due_at, f.opened_at as since,
        true as statutory, ${path} as path
      from nrm_file f where ${helped} and ((select me_role()) = 'responsible_authority' or ${mine}) and ${unsafe}`,
  },
  {
    kind: 'nrm',
    roles: managers,
    // One thing at a time: whoever is unsafe needs the plan first.
    sql: `select f.id, f.id as record_id, f.case_id, f.code, 'assistance_report' as task,
        ${endOf(`coalesce((select max(r.on_day) from assistance_report r where r.nrm_id = f.id), (f.opened_at at time zone 'Europe/Tirane')::date)
          + ${assistanceLaw.reportDays}`)} as due_at,
        null::timestamptz as since, false as statutory, ${path} as path
      from nrm_file f where ${helped} and f.phase <> 'EMERGENCY' and ${mine} and not (${unsafe})
      union all
      select u.id, f.id, f.case_id, f.code, 'assistance_visit', ${endOf('u.due')}, null::timestamptz, true, ${path}
      from nrm_file f join assistance_follow_up u on u.nrm_id = f.id
      where ${helped} and f.phase = 'MONITORING' and ${mine} and u.seen_on is null and u.due < (me_now() at time zone 'Europe/Tirane')::date + 30
        and u.round = (select max(round) from assistance_follow_up where nrm_id = f.id)`,
  },
  {
    kind: 'nrm',
    roles: ['shelter'],
    sql: `select s.id, s.id as record_id, null::uuid as case_id, null::text as code, 'resident_report' as task,
        ${endOf(`coalesce(reported_of_stay(s.id), s.started_on) + ${assistanceLaw.reportDays}`)} as due_at,
        null::timestamptz as since, false as statutory, '/shelters/' || s.id as path
      from shelter_stay s where s.status = 'in_place' and keeps_stay(s.id, true)`,
  },
  {
    kind: 'nrm',
    roles: ['shelter', 'responsible_authority'],
    sql: `select t.id, t.id as record_id, null::uuid as case_id, null::text as code, 'tranche_late' as task, ${endOf('t.due_on')} as due_at,
        null::timestamptz as since, false as statutory, '/shelters' as path
      from shelter_tranche t where t.received_on is null and t.due_on < (me_now() at time zone 'Europe/Tirane')::date`,
  },
]
