-- Asked by policies of nearly every table of a case: a function in SQL that cannot be inlined is planned anew by each statement that asks it,
-- ten to fifty times the cost of its answer; one in PL/pgSQL keeps its plan for the session. Same questions, same answers.
create or replace function stood_in_for() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if me_role() is null or me_role() not in ('cpw', 'cpu_head') then
    return '{}';
  end if;
  return (select coalesce(array_agg(a.worker_id), '{}') from worker_absence a join app_user d on d.id = a.deputy_id
    where a.deputy_id = me_user() and a.unit_id = me_unit() and d.unit_id = a.unit_id and d.active
      and (now() at time zone 'Europe/Tirane')::date between a.from_day and a.until_day
      and (a.ended_on is null or (now() at time zone 'Europe/Tirane')::date < a.ended_on));
end $$;

create or replace function stand_in_of(p_worker uuid, p_unit uuid) returns uuid language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  return (select a.deputy_id from worker_absence a join app_user d on d.id = a.deputy_id
    where a.worker_id = p_worker and a.unit_id = p_unit and d.unit_id = a.unit_id and d.active and d.role in ('cpw', 'cpu_head')
      and (now() at time zone 'Europe/Tirane')::date between a.from_day and a.until_day
      and (a.ended_on is null or (now() at time zone 'Europe/Tirane')::date < a.ended_on)
    order by a.from_day limit 1);
end $$;

create or replace function opened_nrm(p_nrm uuid) returns boolean language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  return coalesce((select f.case_id = any (opened_cases('T2')) from nrm_file f where f.id = p_nrm), false);
end $$;

create or replace function sat_bodies(p_seats text[]) returns uuid[] language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  return (select coalesce(array_agg(distinct m.body_id), '{}')
    from body_member m join body_institution i on i.code = m.institution_code
    where (p_seats is null or m.seat = any (p_seats))
      and (i.role = me_role() and (m.county is null or m.county = me_county())
          and (m.municipality is null or m.municipality = me_municipality())
        or i.code = any ((select answered_codes())::text[]))
      and (m.valid_from is null or m.valid_from <= (now() at time zone 'Europe/Tirane')::date)
      and (m.valid_to is null or m.valid_to >= (now() at time zone 'Europe/Tirane')::date));
end $$;

create or replace function seen_bodies() returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (
    with recursive down (id) as (
      select unnest(sat_bodies(null))
      union
      select b.id from body b join down d on b.parent_id = d.id
    )
    select coalesce(array_agg(id), '{}') from down);
end $$;

create or replace function keeps_stay(p_stay uuid, p_now boolean) returns boolean language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  return coalesce(me_role() = 'shelter', false) and exists (select 1 from shelter_stay_place p join shelter_stay s on s.id = p.id
    where p.id = p_stay and p.unit_id = me_unit() and (not p_now or s.status = 'in_place'));
end $$;

create or replace function keeps_file(p_nrm uuid, p_case uuid) returns boolean language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  return exists (select from nrm_file f where f.id = p_nrm and (case when me_role() = 'responsible_authority' then not f.lowered
      when f.subject = 'adult' then me_role() in ('social_service', 'shelter')
        and (f.unit_id = me_unit() or me_role() = 'social_service' and f.county = me_county())
      else false end))
    or exists (select from case_file c where c.id in (p_case, (select f.case_id from nrm_file f where f.id = p_nrm))
      and (me_role() = 'cpw' and c.unit_id = me_unit() and me_user() in (c.manager_id, c.deputy_id)
        or me_role() = 'cpu_head' and c.unit_id = me_unit()));
end $$;
-- A policy's question about another table brings that table's policies into every plan: a person's row asked for a child's case carried
-- all that decides who reads an adult's file, a hundred small questions made ready for each statement and none of them asked. Asked by a
-- function they are made ready once a session, and by the caller's own rights as before.
create function reads_track_person(p_person uuid, p_tier text) returns boolean language plpgsql stable set search_path = public, pg_temp as $$
begin
  if me_role() is null or me_role() not in ('social_service', 'shelter', 'responsible_authority') then
    return false;
  end if;
  case p_tier
    when 'T2' then
      return exists (select 1 from nrm_file f where f.person_id = p_person and f.subject = 'adult')
        or exists (select 1 from assistance_dependant d where d.person_id = p_person);
    when 'T3' then
      return exists (select 1 from nrm_file f join nrm_file_named n on n.id = f.id where f.person_id = p_person and f.subject = 'adult')
        or exists (select 1 from assistance_dependant d join nrm_file_named f on f.id = d.nrm_id where d.person_id = p_person);
    when 'T4' then
      return me_role() <> 'responsible_authority'
        and exists (select 1 from nrm_file f join nrm_file_sensitive n on n.id = f.id where f.person_id = p_person and f.subject = 'adult');
    else
      return false;
  end case;
end $$;
revoke all on function reads_track_person(uuid, text) from public;
grant execute on function reads_track_person(uuid, text) to mb_app;
drop policy through_assistance on person;
drop policy through_assistance on person_named;
alter policy through_nrm on person using (reads_track_person(id, 'T2'));
alter policy through_nrm on person_named using (reads_track_person(id, 'T3'));
alter policy through_nrm on person_sensitive using (reads_track_person(id, 'T4'));

-- Whether a child protection unit has anybody on the trafficking track: where it has nobody, its work list need not ask.
create function unit_on_track() returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (select from nrm_file f where f.unit_id = me_unit())
    or exists (select from case_file c where c.unit_id = me_unit() and c.vmt_status in ('vmt', 'formal_pending', 'vt', 'not_confirmed', 'declined_formal', 'exited'));
end $$;
revoke all on function unit_on_track() from public;
grant execute on function unit_on_track() to mb_app;
