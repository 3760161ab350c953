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
