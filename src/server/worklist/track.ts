/** What the trafficking track asks next of police, social service, prosecutors and those who manage an adult's file. */
import { endOf, managesFile as mine, type WorkSource } from './source.ts'

const called = `(select me_unit()) = case (select me_role()) when 'police' then i.police_unit_id else i.social_unit_id end`
const interview = `'/interviews/' || i.id`
const proceeding = `'/proceedings/' || p.id`
const helped = `f.subject = 'adult' and f.status <> 'exited' and f.phase is distinct from 'EXITED'`
const assistance = `'/nrm/' || f.id || '?tab=assistance'`

export const trackSources: readonly WorkSource[] = [
  {
    kind: 'interview',
    roles: ['police', 'social_service'],
    // Both bodies hold it; either proposes; the other signs.
    sql: `select i.id, i.id as record_id, null::uuid as case_id, i.code,
        case i.state when 'SCHEDULED' then 'interview_hold' when 'HELD' then 'interview_propose' else 'interview_sign' end as task,
        case i.state when 'SCHEDULED' then i.planned_at end as due_at, case i.state when 'SCHEDULED' then null else coalesce(i.proposed_at, i.held_at) end
          as since, false as statutory, ${interview} as path
      from interview i where ${called} and (i.state in ('SCHEDULED', 'HELD')
        or i.state = 'PROPOSED' and i.proposed_body is distinct from (select me_role()) and i.proposed_by <> (select me_user()))`,
  },
  {
    kind: 'interview',
    roles: ['cpw', 'cpu_head', 'shelter'],
    // Whoever manages the file goes there with the person.
    sql: `select i.id, i.id as record_id, f.case_id, i.code, 'interview_attend' as task, i.planned_at as due_at, null::timestamptz as since,
        false as statutory, ${interview} as path
      from nrm_file f join interview i on i.nrm_id = f.id and i.state = 'SCHEDULED' where ${mine}`,
  },
  {
    kind: 'interview',
    roles: ['responsible_authority'],
    sql: `select i.id, i.id as record_id, null::uuid as case_id, f.code, 'interview_review' as task, null::timestamptz as due_at,
        i.signed_at as since, false as statutory, ${interview} as path
      from interview i join nrm_file f on f.id = i.nrm_id where i.state in ('REVIEW', 'DISSENT')`,
  },
  {
    kind: 'proceeding',
    roles: ['prosecutor'],
    // The word to the Responsible Authority by its day (D38), and the next step that the office set itself.
    sql: `select p.id, p.id as record_id, null::uuid as case_id, p.code, 'proceeding_tell' as task, p.update_by as due_at, p.told_at as since,
        true as statutory, ${proceeding} as path
      from proceeding p where p.office_unit = (select me_unit()) and p.update_by is not null and p.stage <> 'closed'
      union all
      select p.id, p.id, null::uuid, p.code, 'proceeding_next', ${endOf('p.next_on')}, null::timestamptz, false, ${proceeding}
      from proceeding p where p.office_unit = (select me_unit()) and p.next_on is not null and p.stage <> 'closed'
      union all
      select p.id, p.id, null::uuid, p.code, 'proceeding_examine', null::timestamptz, p.opened_at, false, ${proceeding}
      from proceeding p where p.office_unit = (select me_unit()) and p.stage = 'report'`,
  },
  {
    kind: 'proceeding',
    roles: ['police', 'border_police'],
    sql: `select p.id, p.id as record_id, null::uuid as case_id, p.code, 'proceeding_hand' as task, null::timestamptz as due_at,
        p.opened_at as since, false as statutory, ${proceeding} as path
      from proceeding p where p.police_unit = (select me_unit()) and p.office_unit is null and p.stage = 'report'`,
  },
  {
    kind: 'proceeding',
    roles: ['responsible_authority'],
    sql: `select p.id, p.id as record_id, null::uuid as case_id, p.code, 'proceeding_late' as task, p.update_by as due_at, p.told_at as since,
        true as statutory, ${proceeding} as path
      from proceeding p where p.track and p.update_by < me_now() and p.stage <> 'closed'
      union all
      select x.id, x.proceeding_id, null::uuid, f.code, 'proceeding_flag', null::timestamptz, x.at, false, '/proceedings/' || x.proceeding_id
      from non_punishment_flag x join nrm_file f on f.id = x.nrm_id where x.state = 'open'`,
  },
  {
    kind: 'nrm',
    roles: ['social_service', 'responsible_authority'],
    // An adult who wrote for themselves, until somebody takes it; who says that danger is near stands first.
    sql: `select s.id, s.id as record_id, null::uuid as case_id, null::text as code, 'self_report' as task,
        case s.danger when 'yes' then s.received_at end as due_at, s.received_at as since, false as statutory, '/nrm' as path
      from self_report s where s.state = 'NEW' and s.unit_id = (select me_unit())`,
  },
  {
    kind: 'nrm',
    roles: ['social_service', 'shelter'],
    // An adult's file in hand: begin, name what is needed, carry out what was agreed.
    sql: `select f.id, f.id as record_id, null::uuid as case_id, f.code, 'assistance_begin' as task, null::timestamptz as due_at, f.opened_at as since,
        false as statutory, ${assistance} as path
      from nrm_file f where ${helped} and f.phase is null and ${mine}
      union all
      select a.id, f.id, null::uuid, f.code, 'assistance_action', ${endOf('a.due')}, null::timestamptz, false, ${assistance}
      from nrm_file f join assistance_action a on a.nrm_id = f.id where ${helped} and ${mine} and a.status = 'planned'
      union all
      select n.id, f.id, null::uuid, f.code, 'assistance_need', null::timestamptz, n.at, false, ${assistance}
      from nrm_file f join assistance_need n on n.nrm_id = f.id where ${helped} and ${mine} and n.state = 'OPEN'
        and not exists (select from assistance_action a where a.need_id = n.id and a.status = 'planned')`,
  },
]
