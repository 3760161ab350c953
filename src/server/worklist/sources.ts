/**
 * Where the rows of the work list come from besides clocks, actions of plans and decisions that wait. A noun adds one source: who is
 * asked, and a statement that gives its rows under the noun's own row policies. docs/work-list.md says the columns.
 */
import type { Actor } from '#domain/core.ts'
import type { WorkKind } from '#wire/work.ts'
import { assistanceSources } from './assistance.ts'
import { oversightSources } from './oversight.ts'
import { returnSources } from './returns.ts'
import { endOf, type Mine, meantFor, type WorkSource } from './source.ts'
import { trackSources } from './track.ts'

const units = ['cpw', 'cpu_head'] as const
const own: Mine = (of) =>
  `(((select me_user()) in (${of}.manager_id, ${of}.deputy_id) or ${of}.manager_id = any ((select stood_in_for())::uuid[]))
     and ${of}.unit_id = (select me_unit()))`
const ofUnit: Mine = (of) => `${of}.unit_id = (select me_unit())`

/** One entry a noun. */
export const workSources: readonly WorkSource[] = [
  {
    kind: 'invitation',
    roles: 'all',
    sql: `select i.id, i.id as record_id, null::uuid as case_id, i.case_code as code, 'invitation' as task, i.planned_at as due_at,
        null::timestamptz as since, false as statutory, '/invitations' as path
      from conference_invitation i where i.unit_id = (select me_unit()) and i.state = 'open' and i.answer is null`,
  },
  {
    kind: 'gtn_task',
    roles: units,
    sql: (
      mine,
    ) => `select r.id, r.case_id as record_id, r.case_id, f.code, 'gtn_task' as task, ${endOf('r.due')} as due_at,
        r.at as since, false as statutory, '/cases/' || r.case_id || '?tab=gtn' as path
      from case_file f join conference_resolution r on r.case_id = f.id
      where ${mine('f')} and f.closed_at is null and r.action_id is null`,
  },
  {
    kind: 'hearing',
    roles: units,
    sql: (
      mine,
    ) => `select h.id, h.case_id as record_id, h.case_id, f.code, 'hearing' as task, h.hearing_at as due_at,
        null::timestamptz as since, false as statutory, '/cases/' || h.case_id || '?tab=measures' as path
      from case_file f join court_hearing h on h.case_id = f.id join court_case c on c.id = h.court_id
      where ${mine('f')} and f.closed_at is null and h.held is null and h.hearing_at = c.next_hearing_at and c.stage <> 'withdrawn'`,
  },
  {
    kind: 'court_follow',
    roles: units,
    sql: (mine) => `select c.id, c.case_id as record_id, c.case_id, f.code,
        case when c.appeal_until is not null and c.stage = 'decided' then 'court_appeal' when c.review_on is not null and c.reviewed_on is null
          then 'court_review' else 'court_check' end as task,
        ${endOf(`least(case when c.stage = 'decided' then c.appeal_until end, case when c.reviewed_on is null then c.review_on end,
          case when c.execution is distinct from 'carried_out' then c.check_on end)`)} as due_at,
        null::timestamptz as since, false as statutory, '/cases/' || c.case_id || '?tab=measures' as path
      from case_file f join court_case c on c.case_id = f.id
      where ${mine('f')} and f.closed_at is null and c.stage <> 'withdrawn' and c.closed_on is null and least(case when c.stage = 'decided'
        then c.appeal_until end, case when c.reviewed_on is null then c.review_on end,
        case when c.execution is distinct from 'carried_out' then c.check_on end) is not null`,
  },
  {
    kind: 'written_request',
    roles: units,
    sql: (
      mine,
    ) => `select r.id, r.case_id as record_id, r.case_id, f.code, 'request_' || r.state as task, null::timestamptz as due_at,
        r.at as since, false as statutory, '/cases/' || r.case_id || '?tab=disclosures' as path
      from case_file f join information_request r on r.case_id = f.id
      where ${mine('f')} and r.state in ('received', 'lawful', 'unlawful')`,
  },
  {
    kind: 'plan_report',
    roles: [
      'municipal_director',
      'police',
      'border_police',
      'labour_inspector',
      'shelter',
      'education_directorate',
      'employment_office',
      'prosecutor',
      'state_agency',
      'responsible_authority',
      'coordinator',
      'county_committee',
      'plan_officer',
    ],
    sql: `select r.id, r.id as record_id, null::uuid as case_id, r.body_code || ' ' || to_char(r.period_from, 'YYYY-MM') as code,
        'plan_report' as task, ${endOf('r.due_on')} as due_at, r.opened_at as since, r.rule is not null as statutory,
        '/plan-reports/' || r.id as path
      from plan_report r
      where report_is_mine(r.institution_id, r.unit_id) and r.status in ('DUE', 'DRAFT', 'RETURNED')`,
  },
  {
    kind: 'bed',
    roles: ['shelter', 'day_centre', 'municipal_director', ...units],
    // The place answers what waits; whoever was promised a bed fills it or gives it back.
    sql: `select h.id, h.care_place_id as record_id, null::uuid as case_id, p.code, 'bed_answer' as task, h.expires_at as due_at,
        h.held_at as since, false as statutory, '/care/' || p.id as path
      from bed_hold h join care_place p on p.id = h.care_place_id where h.state = 'HELD' and care_keeper(p.unit_id)
      union all
      select h.id, h.care_place_id, null::uuid, p.code, 'bed_bring', h.expires_at, h.changed_at, false, '/care/' || p.id
      from bed_hold h join care_place p on p.id = h.care_place_id where h.state = 'CONFIRMED' and ${meantFor('h.held_by_id')}`,
  },
  {
    kind: 'care_check',
    roles: ['state_agency', 'municipal_director', ...units],
    sql: `select p.id, p.id as record_id, null::uuid as case_id, p.code,
        case p.kind when 'facility' then 'care_inspection' else 'care_review' end as task, ${endOf('p.check_due')} as due_at,
        null::timestamptz as since, false as statutory, '/care/' || p.id as path
      from care_place p where p.status in ('approved', 'suspended') and p.check_due < current_date + 30
        and case p.kind when 'facility' then (select me_role()) = 'state_agency'
          else (select me_role()) in ('cpw', 'cpu_head') and care_keeper(p.unit_id) end
      union all
      select p.id, p.id, null::uuid, p.code, 'family_decide', null::timestamptz, null::timestamptz, false, '/care/' || p.id
      from care_place p where p.status = 'assessed' and p.assessor_id <> (select me_user())
        and ((select me_role()) = 'municipal_director' and p.municipality = (select me_municipality())
          or (select me_role()) = 'cpu_head' and care_keeper(p.unit_id))
      union all
      select e.id, e.id, null::uuid, null, 'team_inspection', ${endOf('e.check_due')}, null::timestamptz, false, '/care/teams/' || e.id
      from emergency_team e where e.active and e.check_due < current_date + 30 and (select me_role()) = 'state_agency'`,
  },
]

/** Kinds of which `work_ways` (migrations 0087, 0118) tells whether they may have an answer; the others are always asked. */
const told: readonly WorkKind[] = [
  'invitation',
  'gtn_task',
  'hearing',
  'court_follow',
  'written_request',
  'bed',
  'care_check',
  'file_review',
  'same_person',
]
/** What may have an answer for this reader; null where all must be asked. */
export type Ways = readonly string[] | null

/** Everything that waits for this reader from the sources, as one statement; null where none is theirs. */
export const sourcesSql = (role: Actor['role'], scope: 'mine' | 'unit', ways: Ways): string | null => {
  const track =
    ways === null || ways.includes('track') ? [...assistanceSources, ...trackSources, ...returnSources] : []
  // A head's question after the whole unit reaches further than what is told of her own.
  const asked = (source: WorkSource): boolean =>
    ways === null || scope === 'unit' || !told.includes(source.kind) || ways.includes(source.kind)
  const arms = [...[...workSources, ...oversightSources].filter(asked), ...track]
    .filter((source) => source.roles === 'all' || source.roles.includes(role))
    .map(({ kind, sql }) => {
      const rows = typeof sql === 'string' ? sql : sql(scope === 'unit' ? ofUnit : own)
      return `select '${kind}' as kind, s.* from (${rows}) s`
    })
  return arms.length === 0 ? null : arms.join(' union all ')
}
