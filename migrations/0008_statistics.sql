-- Aggregates (T1) for readers who see no rows. The functions below count; the application suppresses before it replies.
-- They belong to mb_stats, which reads the few columns that counting needs and which nobody can take up.

grant usage on schema public to mb_stats;
grant select on unit, municipality to mb_stats;
create policy statistics_read on unit for select to mb_stats using (true);
create policy statistics_read on municipality for select to mb_stats using (true);
grant select (id, municipality, created_unit, occurred_at, received_at) on report to mb_stats;
create policy statistics_read on report for select to mb_stats using (true);
grant select (id, report_id, person_id) on report_child to mb_stats;
create policy statistics_read on report_child for select to mb_stats using (true);
grant select (id, same_as) on person to mb_stats;
create policy statistics_read on person for select to mb_stats using (true);
grant select (id, municipality, concerns, opened_at, closed_at, episode) on case_file to mb_stats;
create policy statistics_read on case_file for select to mb_stats using (true);
grant select (id, case_id, ground, status, decided_on, from_day) on protection_measure to mb_stats;
create policy statistics_read on protection_measure for select to mb_stats using (true);
grant select (record_id, kind, seq, type, occurred_at) on event to mb_stats;
create policy statistics_read on event for select to mb_stats using (kind = 'case_file');
grant select (rule, statutory, due_at, first_due_at, warn_at, started_at, stopped_at, paused_at, breaches, municipality) on clock to mb_stats;
create policy statistics_read on clock for select to mb_stats using (true);

create index report_of_field_team on report (occurred_at) where created_unit is not null;
create index protection_measure_by_day on protection_measure (coalesce(from_day, decided_on));
create index event_case_open_close on event (record_id, seq desc) include (type, occurred_at)
  where kind = 'case_file' and type in ('CaseOpened', 'CaseClosed', 'CaseReopened');

-- One row a municipality: field teams that reported in the period, reports, children whom field teams identified, open
-- cases with one of the concerns at the end, protection measures on one of the grounds in the period.
create function statistics_by_municipality(p_from timestamptz, p_until timestamptz, p_from_day date, p_until_day date,
    p_concerns text[], p_grounds text[])
  returns table (municipality text, teams integer, reports integer, identified integer, managed integer, measures integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  with period as (
    select r.id, r.municipality, u.id as team, u.municipality as team_at from report r
      left join unit u on u.id = r.created_unit and u.kind = 'field_team'
    where r.occurred_at >= p_from and r.occurred_at < p_until
  ), team as (
    select team_at as municipality, count(distinct team)::integer as n from period where team is not null group by 1
  ), told as (
    select period.municipality, count(*)::integer as n from period group by 1
  ), child as (
    -- A child met twice counts once, where it was met first by name of municipality; an unlinked child counts as reported.
    select min(period.municipality) as municipality, coalesce(p.same_as, c.person_id, c.id) as who
    from period join report_child c on c.report_id = period.id left join person p on p.id = c.person_id
    where period.team is not null group by 2
  ), met as (
    select child.municipality, count(*)::integer as n from child group by 1
  ), open_case as (
    select f.municipality, count(*)::integer as n from case_file f
    where f.concerns && p_concerns and f.opened_at < p_until
      and case when f.episode = 1 then f.closed_at is null or f.closed_at >= p_until
        -- Closed and opened again: the last such event before the day says which it was.
        else (select e.type <> 'CaseClosed' from event e where e.record_id = f.id and e.kind = 'case_file'
          and e.type in ('CaseOpened', 'CaseClosed', 'CaseReopened') and e.occurred_at < p_until order by e.seq desc limit 1) end
    group by 1
  ), measure as (
    select f.municipality, count(*)::integer as n from protection_measure m join case_file f on f.id = m.case_id
    where m.ground = any (p_grounds) and m.status not in ('proposed', 'refused')
      and coalesce(m.from_day, m.decided_on) >= p_from_day and coalesce(m.from_day, m.decided_on) < p_until_day
    group by 1
  )
  select m.code, coalesce(team.n, 0), coalesce(told.n, 0), coalesce(met.n, 0), coalesce(open_case.n, 0), coalesce(measure.n, 0)
  from municipality m left join team on team.municipality = m.code left join told on told.municipality = m.code
    left join met on met.municipality = m.code left join open_case on open_case.municipality = m.code
    left join measure on measure.municipality = m.code
  order by m.code
$$;

-- Deadlines of the period, by rule: kept, missed, still running and how many of these are past or near now.
create function statistics_of_clocks(p_from timestamptz, p_until timestamptz, p_now timestamptz)
  returns table (rule text, kept integer, missed integer, running integer, late integer, near integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.rule,
    (count(*) filter (where c.stopped_at is not null and c.breaches = 0 and c.stopped_at <= c.due_at))::integer,
    (count(*) filter (where c.breaches > 0 or c.stopped_at > c.due_at))::integer,
    (count(*) filter (where c.stopped_at is null))::integer,
    (count(*) filter (where c.stopped_at is null and c.paused_at is null and c.due_at < p_now))::integer,
    (count(*) filter (where c.stopped_at is null and c.paused_at is null and c.due_at >= p_now and c.warn_at <= p_now))::integer
  from clock c where c.statutory and c.started_at >= p_from and c.started_at < p_until group by 1 order by 1
$$;

grant execute on function statistics_by_municipality(timestamptz, timestamptz, date, date, text[], text[]) to mb_app;
grant execute on function statistics_of_clocks(timestamptz, timestamptz, timestamptz) to mb_app;
alter function statistics_by_municipality(timestamptz, timestamptz, date, date, text[], text[]) owner to mb_stats;
alter function statistics_of_clocks(timestamptz, timestamptz, timestamptz) owner to mb_stats;
