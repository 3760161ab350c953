/** What returns ask next: the plan before the journey (D19), the visits of the year after it (D20 to D23). */
import type { WorkSource } from './source.ts'

const newest = `select r.id, r.code from nrm_return r where r.nrm_id = f.id and r.state <> 'REFUSED' order by r.opened_at desc, r.id desc limit 1`
const rows = `'return_' || lower(k.rule) as task, k.due_at, k.started_at as since, k.statutory, '/returns/' || r.id as path`
const running = `k.record_kind = 'nrm_file' and k.record_id = f.id and k.stopped_at is null and k.paused_at is null`

export const returnSources: readonly WorkSource[] = [
  {
    kind: 'nrm',
    roles: ['social_service', 'responsible_authority'],
    // Of an adult: whoever carries the file. The authority is asked for every plan that waits, and for no visit.
    sql: `select k.id, r.id as record_id, f.case_id, r.code, ${rows}
      from nrm_file f join clock k on ${running} cross join lateral (${newest}) r
      where case when (select me_role()) = 'responsible_authority' then k.rule = 'D19'
        else f.subject = 'adult' and k.rule in ('D19', 'D20', 'D21', 'D22', 'D23') and f.unit_id = (select me_unit())
          and coalesce(f.manager_id = (select me_user()), true) end`,
  },
  {
    kind: 'nrm',
    roles: ['cpw', 'cpu_head'],
    sql: (mine) => `select k.id, r.id as record_id, f.case_id, r.code, ${rows}
      from case_file c join nrm_file f on f.case_id = c.id join clock k on ${running} cross join lateral (${newest}) r
      where ${mine('c')} and k.rule in ('D19', 'D20', 'D21', 'D22', 'D23')`,
  },
]
