-- The net: structures and posts of the protection system with the days on which they exist, who does what in the country
-- (actors, projects and measures), and the money of the municipalities beneath the national plan. No row here is about a child.

-- Who keeps which part of the register. The domain decides the same (src/domain/net/policy.ts); this is the wall behind it.
create function net_keeps(p_kind text, p_municipality text, p_county text) returns boolean language sql stable parallel safe as $$
  select coalesce(case
    when p_kind in ('cpu', 'school', 'field_team', 'nrm_mechanism', 'dv_mechanism', 'contact_point') then
      (me_role() in ('cpu_head', 'municipal_director') and me_municipality() = p_municipality)
      or (p_kind = 'school' and me_role() = 'education_directorate' and me_county() = p_county)
    when p_kind = 'border_post' then me_role() = 'border_police' and (me_municipality() is null or me_municipality() = p_municipality)
    when p_kind in ('krat', 'technical_table') then
      me_role() = 'coordinator' or (me_role() = 'county_committee' and me_county() = p_county)
    when p_kind = 'police_section' then me_role() = 'coordinator' or (me_role() = 'police' and me_county() = p_county)
    when p_kind = 'mobile_unit' then me_role() = 'coordinator'
    when p_kind = 'national_office' then me_role() in ('coordinator', 'state_agency')
  end, false)
$$;
grant execute on function net_keeps(text, text, text) to mb_app;

-- Days are inclusive on Tirana's calendar; no last day means: still there.
create table net_structure (
  id uuid primary key,
  version integer not null check (version > 0),
  kind text not null check (kind in ('cpu', 'school', 'field_team', 'nrm_mechanism', 'dv_mechanism', 'contact_point', 'border_post',
    'krat', 'technical_table', 'police_section', 'mobile_unit', 'national_office')),
  municipality text references municipality,
  county text references county,
  crossing text references border_crossing,
  -- The addressee of reports and referrals that this structure is in this register, where there is one.
  unit_id uuid references unit,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  act_number text check (length(act_number) between 1 and 120),
  act_date date,
  -- Last day on which somebody who keeps it said that it is right.
  confirmed_on date not null,
  check ((crossing is not null) = (kind = 'border_post')),
  check (kind not in ('cpu', 'school', 'field_team', 'nrm_mechanism', 'dv_mechanism', 'contact_point') or municipality is not null),
  check (kind not in ('krat', 'technical_table', 'police_section', 'mobile_unit') or county is not null)
);
create index net_structure_by_place on net_structure (municipality, kind);
create index net_structure_by_kind on net_structure (kind, county);
create unique index net_structure_of_unit on net_structure (unit_id) where unit_id is not null and valid_to is null;

-- An institution that is renamed stays the same; each name holds from its day until the next one's.
create table net_name (
  structure_id uuid not null references net_structure,
  from_day date not null,
  name_sq text not null check (length(name_sq) between 1 and 200),
  name_en text not null check (length(name_en) between 1 and 200),
  act_number text check (length(act_number) between 1 and 120),
  act_date date,
  primary key (structure_id, from_day)
);

create table net_position (
  id uuid primary key,
  structure_id uuid not null references net_structure,
  duty text not null check (duty ~ '^[a-z_]{2,40}$'),
  full_time boolean not null,
  -- The job description of the post names this duty.
  in_job_description boolean not null,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from)
);
create index net_position_of on net_position (structure_id);

-- Who holds a post, without a name: what counting needs.
create table net_tenure (
  id uuid primary key,
  position_id uuid not null references net_position,
  structure_id uuid not null references net_structure,
  from_day date not null,
  to_day date check (to_day >= from_day),
  sex text not null check (sex in ('female', 'male')),
  qualification text not null check (qualification ~ '^[a-z_]{2,40}$'),
  act_number text check (length(act_number) between 1 and 120),
  act_date date
);
create index net_tenure_of on net_tenure (position_id, from_day);
create index net_tenure_in on net_tenure (structure_id);
create table net_tenure_named (
  id uuid primary key references net_tenure,
  structure_id uuid not null references net_structure,
  name text not null check (length(name) between 1 and 120)
);
create index net_tenure_named_in on net_tenure_named (structure_id);

select protect_table('net_structure', 'T1', 'structures of the protection system with the days on which they exist');
select protect_table('net_name', 'T1', 'names of structures, each from its day');
select protect_table('net_position', 'T1', 'posts of structures: duty, hours, job description, days');
select protect_table('net_tenure', 'T1', 'appointments to posts without the name: days, sex, qualification, act');
select protect_table('net_tenure_named', 'T2', 'names of officials in posts');
grant select, insert on net_structure, net_name, net_position, net_tenure, net_tenure_named to mb_app;
grant update (version, valid_to, confirmed_on) on net_structure to mb_app;
grant update (full_time, in_job_description, valid_to) on net_position to mb_app;
grant update (to_day) on net_tenure to mb_app;

create function net_keeps_structure(p_id uuid) returns boolean language sql stable as $$
  select exists (select 1 from net_structure s where s.id = p_id and net_keeps(s.kind, s.municipality, s.county))
$$;
grant execute on function net_keeps_structure(uuid) to mb_app;

-- Organisation, not people: everybody who works in the register reads it.
create policy staff_read on net_structure for select to mb_app using ((select me_role()) is not null and (select me_role()) <> 'public');
create policy staff_read on net_name for select to mb_app using ((select me_role()) is not null and (select me_role()) <> 'public');
create policy staff_read on net_position for select to mb_app using ((select me_role()) is not null and (select me_role()) <> 'public');
create policy staff_read on net_tenure for select to mb_app using ((select me_role()) is not null and (select me_role()) <> 'public');
-- Names: whoever keeps the structure, and the two offices that steer the net.
create policy keeper_reads on net_tenure_named for select to mb_app
  using ((select me_role()) in ('coordinator', 'state_agency') or net_keeps_structure(structure_id));
create policy keeper_adds on net_structure for insert to mb_app with check (net_keeps(kind, municipality, county));
create policy keeper_changes on net_structure for update to mb_app using (net_keeps(kind, municipality, county));
create policy keeper_adds on net_name for insert to mb_app with check (net_keeps_structure(structure_id));
create policy keeper_adds on net_position for insert to mb_app with check (net_keeps_structure(structure_id));
create policy keeper_changes on net_position for update to mb_app using (net_keeps_structure(structure_id));
create policy keeper_adds on net_tenure for insert to mb_app with check (net_keeps_structure(structure_id));
create policy keeper_changes on net_tenure for update to mb_app using (net_keeps_structure(structure_id));
create policy keeper_adds on net_tenure_named for insert to mb_app with check (net_keeps_structure(structure_id));

-- County committees and technical tables of the register of bodies, of which most readers see only those they sit in: that one
-- stands in a county is no secret, who sits in it is.
create function net_county_bodies(p_day date) returns table (county text, kind text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select distinct b.county, b.kind from body b where b.kind in ('county_committee', 'technical_table') and b.county is not null
    and (b.valid_from is null or b.valid_from <= p_day) and (b.valid_to is null or b.valid_to >= p_day)
$$;
grant execute on function net_county_bodies(date) to mb_app;

-- Who does what: the list of actors and of projects and measures that the National Coordinator publishes (S004, Bashkërendimi
-- 1.(a).1). Public by purpose: no column can hold an address, and the domain refuses text that reads like one.
create table net_actor (
  id uuid primary key,
  -- 0: as shipped, nobody has changed it yet.
  version integer not null default 0,
  kind text not null check (kind in ('state', 'municipal', 'justice', 'ngo', 'coalition', 'international', 'donor', 'private')),
  name_sq text not null check (length(name_sq) between 1 and 200),
  name_en text not null check (length(name_en) between 1 and 200),
  does_sq text not null check (length(does_sq) between 1 and 600),
  does_en text not null check (length(does_en) between 1 and 600),
  -- Codes of municipalities (01–61) and counties (AL-01…); empty: the whole country.
  areas text[] not null default '{}' check (cardinality(areas) <= 61),
  website text check (website ~ '^https://[^\s]{3,200}$'),
  source text check (length(source) <= 200),
  listed boolean not null default true,
  updated_on date not null
);
create index net_actor_by_name on net_actor (name_sq, id);
create table net_project (
  id uuid primary key,
  version integer not null default 0,
  kind text not null check (kind in ('project', 'measure')),
  name_sq text not null check (length(name_sq) between 1 and 200),
  name_en text not null check (length(name_en) between 1 and 200),
  does_sq text not null check (length(does_sq) between 1 and 1000),
  does_en text not null check (length(does_en) between 1 and 1000),
  areas text[] not null default '{}' check (cardinality(areas) <= 61),
  period_from date,
  period_to date check (period_to >= period_from),
  -- Whole lek, where it is known and public.
  lek bigint check (lek between 0 and 1000000000000),
  -- The activity of a plan that it serves: the plan and the activity's lasting name in it.
  plan_slug text check (length(plan_slug) <= 80),
  activity_uid text check (length(activity_uid) <= 80),
  source text check (length(source) <= 200),
  listed boolean not null default true,
  updated_on date not null
);
create index net_project_by_name on net_project (name_sq, id);
create table net_project_actor (
  project_id uuid not null references net_project,
  actor_id uuid not null references net_actor,
  part text not null check (part in ('lead', 'partner', 'funder')),
  primary key (project_id, actor_id, part)
);
create index net_project_actor_of on net_project_actor (actor_id);
select protect_table('net_actor', 'T0', 'public list of actors: who does what and where, without addresses');
select protect_table('net_project', 'T0', 'public list of projects and measures');
select protect_table('net_project_actor', 'T0', 'who leads, shares in and funds a project or measure');
grant select, insert on net_actor, net_project, net_project_actor to mb_app;
grant update on net_actor, net_project to mb_app;
grant delete on net_project_actor to mb_app;
create policy public_read on net_actor for select to mb_app
  using (listed or (select me_role()) in ('coordinator', 'state_agency'));
create policy public_read on net_project for select to mb_app
  using (listed or (select me_role()) in ('coordinator', 'state_agency'));
create policy public_read on net_project_actor for select to mb_app
  using (exists (select 1 from net_project p where p.id = project_id));
create policy steered on net_actor for insert to mb_app with check ((select me_role()) in ('coordinator', 'state_agency'));
create policy steered_change on net_actor for update to mb_app using ((select me_role()) in ('coordinator', 'state_agency'));
create policy steered on net_project for insert to mb_app with check ((select me_role()) in ('coordinator', 'state_agency'));
create policy steered_change on net_project for update to mb_app using ((select me_role()) in ('coordinator', 'state_agency'));
create policy steered on net_project_actor for insert to mb_app with check ((select me_role()) in ('coordinator', 'state_agency'));
create policy steered_away on net_project_actor for delete to mb_app using ((select me_role()) in ('coordinator', 'state_agency'));

-- Local money: what a municipality plans and spends on field teams, emergency services and the rest, and what it takes in for
-- them, the rent of mines above all (S000:671–690, 840–878). Whole lek.
create table local_budget_line (
  id uuid primary key,
  version integer not null check (version > 0),
  municipality text not null references municipality,
  year integer not null check (year between 2000 and 2100),
  side text not null check (side in ('expense', 'income')),
  -- What it is for (expense) or where it comes from (income).
  topic text not null check (topic ~ '^[a-z_]{2,40}$'),
  source text not null check (source in ('own', 'state', 'donors', 'mining_rent')),
  account_group text check (account_group in ('wages', 'operating', 'investment')),
  -- The activity of a plan that it pays for, by the plan and the activity's lasting name in it.
  plan_id uuid,
  activity_uid text check (length(activity_uid) <= 120),
  planned bigint not null check (planned between 0 and 1000000000000),
  executed bigint check (executed between 0 and 1000000000000),
  note text check (length(note) <= 500),
  struck boolean not null default false,
  updated_on date not null,
  check ((side = 'expense') = (account_group is not null)),
  check (side = 'expense' or plan_id is null),
  check ((plan_id is null) = (activity_uid is null))
);
create unique index local_budget_line_once on local_budget_line (municipality, year, side, topic, source, coalesce(account_group, ''),
  coalesce(plan_id, '00000000-0000-0000-0000-000000000000'), coalesce(activity_uid, '')) where not struck;
create index local_budget_line_of_activity on local_budget_line (plan_id, activity_uid) where plan_id is not null;

-- Which activity of a plan above a local activity serves.
create table local_serve (
  id uuid primary key,
  version integer not null check (version > 0),
  municipality text not null references municipality,
  plan_id uuid not null,
  activity_uid text not null check (length(activity_uid) between 1 and 120),
  serves_plan uuid not null,
  serves_uid text not null check (length(serves_uid) between 1 and 120),
  struck boolean not null default false,
  check (serves_plan <> plan_id)
);
create unique index local_serve_once on local_serve (plan_id, activity_uid, serves_plan, serves_uid) where not struck;
create index local_serve_above on local_serve (serves_plan, serves_uid) where not struck;
select protect_table('local_budget_line', 'T1', 'budget and income lines of a municipality for child protection');
select protect_table('local_serve', 'T1', 'which activity of a plan above a local activity serves');

create function local_reads(p_municipality text) returns boolean language sql stable as $$
  select coalesce(case
    when me_role() in ('coordinator', 'state_agency') then true
    when me_role() in ('cpw', 'cpu_head', 'municipal_director') then me_municipality() = p_municipality
    when me_role() = 'county_committee' then exists (select 1 from municipality m where m.code = p_municipality and m.county = me_county())
  end, false)
$$;
create function local_keeps(p_municipality text) returns boolean language sql stable parallel safe as $$
  select coalesce(me_role() in ('municipal_director', 'cpu_head') and me_municipality() = p_municipality, false)
$$;
grant execute on function local_reads(text), local_keeps(text) to mb_app;
grant select, insert on local_budget_line, local_serve to mb_app;
grant update (version, planned, executed, note, struck, updated_on) on local_budget_line to mb_app;
grant update (version, struck) on local_serve to mb_app;
create policy readers on local_budget_line for select to mb_app using (local_reads(municipality));
create policy keepers_add on local_budget_line for insert to mb_app with check (local_keeps(municipality));
create policy keepers_change on local_budget_line for update to mb_app using (local_keeps(municipality));
create policy readers on local_serve for select to mb_app using (local_reads(municipality));
create policy keepers_add on local_serve for insert to mb_app with check (local_keeps(municipality));
create policy keepers_change on local_serve for update to mb_app using (local_keeps(municipality));

-- What is missing in open cases: one definition for the unit's own list and for the counts that leadership sees.
create view case_fault with (security_invoker = true) as
  select f.id, f.municipality, f.opened_at, f.risk_level is null as no_risk, f.manager_id is null as no_manager,
    not exists (select 1 from plan l where l.case_id = f.id and l.status = 'approved') as no_plan,
    not exists (select 1 from assessment a where a.case_id = f.id) as unassessed,
    (p.sex = 'unknown' or p.born_from is null) as child_unknown,
    exists (select 1 from case_file o join person op on op.id = o.person_id where o.id <> f.id and o.municipality = f.municipality
      and o.closed_at is null and coalesce(op.same_as, op.id) = coalesce(p.same_as, p.id)) as twice
  from case_file f join person p on p.id = f.person_id where f.closed_at is null;
grant select on case_fault to mb_app, mb_stats;
grant select (status) on plan to mb_stats;
create function quality_by_municipality(p_now timestamptz)
  returns table (municipality text, complete integer, incomplete integer, unassessed integer, child_unknown integer, twice integer, late integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  with faults as (
    select f.municipality,
      (count(*) filter (where not (f.no_risk or f.no_manager or f.no_plan or f.unassessed or f.child_unknown)))::integer as complete,
      (count(*) filter (where f.no_risk or f.no_manager or f.no_plan or f.unassessed or f.child_unknown))::integer as incomplete,
      (count(*) filter (where f.unassessed))::integer as unassessed,
      (count(*) filter (where f.child_unknown))::integer as child_unknown,
      (count(*) filter (where f.twice))::integer as twice
    from case_fault f group by 1
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
