-- Surveys answer indicators; the quality of a municipality’s data is asked at the size of a country.

-- A figure that a wave of a survey brought; its further versions are somebody's corrections.
alter table indicator_value add column wave_id uuid references survey_wave;
create index indicator_value_of_wave on indicator_value (wave_id) where wave_id is not null;

-- Quality of the data by municipality, the same figures as before from whole tables met once: the view asks for each case by itself, which
-- is right for the list of one unit and slow for a country.
set role mb_stats;
drop function quality_by_municipality(timestamptz);
set role mb_owner;
create function quality_by_municipality(p_now timestamptz)
  returns table (municipality text, complete integer, incomplete integer, unassessed integer, child_unknown integer, twice integer, late integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  with planned as (
    select distinct l.case_id from plan l where l.status = 'approved'
  ), assessed as (
    select distinct a.case_id from assessment a
  ), opened as (
    select f.municipality, coalesce(p.same_as, p.id) as root, a.case_id is null as unassessed, (p.sex = 'unknown' or p.born_from is null) as child_unknown,
      f.risk_level is null or f.manager_id is null or l.case_id is null as lacks
    from case_file f join person p on p.id = f.person_id left join planned l on l.case_id = f.id left join assessed a on a.case_id = f.id
    where f.closed_at is null
  ), person_open as (
    select o.municipality, count(*) as n, count(*) filter (where o.lacks or o.unassessed or o.child_unknown) as incomplete,
      count(*) filter (where o.unassessed) as unassessed, count(*) filter (where o.child_unknown) as child_unknown
    from opened o group by o.municipality, o.root
  ), faults as (
    select x.municipality, sum(x.n - x.incomplete)::integer as complete, sum(x.incomplete)::integer as incomplete,
      sum(x.unassessed)::integer as unassessed, sum(x.child_unknown)::integer as child_unknown,
      coalesce(sum(x.n) filter (where x.n > 1), 0)::integer as twice
    from person_open x group by 1
  ), late as (
    select c.municipality, count(*)::integer as n from clock c
    where c.statutory and c.stopped_at is null and c.paused_at is null and c.due_at < p_now group by 1
  )
  select m.code, coalesce(f.complete, 0), coalesce(f.incomplete, 0), coalesce(f.unassessed, 0), coalesce(f.child_unknown, 0),
    coalesce(f.twice, 0), coalesce(l.n, 0)
  from municipality m left join faults f on f.municipality = m.code left join late l on l.municipality = m.code order by m.code
$$;
grant execute on function quality_by_municipality(timestamptz) to mb_app;
alter function quality_by_municipality(timestamptz) owner to mb_stats;
