-- Walls of the trafficking track, as a second reading found them open.

-- Whoever charges somebody learned by the proceeding's own mark that the name stands in a file of the track. The mark comes now with what
-- the Responsible Authority finds; until then it sees the proceeding by the flag, which nobody else reads.
create index non_punishment_flag_of on non_punishment_flag (proceeding_id);
alter policy holders on proceeding using (
  case (select me_role()) when 'prosecutor' then office_unit = (select me_unit())
    when 'police' then police_unit = (select me_unit()) when 'border_police' then police_unit = (select me_unit())
    when 'responsible_authority' then track or exists (select from non_punishment_flag f where f.proceeding_id = proceeding.id)
    else false end);
alter policy holders_act on proceeding using (
  case (select me_role()) when 'prosecutor' then office_unit = (select me_unit())
    when 'police' then police_unit = (select me_unit()) when 'border_police' then police_unit = (select me_unit())
    when 'responsible_authority' then track or exists (select from non_punishment_flag f where f.proceeding_id = proceeding.id)
    else false end);
do $$
declare
  was text := pg_get_functiondef('flag_charge(uuid, timestamptz)'::regprocedure);
  told text := replace(was, $f$      update proceeding set track = true where id = s.proceeding_id and not track;
$f$, '');
begin
  if told = was then
    raise exception 'flag_charge is not as it was';
  end if;
  execute told;
  was := pg_get_functiondef('raise_non_punishment(uuid)'::regprocedure);
  told := replace(was, 'set non_punishment = true from', 'set non_punishment = true, track = true from');
  if told = was then
    raise exception 'raise_non_punishment is not as it was';
  end if;
  execute told;
end $$;

-- Whoever identified an adult reads where it was filed and that somebody has taken it: not to which shelter it was handed afterwards.
create or replace function own_nrm_filings(p_limit integer)
  returns table (id uuid, code text, opened_at timestamptz, taken boolean, unit_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select f.id, f.code, f.opened_at,
    exists (select from event e where e.record_id = f.id and e.kind = 'nrm_file' and e.type = 'NrmTaken'), (o.facts ->> 'unitId')::uuid
   from nrm_file f join event o on o.record_id = f.id and o.kind = 'nrm_file' and o.seq = 1
   where f.subject = 'adult' and f.opened_by = me_user() and f.opened_at > me_now() - interval '30 days'
   order by f.opened_at desc, f.id desc limit p_limit
$$;

-- By way of break-glass or a grant nothing is written that hangs on a file of the track alone either: nothing leaves for another country.
create function opened_nrm(p_nrm uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select f.case_id = any (opened_cases('T2')) from nrm_file f where f.id = p_nrm), false)
$$;
revoke all on function opened_nrm(uuid) from public;
grant execute on function opened_nrm(uuid) to mb_app;
do $$
declare
  t text;
begin
  foreach t in array array['packet', 'assistance_need', 'assistance_action', 'assistance_dependant', 'assistance_risk', 'safety_plan',
      'assistance_follow_up', 'assistance_contact_lost', 'shelter_stay', 'shelter_stay_place', 'assistance_service', 'assistance_report',
      'assistance_text', 'assistance_text_sensitive'] loop
    execute format('create policy not_opened_nrm on %I as restrictive for insert to mb_app with check (not opened_nrm(nrm_id))', t);
  end loop;
  foreach t in array array['packet', 'assistance_need', 'assistance_action', 'assistance_dependant', 'assistance_follow_up', 'shelter_stay'] loop
    execute format('create policy not_opened_nrm_now on %I as restrictive for update to mb_app using (not opened_nrm(nrm_id))', t);
  end loop;
end $$;

-- The case that a record of the track belongs to; null for an adult's, for any other kind and for none.
create function case_of_track(p_kind text, p_id uuid) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select f.case_id from nrm_file f where f.id = case p_kind when 'nrm_file' then p_id
    when 'interview' then (select i.nrm_id from interview i where i.id = p_id)
    when 'nrm_return' then (select r.nrm_id from nrm_return r where r.id = p_id)
    when 'packet' then (select k.nrm_id from packet k where k.id = p_id) end
$$;
revoke all on function case_of_track(text, uuid) from public;
-- A look at them under an opening or a grant says so, like a look at the case.
create or replace function mark_opened() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  file uuid := new.record_id;
begin
  if new.kind in ('referral', 'attachment') then
    execute format('select case_id from %I where id = $1', new.kind) into file using new.record_id;
  elsif new.kind in ('nrm_file', 'interview', 'nrm_return', 'packet') then
    file := case_of_track(new.kind, new.record_id);
  end if;
  if exists (select 1 from break_glass b where b.user_id = new.actor_id and b.until > new.at and b.opened_at <= new.at and b.ended_at is null
      and b.ends > now() and file in (b.case_id, b.person_id)) then
    new.code := 'break_glass';
  elsif exists (select 1 from access_grant g where g.user_id = new.actor_id and g.state = 'GRANTED' and g.until > new.at
      and file in (g.case_id, g.person_id)) then
    new.code := 'access_grant';
  end if;
  return new;
end $$;

-- Who opened this person's records: those of the track too, for an adult nothing else. What of it may be handed over, src/domain/privacy says.
create or replace function person_access(p_person uuid, p_limit integer)
  returns table (at timestamptz, act text, role text, unit_id uuid, tier text, purpose text, code text, case_code text)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if me_role() is distinct from 'dpo' then
    return;
  end if;
  return query
    with track as materialized (
      select n.id, n.case_id, coalesce(c.code, n.code) as code from nrm_file n left join case_file c on c.id = n.case_id where n.person_id = p_person),
    file as materialized (
      select c.id, c.code from case_file c where c.person_id = p_person
      union all select p_person, null
      union all select f.id, c.code from case_file c join referral f on f.case_id = c.id where c.person_id = p_person
      union all select t.id, t.code from track t
      union all select i.id, t.code from track t join interview i on i.nrm_id = t.id
      union all select r.id, t.code from track t join nrm_return r on r.nrm_id = t.id
      union all select k.id, t.code from track t join packet k on k.nrm_id = t.id
      union all select s.id, t.code from track t join shelter_stay s on s.nrm_id = t.id
      union all select b.id, t.code from track t join border_alert b on b.nrm_id = t.id
      union all select b.id, c.code from case_file c join border_alert b on b.case_id = c.id where c.person_id = p_person)
    select a.at, a.act, a.role, a.unit_id, a.tier, a.purpose, a.code, file.code
    from file join access_record a on a.record_id = file.id
    where a.act in ('read', 'export', 'break_glass') and a.actor_id is not null
    order by a.at desc, a.id desc limit p_limit;
end $$;
