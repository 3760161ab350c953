/** What may happen to the records of case work, past every rule: only the counting is asked about. */
import { unitId, userId } from '#test/cast.ts'

interface At {
  readonly x: number
  readonly y: number
}
const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)]
const day = (n: number) => new Date(Date.UTC(2025, 10, 1) + n * 86_400_000).toISOString().slice(0, 10)

export const caseActs = ({
  sql,
  caseAt,
}: {
  sql: (text: string, ...values: unknown[]) => Promise<unknown>
  caseAt: (x: number) => string | undefined
}) => ({
  need: ({ x, y }: At) =>
    sql(
      `insert into case_need (id, case_id, episode, kind, beneficiary, found_on, by_id, at, state, state_on)
       select gen_random_uuid(), id, 1, $2, $3, $4, $5, now(), 'OPEN', $4 from case_file where id = $1 on conflict do nothing`,
      caseAt(x),
      pick(['enrolment', 'housing', 'small_grant', 'parent_employment'], y),
      pick(['child', 'child_of_victim', 'family'], x),
      day(y),
      userId('cpw-tirana'),
    ),
  needEnds: ({ y }: At) =>
    sql(
      `update case_need set state = 'MET', state_on = found_on + $1::int, outcome = $2 where id in (select id from case_need where state = 'OPEN' limit 2)`,
      y % 30,
      pick(['{"level": "preschool"}', '{"amountLek": 9000}', '{}'], y),
    ),
  // Not «on conflict do nothing»: what is counted before such a row would be taken away for a row that never comes.
  lives: ({ x, y }: At) =>
    sql(
      `insert into outcome_status (id, case_id, episode, occasion, taken_on, living, school, vaccinated, health_card, job, job_secure,
         parent_work, network, income, by_id, at)
       select gen_random_uuid(), id, 1, $2, $3, $4, $5, 'no', 'yes', $6, $7, 'one', 'no', 'none', $8, now() from case_file where id = $1
         and ($2 = 'review' or not exists (select from outcome_status o
           where o.case_id = $1 and o.episode = 1 and o.occasion = $2 and o.corrected_by is null))`,
      caseAt(x),
      pick(['review', 'month_12', 'opening'], y),
      day(y * 3),
      pick(['kinship', 'street', 'foster'], x),
      pick(['primary', 'none', 'preschool'], y),
      pick(['public', 'trade', 'none'], x + y),
      x % 2 === 0,
      userId('cpw-tirana'),
    ),
  livesRight: () =>
    sql(
      `update outcome_status set corrected_by = gen_random_uuid() where id in (select id from outcome_status where corrected_by is null
         order by id limit 1) and (select count(*) from outcome_status where corrected_by is null) > 1`,
    ),
  judge: ({ x, y }: At) =>
    sql(
      `with old as (update reopening_judgement set superseded = true where case_id = $1 and not superseded)
       insert into reopening_judgement (id, case_id, episode, reopened_on, reexploited, evidence, by_id, at)
       select gen_random_uuid(), id, 2 + $4::int % 40, $2, $3, '{police}', $5, now() from case_file where id = $1
       on conflict do nothing`,
      caseAt(x),
      day(y),
      pick(['yes', 'no'], y),
      x * 7 + y,
      userId('cpw-tirana'),
    ),
  court: ({ x, y }: At) =>
    sql(
      `insert into court_case (id, case_id, matter, court, stage, filed_on, opened_at, opened_by)
       select gen_random_uuid(), id, $2, 'Gjykata', 'filed', $3, now(), $4 from case_file where id = $1`,
      caseAt(x),
      pick(['custody', 'placement'], y),
      day(y),
      userId('cpw-tirana'),
    ),
  courtDecides: ({ y }: At) =>
    sql(
      `update court_case set stage = 'decided', outcome = $1, decided_on = filed_on + 20 where stage = 'filed'`,
      pick(['granted', 'refused'], y),
    ),
  disclose: ({ x, y }: At) =>
    sql(
      `insert into disclosure (id, case_id, at, kind, to_kind, grounds, fields, tier, overrides, child_asked, by_id)
       select gen_random_uuid(), id, $3::date, 'written_request', $2, '[{"kind": "request", "ref": ""}]', '{name}', 'T3', 'none', 'not_needed', $4
       from case_file where id = $1`,
      caseAt(x),
      pick(['police', 'prosecution'], y),
      day(y),
      userId('cpw-tirana'),
    ),
  rights: ({ x, y }: At) =>
    sql(
      `insert into rights_information (id, case_id, on_day, audience, topics, language, format, interpreter, understood, by_id, at)
       select gen_random_uuid(), id, $2, 'child', '{help}', 'sq', $3, false, 'yes', $4, now() from case_file where id = $1`,
      caseAt(x),
      day(y),
      pick(['leaflet', 'spoken'], y),
      userId('cpw-tirana'),
    ),
  placed: ({ x, y }: At) =>
    sql(
      `insert into placement (id, case_id, kind, status, basis, from_day, child_view, siblings, family_told, registered, hidden, by_id, at)
       select gen_random_uuid(), id, $2, 'planned', 'consent', $3, 'agrees', 'none', true, false, false, $4, now() from case_file where id = $1
       on conflict do nothing`,
      caseAt(x),
      pick(['emergency', 'kinship'], y),
      day(y),
      userId('cpw-tirana'),
    ),
  movesIn: () =>
    sql(
      `update placement p set status = 'in_place', started_at = now(), started_on = from_day where status = 'planned'
         and not exists (select 1 from placement q where q.case_id = p.case_id and q.status = 'in_place')`,
    ),
  complain: ({ x, y }: At) =>
    sql(
      `insert into complaint (id, version, state, route, body, municipality, by_whom, channel, discrimination, language, identity, received_at)
       values (gen_random_uuid(), 1, 'RECEIVED', 'state_agency', 'school', '53', $1, 'web', $2, 'sq', false, $3::date)`,
      pick(['victim', 'child'], x),
      pick(['yes', 'no'], y),
      day(y),
    ),
  talk: ({ y }: At) =>
    sql(
      `insert into supervision_session (id, version, unit_id, supervisor_id, worker_id, held_on, topics)
       values (gen_random_uuid(), 1, $1, $2, $3, $4, '{cases}')`,
      unitId('cpu-tirana'),
      userId('head-tirana'),
      userId('cpw-tirana'),
      day(y),
    ),
  tip: ({ y }: At) =>
    sql(
      `insert into integrity_tip (id, on_day, institution, version) values (gen_random_uuid(), $1, 'police', 1)`,
      day(y),
    ),
  tipped: ({ y }: At) =>
    sql(
      `insert into integrity_measure (id, tip_id, measure, on_day) select gen_random_uuid(), id, 'verified', $1 from integrity_tip limit 1`,
      day(y),
    ),
})

/** Counted by these acts. */
export const caseMeasures = [
  'need_ended',
  'lived/year',
  'year_after',
  'reopening',
  'court_decided',
  'disclosure',
  'placement',
  'complaint',
  'supervision',
] as const
