/** What returns ask next: the plan before the journey (D19), the visits of the year after it (D20 to D23). */
import type { WorkSource } from './source.ts'

const newest = `select r.id, r.code, r.state from nrm_return r where r.nrm_id = f.id and r.state <> 'REFUSED' order by r.opened_at desc, r.id desc limit 1`
const rows = `'return_' || lower(k.rule) as task, k.due_at, k.started_at as since, k.statutory, '/returns/' || r.id as path`
/** D19 of a return that has not left; of the visits those that a return waits for, not those of assistance. */
const ofReturn = `(k.rule = 'D19' and r.state in ('NOTIFIED', 'ASSESSED') or k.rule in ('D20', 'D21', 'D22', 'D23') and exists (
  select from return_follow_up v where v.return_id = r.id and v.seen_on is null and v.due = (k.first_due_at at time zone 'Europe/Tirane')::date))`
const running = `k.record_kind = 'nrm_file' and k.record_id = f.id and k.stopped_at is null and k.paused_at is null`

export const returnSources: readonly WorkSource[] = [
  {
    kind: 'nrm',
    roles: ['social_service', 'responsible_authority'],
    // Of an adult: whoever carries the file. The authority is asked for every plan that waits, and for no visit.
    sql: `select k.id, r.id as record_id, f.case_id, r.code, ${rows}
      from nrm_file f join clock k on ${running} cross join lateral (${newest}) r
      where case when (select me_role()) = 'responsible_authority' then k.rule = 'D19'
        else f.subject = 'adult' and f.unit_id = (select me_unit())
          and coalesce(f.manager_id = (select me_user()), true) end and ${ofReturn}`,
  },
  {
    kind: 'nrm',
    roles: ['cpw', 'cpu_head'],
    sql: (mine) => `select k.id, r.id as record_id, f.case_id, r.code, ${rows}
      from case_file c join nrm_file f on f.case_id = c.id join clock k on ${running} cross join lateral (${newest}) r
      where ${mine('c')} and ${ofReturn}`,
  },
]
