-- Where a child lives while it is protected: placements that follow one another without a gap, reviews and visits, visits after
-- leaving care, steps towards a guardian or an adoption, and the way out of an institution.

create table placement (
  id uuid primary key,
  case_id uuid not null references case_file,
  kind text not null check (kind in ('emergency', 'kinship', 'foster', 'residential', 'shelter', 'return_to_family')),
  status text not null check (status in ('planned', 'in_place', 'ended', 'moved', 'cancelled')),
  basis text not null check (basis in ('measure', 'court', 'consent', 'immediate_protection', 'best_interests')),
  basis_id uuid,
  from_day date not null,
  until_day date check (until_day >= from_day),
  child_view text not null check (child_view in ('agrees', 'disagrees', 'mixed', 'too_young', 'not_reached')),
  siblings text not null check (siblings in ('none', 'together', 'apart')),
  family_told boolean not null,
  registered boolean not null,
  hidden boolean not null,
  started_at timestamptz,
  started_on date,
  ended_at timestamptz check (ended_at >= started_at),
  ended_on date,
  end_reason text check (end_reason in ('returned_to_family', 'adoption', 'adulthood', 'absconded', 'died', 'other')),
  moved_to uuid references placement,
  review_on date,
  visit_on date,
  by_id uuid not null,
  at timestamptz not null,
  check ((status in ('in_place', 'ended', 'moved')) = (started_at is not null)),
  check ((status in ('ended', 'moved')) = (ended_at is not null)),
  check ((status = 'ended') = (end_reason is not null)),
  check ((status = 'moved') = (moved_to is not null))
);
create index placement_of on placement (case_id);
create unique index placement_one_now on placement (case_id) where status = 'in_place';
create unique index placement_one_planned on placement (case_id) where status = 'planned';
create index placement_moved_to on placement (moved_to) where moved_to is not null;
create index placement_by_day on placement (started_on) where started_on is not null;
-- Which bed of the registers takes the child. Where the place is hidden, only the sensitive tier reads it.
create table placement_place (
  id uuid primary key references placement,
  case_id uuid not null references case_file,
  hidden boolean not null,
  bed_hold_id uuid not null references bed_hold
);
create index placement_place_of on placement_place (case_id);
-- A hold is for one child, once: whoever looks sees only the own cases, so the table itself must know.
create unique index placement_place_bed on placement_place (bed_hold_id);
create table placement_review (
  id uuid primary key,
  placement_id uuid not null references placement,
  case_id uuid not null references case_file,
  reviewed_on date not null,
  outcome text not null check (outcome in ('continue', 'change', 'return')),
  child_view text not null check (child_view in ('agrees', 'disagrees', 'mixed', 'too_young', 'not_reached')),
  next_on date check (next_on > reviewed_on)
);
create index placement_review_of on placement_review (case_id);
create table placement_visit (
  id uuid primary key,
  placement_id uuid not null references placement,
  case_id uuid not null references case_file,
  visited_on date not null,
  seen text not null check (seen in ('alone', 'with_carer', 'not_seen')),
  concern boolean not null,
  next_on date check (next_on > visited_on)
);
create index placement_visit_of on placement_visit (case_id);
-- Visits due after an exit from care, as long as the case is open; those after its closure are follow_up.
create table placement_exit_visit (
  id uuid primary key,
  placement_id uuid not null references placement,
  case_id uuid not null references case_file,
  month smallint not null check (month in (1, 3, 6, 12)),
  due date not null,
  done_at timestamptz,
  seen_on date,
  seen text check (seen in ('child', 'family', 'school', 'nobody')),
  safe text check (safe in ('yes', 'no', 'not_known')),
  dropped boolean not null default false,
  unique (placement_id, month)
);
create index placement_exit_visit_of on placement_exit_visit (case_id);
create table care_step (
  id uuid primary key,
  case_id uuid not null references case_file,
  track text not null check (track in ('guardianship', 'adoption')),
  step text not null check (step in ('proposed', 'filed', 'appointed', 'refused', 'ended', 'adoptability_asked', 'declared_adoptable',
    'committee_registered', 'family_matched', 'trial_living', 'adopted', 'stopped')),
  on_day date not null,
  body text not null check (body in ('unit', 'court', 'adoption_committee')),
  matter_id uuid references court_case,
  representative_id uuid references representative,
  at timestamptz not null
);
create index care_step_of on care_step (case_id, track);
create table leaving_plan (
  id uuid primary key,
  case_id uuid not null references case_file,
  placement_id uuid not null references placement,
  goal text not null check (goal in ('return_to_family', 'kinship', 'foster', 'adoption', 'independent_living')),
  target_on date not null,
  made_on date not null,
  outcome text check (outcome in ('reached', 'changed', 'stopped')),
  ended_on date,
  check ((outcome is null) = (ended_on is null))
);
create unique index leaving_plan_one on leaving_plan (case_id) where outcome is null;
create index leaving_plan_of on leaving_plan (case_id);
create index leaving_plan_from on leaving_plan (placement_id);
create table leaving_step (
  id uuid primary key,
  leaving_id uuid not null references leaving_plan,
  case_id uuid not null references case_file,
  due date not null,
  status text not null check (status in ('open', 'done', 'dropped')),
  done_on date,
  check ((status = 'done') = (done_on is not null))
);
create index leaving_step_of on leaving_step (case_id);

select protect_table('placement', 'T2', 'placements of a child: kind, what each rests on, from when until when, how it ended; not where');
select protect_table('placement_place', 'T4', 'which bed of the registers a placement takes; open ones are read with the identified core');
select protect_table('placement_review', 'T2', 'reviews of placements: day, outcome, whether the child agrees');
select protect_table('placement_visit', 'T2', 'visits to a child in placement: day, whether it was seen alone, whether something worries');
select protect_table('placement_exit_visit', 'T2', 'visits due after leaving care, and whether the child was safe');
select protect_table('care_step', 'T2', 'steps towards a guardian or an adoption: day and body');
select protect_table('leaving_plan', 'T2', 'plans out of an institution: goal, target day, outcome');
select protect_table('leaving_step', 'T2', 'steps of a plan out of an institution: due, done');
grant select, insert on placement, placement_place, placement_review, placement_visit, placement_exit_visit, care_step, leaving_plan,
  leaving_step to mb_app;
grant update (status, started_at, started_on, ended_at, ended_on, end_reason, moved_to, review_on, visit_on) on placement to mb_app;
grant update (done_at, seen_on, seen, safe, dropped) on placement_exit_visit to mb_app;
grant update (outcome, ended_on) on leaving_plan to mb_app;
grant update (status, done_on) on leaving_step to mb_app;
do $$
declare
  t text;
begin
  foreach t in array array['placement', 'placement_review', 'placement_visit', 'placement_exit_visit', 'care_step', 'leaving_plan',
    'leaving_step'] loop
    execute format('create policy see on %I for select to mb_app using (exists (select 1 from case_file c where c.id = %I.case_id))', t, t);
  end loop;
  foreach t in array array['placement', 'placement_place', 'placement_review', 'placement_visit', 'placement_exit_visit', 'care_step',
    'leaving_plan', 'leaving_step'] loop
    execute format('create policy add on %I for insert to mb_app with check (exists (select 1 from case_file c where c.id = %I.case_id))', t, t);
    -- As mb_app nothing of it changes but together with an event of its case.
    execute format('create trigger follow_event_new after insert on %I for each row execute function follow_event(''case_file'', ''case_id'')', t);
    execute format('create trigger follow_event after update on %I for each row when (old.* is distinct from new.*)
      execute function follow_event(''case_file'', ''case_id'')', t);
  end loop;
  foreach t in array array['placement', 'placement_exit_visit', 'leaving_plan', 'leaving_step'] loop
    execute format('create policy change on %I for update to mb_app using (exists (select 1 from case_file c where c.id = %I.case_id))
      with check (exists (select 1 from case_file c where c.id = %I.case_id))', t, t, t);
  end loop;
end $$;
create policy see on placement_place for select to mb_app using (exists (select 1 from case_file c where c.id = placement_place.case_id
  and case (select me_role())
    when 'cpw' then c.unit_id = (select me_unit()) and (select me_user()) in (c.manager_id, c.deputy_id)
    when 'cpu_head' then c.unit_id = (select me_unit()) and (not placement_place.hidden or (select me_purpose()) = 'supervision'
      or (select me_user()) in (c.manager_id, c.deputy_id))
    when 'state_agency' then not placement_place.hidden and (select me_purpose()) in ('monitoring', 'complaint', 'case_review')
    else not placement_place.hidden end));

-- Whether a bed of one's own unit is planned or filled for a child already, whoever's case it is.
create function bed_spoken_for(p_hold uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from placement_place p join bed_hold h on h.id = p.bed_hold_id
    where p.bed_hold_id = p_hold and h.held_by_unit = me_unit() and me_role() in ('cpw', 'cpu_head'))
$$;
revoke all on function bed_spoken_for(uuid) from public;
grant execute on function bed_spoken_for(uuid) to mb_app;
-- A bed belongs to the child it is for: from the plan on, only whoever reads where that child is sees the hold (0040), fills it or gives
-- it back. A colleague would else read the hidden place from the unit's own holds. When the case goes to another unit, that unit acts.
create or replace function holds_bed(p_hold uuid, p_unit uuid) returns boolean language sql stable as $$
  select coalesce(me_role() in ('cpw', 'cpu_head')
    and (exists (select 1 from placement_place p where p.bed_hold_id = p_hold) or (p_unit = me_unit() and not bed_spoken_for(p_hold))), false)
$$;
-- A plan takes a bed that its own unit holds; keeping the family gives no right to another unit's hold on it.
create function own_hold(p_hold uuid) returns boolean language sql stable as $$
  select exists (select 1 from bed_hold h where h.id = p_hold and h.held_by_unit = me_unit())
$$;
grant execute on function own_hold(uuid) to mb_app;
create policy own_hold on placement_place as restrictive for insert to mb_app with check (own_hold(bed_hold_id));

-- Erasure: the texts lie with the other texts of the case and go with them; the link to the place goes here.
create function erase_placements(p_case uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from event e where e.record_id = p_case and e.kind = 'case_file' and e.type = 'Erased'
      and e.xid = pg_current_xact_id()) then
    raise exception 'nothing is erased without its event' using errcode = 'insufficient_privilege';
  end if;
  delete from bed_hold_placement b using placement p where p.id = b.placement_id and p.case_id = p_case;
  delete from placement_place where case_id = p_case;
end $$;
revoke all on function erase_placements(uuid) from public;
grant execute on function erase_placements(uuid) to mb_retention;

-- Monitoring of alternative care and of the way out of institutions: one row a municipality, only counts. The application hides
-- small cells. Heads and workers get their own unit, a director the municipality, the State Agency and the Coordinator the country.
grant select (id, case_id, kind, status, started_on, ended_on, end_reason, moved_to) on placement to mb_stats;
create policy statistics_read on placement for select to mb_stats using (true);
grant select (id, case_id, placement_id, goal, target_on, outcome, ended_on) on leaving_plan to mb_stats;
create policy statistics_read on leaving_plan for select to mb_stats using (true);

create function placement_figures(p_from date, p_until date, p_today date)
  returns table (municipality text, county text, what text, key text, n integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  with mine as (
    select p.id, p.case_id, p.kind, p.started_on, p.ended_on, p.end_reason, p.moved_to, f.municipality as place, u.county as county_code
    from placement p join case_file f on f.id = p.case_id join municipality u on u.code = f.municipality
    where p.started_on is not null
      and case me_role()
        when 'state_agency' then true
        when 'coordinator' then true
        when 'municipal_director' then f.municipality = me_municipality()
        when 'cpu_head' then f.unit_id = me_unit()
        when 'cpw' then f.unit_id = me_unit()
        else false
      end
  ), there as (
    -- On the last day of the period, or today while it runs.
    select * from mine where started_on <= least(p_until, p_today) and (ended_on is null or ended_on > least(p_until, p_today))
  ), moved as (
    select a.*, b.kind as next_kind from mine a left join placement b on b.id = a.moved_to
    where a.kind in ('residential', 'shelter') and a.ended_on between p_from and p_until
  )
  select place, county_code, 'living', kind, count(*)::int from there group by 1, 2, 4
  union all
  select place, county_code, 'stay', case
      when started_on > least(p_until, p_today) - 91 then 'under_3'
      when started_on > least(p_until, p_today) - 183 then '3_6'
      when started_on > least(p_until, p_today) - 365 then '6_12'
      when started_on > least(p_until, p_today) - 730 then '12_24'
      else 'over_24' end, count(*)::int
    from there where kind = 'residential' group by 1, 2, 4
  union all
  select place, county_code, 'plan', case when exists (select 1 from leaving_plan l where l.case_id = there.case_id and l.outcome is null
      and l.target_on < p_today) then 'late'
      when exists (select 1 from leaving_plan l where l.case_id = there.case_id and l.outcome is null) then 'on_time'
      else 'none' end, count(*)::int
    from there where kind = 'residential' group by 1, 2, 4
  union all
  select place, county_code, 'to_family_q' || extract(quarter from ended_on)::int,
    coalesce(next_kind, end_reason), count(*)::int
    from moved where next_kind in ('kinship', 'foster', 'return_to_family') or end_reason in ('returned_to_family', 'adoption')
    group by 1, 2, 3, 4
  union all
  select place, county_code, 'ended', coalesce(end_reason, 'moved'), count(*)::int
    from mine where ended_on between p_from and p_until group by 1, 2, 4
$$;
revoke all on function placement_figures(date, date, date) from public;
grant execute on function placement_figures(date, date, date) to mb_app;
alter function placement_figures(date, date, date) owner to mb_stats;
