-- Protection measures over their whole life, and matters of a case before a court: filed, heard, decided, appealed, carried out.

alter table protection_measure drop constraint protection_measure_status_check;
alter table protection_measure
  add check (status in ('proposed', 'emergency_issued', 'court_filed', 'court_confirmed', 'in_force', 'under_review', 'refused',
    'replaced', 'lifted', 'expired')),
  add column reviewed_on date,
  add column replaced_by uuid references protection_measure;
grant update (reviewed_on, replaced_by) on protection_measure to mb_app;

create table court_case (
  id uuid primary key,
  case_id uuid not null references case_file,
  measure_id uuid references protection_measure,
  matter text not null check (matter in ('protection_order', 'custody', 'placement', 'emergency_measure', 'supervision', 'other')),
  court text not null check (length(court) between 1 and 160),
  stage text not null check (stage in ('prepared', 'filed', 'decided', 'appealed', 'final', 'withdrawn')),
  report_on date,
  filed_on date,
  court_ref text check (length(court_ref) <= 80),
  next_hearing_at timestamptz,
  outcome text check (outcome in ('granted', 'partly', 'refused')),
  decided_on date,
  until_day date check (until_day >= decided_on),
  appeal_until date,
  appealed_on date,
  appellant text,
  appeal_outcome text check (appeal_outcome in ('upheld', 'changed', 'returned')),
  appeal_decided_on date,
  execution text check (execution in ('carried_out', 'under_way', 'hindered', 'not_begun')),
  hindrance text,
  check_on date,
  review_on date,
  reviewed_on date,
  closed_on date,
  opened_at timestamptz not null,
  opened_by uuid not null
);
create index court_case_of on court_case (case_id);
create unique index court_case_one_of_measure on court_case (measure_id) where stage <> 'withdrawn';
create index court_case_by_day on court_case (decided_on) where decided_on is not null;
create index court_case_running on court_case (case_id, next_hearing_at) where stage <> 'withdrawn';
create table court_hearing (
  id uuid primary key,
  court_id uuid not null references court_case,
  case_id uuid not null references case_file,
  hearing_at timestamptz not null,
  held boolean,
  worker_attended boolean,
  child_heard text
);
create index court_hearing_of on court_hearing (court_id, hearing_at);
create index court_hearing_of_case on court_hearing (case_id);
create table court_check (
  id uuid primary key,
  court_id uuid not null references court_case,
  case_id uuid not null references case_file,
  checked_on date not null,
  execution text not null check (execution in ('carried_out', 'under_way', 'hindered', 'not_begun')),
  hindrance text,
  check (execution in ('carried_out', 'under_way') or hindrance is not null)
);
create index court_check_of on court_check (court_id, checked_on);
create index court_check_of_case on court_check (case_id);

select protect_table('court_case', 'T2', 'matters of a case before a court: stage, days, outcome, appeal, whether it is carried out');
select protect_table('court_hearing', 'T2', 'hearings: when, whether held, whether the worker came and the child was heard');
select protect_table('court_check', 'T2', 'looks at whether a decision of a court is carried out, and what hinders it');
grant select, insert on court_case, court_hearing, court_check to mb_app;
grant update (stage, report_on, filed_on, court_ref, next_hearing_at, outcome, decided_on, until_day, appeal_until, appealed_on,
  appellant, appeal_outcome, appeal_decided_on, execution, hindrance, check_on, review_on, reviewed_on, closed_on) on court_case to mb_app;
grant update (held, worker_attended, child_heard) on court_hearing to mb_app;
do $$
declare
  t text;
begin
  foreach t in array array['court_case', 'court_hearing', 'court_check'] loop
    execute format('create policy see on %I for select to mb_app using (exists (select 1 from case_file c where c.id = %I.case_id))', t, t);
    execute format('create policy add on %I for insert to mb_app with check (exists (select 1 from case_file c where c.id = %I.case_id))', t, t);
  end loop;
  foreach t in array array['court_case', 'court_hearing'] loop
    execute format('create policy change on %I for update to mb_app using (exists (select 1 from case_file c where c.id = %I.case_id))
      with check (exists (select 1 from case_file c where c.id = %I.case_id))', t, t, t);
  end loop;
end $$;

-- The yearly monitoring of court decisions (seed 003): one row a municipality and matter, only counts. Heads and workers get their
-- own unit, a director the municipality, the State Agency the country; nobody else gets a row. The application hides small cells.
grant select (unit_id) on case_file to mb_stats;
grant select (id, case_id, matter, stage, report_on, filed_on, outcome, decided_on, appealed_on, appeal_outcome, execution, hindrance,
  review_on, reviewed_on) on court_case to mb_stats;
create policy statistics_read on court_case for select to mb_stats using (true);
grant select (court_id, hearing_at, held, worker_attended, child_heard) on court_hearing to mb_stats;
create policy statistics_read on court_hearing for select to mb_stats using (true);

create function court_figures(p_from date, p_until date, p_today date)
  returns table (municipality text, matter text, filed integer, decided integer, granted integer, partly integer, refused integer,
    with_report integer, appealed integer, changed integer, carried_out integer, under_way integer, hindered integer, not_begun integer,
    not_looked integer, child_heard integer, review_late integer, days bigint)
  language sql stable security definer set search_path = public, pg_temp as $$
  with mine as (
    select c.id, c.matter, c.report_on, c.filed_on, c.outcome, c.decided_on, c.appealed_on, c.appeal_outcome, c.execution, c.review_on,
      f.municipality as place,
      c.filed_on between p_from and p_until as filed_now, c.decided_on between p_from and p_until as decided_now
    from court_case c join case_file f on f.id = c.case_id
    where (c.filed_on between p_from and p_until or c.decided_on between p_from and p_until)
      and case me_role()
        when 'state_agency' then true
        when 'municipal_director' then f.municipality = me_municipality()
        when 'cpu_head' then f.unit_id = me_unit()
        when 'cpw' then f.unit_id = me_unit()
        else false
      end
  )
  select place, matter,
    count(*) filter (where filed_now)::int, count(*) filter (where decided_now)::int,
    count(*) filter (where decided_now and outcome = 'granted')::int, count(*) filter (where decided_now and outcome = 'partly')::int,
    count(*) filter (where decided_now and outcome = 'refused')::int,
    count(*) filter (where decided_now and report_on <= decided_on)::int,
    count(*) filter (where decided_now and appealed_on is not null)::int,
    count(*) filter (where decided_now and appeal_outcome in ('changed', 'returned'))::int,
    count(*) filter (where decided_now and outcome <> 'refused' and execution = 'carried_out')::int,
    count(*) filter (where decided_now and outcome <> 'refused' and execution = 'under_way')::int,
    count(*) filter (where decided_now and outcome <> 'refused' and execution = 'hindered')::int,
    count(*) filter (where decided_now and outcome <> 'refused' and execution = 'not_begun')::int,
    count(*) filter (where decided_now and outcome <> 'refused' and execution is null)::int,
    count(*) filter (where decided_now and exists (select 1 from court_hearing h where h.court_id = mine.id and h.held
      and h.child_heard in ('heard', 'through_psychologist')))::int,
    count(*) filter (where decided_now and review_on < p_today)::int,
    coalesce(sum(decided_on - filed_on) filter (where decided_now), 0)
  from mine group by place, matter order by place, matter
$$;
revoke all on function court_figures(date, date, date) from public;
grant execute on function court_figures(date, date, date) to mb_app;
alter function court_figures(date, date, date) owner to mb_stats;
