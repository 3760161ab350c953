-- Intake: persons, reports in their tiers, receipts of the public, sealed tips, hotspots.

-- Persons are national; which rows a unit reaches is decided by its cases and reports (policies after the cases' tables).
create table person (
  id uuid primary key,
  sex text not null check (sex in ('female', 'male', 'unknown')),
  born_from smallint check (born_from between 1900 and 2200),
  born_to smallint check (born_to >= born_from),
  citizenship text check (citizenship ~ '^[A-Z]{2}$'),
  child_on date,
  same_as uuid references person,
  registered_at timestamptz not null,
  version integer not null
);
create table person_named (
  id uuid primary key references person,
  given_name text check (length(given_name) <= 120),
  family_name text check (length(family_name) <= 120),
  other_names text check (length(other_names) <= 240),
  father_name text check (length(father_name) <= 120),
  mother_name text check (length(mother_name) <= 120),
  name_key text not null,
  sounds text[] not null,
  birth_from date,
  birth_to date,
  birth_said text,
  birth_place text check (length(birth_place) <= 200),
  address text check (length(address) <= 400),
  contact text check (length(contact) <= 200),
  check ((birth_from is null) = (birth_to is null)),
  check (birth_from <= birth_to)
);
create index person_named_trigram on person_named using gin (name_key gin_trgm_ops);
create index person_named_prefix on person_named (name_key text_pattern_ops);
create index person_named_sounds on person_named using gin (sounds);
create table person_sensitive (
  id uuid primary key references person,
  personal_number text check (personal_number ~ '^[A-Z][0-9]{8}[A-Z]$'),
  disability text check (length(disability) <= 1000),
  minority text check (length(minority) <= 200),
  birth_registered boolean
);
select protect_table('person', 'T2', 'persons without names: sex, span of birth years, citizenship');
select protect_table('person_named', 'T3', 'names, birth, family and address of persons, with their filing and sound keys');
select protect_table('person_sensitive', 'T4', 'personal number, disability, declared minority, registration of birth');
grant select, insert on person, person_named, person_sensitive to mb_app;
grant update (sex, born_from, born_to, citizenship, version) on person to mb_app;
grant update (given_name, family_name, other_names, father_name, mother_name, name_key, sounds, birth_from, birth_to, birth_said,
  birth_place, address, contact) on person_named to mb_app;
grant update (personal_number, disability, minority, birth_registered) on person_sensitive to mb_app;
create policy unit_registers on person for insert to mb_app with check ((select me_role()) in ('cpw', 'cpu_head'));
create policy unit_registers on person_named for insert to mb_app with check ((select me_role()) in ('cpw', 'cpu_head'));
create policy unit_registers on person_sensitive for insert to mb_app with check ((select me_role()) in ('cpw', 'cpu_head'));
grant select on person, person_named to mb_search;
create policy search_reads on person for select to mb_search using (true);
create policy search_reads on person_named for select to mb_search using (true);

create table hotspot (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  municipality text not null check (municipality ~ '^[0-9]{2}$'),
  lon double precision not null check (lon between -180 and 180),
  lat double precision not null check (lat between -90 and 90),
  active boolean not null default true,
  version integer not null
);
create index hotspot_by_place on hotspot (municipality) where active;
select protect_table('hotspot', 'T2', 'places where children were met, drawn on the map of a municipality');
grant select, insert on hotspot to mb_app;
grant update (name, lon, lat, active, version) on hotspot to mb_app;
create policy staff_reads on hotspot for select to mb_app
  using ((select me_role()) in ('cpw', 'cpu_head', 'field_team', 'municipal_director', 'state_agency', 'police'));
create policy street_marks on hotspot for insert to mb_app with check ((select me_role()) in ('cpw', 'cpu_head', 'field_team'));
create policy street_corrects on hotspot for update to mb_app
  using ((select me_role()) in ('cpw', 'cpu_head', 'field_team') and municipality = (select me_municipality()));

create table report (
  id uuid primary key,
  state text not null check (state in ('RECEIVED', 'TRIAGED', 'ACCEPTED', 'REFERRED_ON', 'INFO_ONLY', 'SCREENED_OUT')),
  unit_id uuid not null references unit,
  municipality text check (municipality ~ '^[0-9]{2}$'),
  source text not null,
  channel text not null,
  immediacy text not null check (immediacy in ('immediate', 'high', 'ordinary', 'unknown')),
  concerns text[] not null,
  activity text,
  hotspot_id uuid,
  children smallint not null check (children between 1 and 20),
  created_by uuid,
  created_unit uuid,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  triaged_at timestamptz,
  screen_out_proposed_by uuid,
  screened_out_at timestamptz,
  protected_at timestamptz,
  version integer not null
);
create index report_queue on report (unit_id, received_at desc, id desc);
create index report_open on report (unit_id, received_at) where state in ('RECEIVED', 'TRIAGED');
create index report_of_creator on report (created_by, received_at desc) where created_by is not null;
create index report_by_time on report (received_at desc, id desc);
create table report_named (
  id uuid primary key references report,
  narrative text check (length(narrative) <= 20000),
  place text check (length(place) <= 400),
  lon double precision,
  lat double precision,
  companions jsonb not null default '[]'
);
create table report_child (
  id uuid primary key,
  report_id uuid not null references report,
  position smallint not null,
  given_name text check (length(given_name) <= 120),
  family_name text check (length(family_name) <= 120),
  other_names text check (length(other_names) <= 240),
  sex text not null check (sex in ('female', 'male', 'unknown')),
  birth_from date,
  birth_to date,
  birth_said text,
  citizenship text check (citizenship ~ '^[A-Z]{2}$'),
  description text check (length(description) <= 2000),
  address text check (length(address) <= 400),
  contact text check (length(contact) <= 200),
  person_id uuid references person,
  case_id uuid,
  check ((birth_from is null) = (birth_to is null)),
  check (birth_from <= birth_to)
);
create index report_child_of_report on report_child (report_id);
create index report_child_of_person on report_child (person_id) where person_id is not null;
create table report_addition (
  id uuid primary key,
  report_id uuid not null references report,
  at timestamptz not null,
  by_whom text not null check (by_whom in ('reporter', 'staff')),
  text text not null check (length(text) between 1 and 10000)
);
create index report_addition_of_report on report_addition (report_id, at);
create table report_reporter (
  id uuid primary key,
  report_id uuid not null references report,
  name text check (length(name) <= 200),
  phone text check (length(phone) <= 60),
  email text check (length(email) <= 200),
  relation text check (length(relation) <= 200),
  safe_time text check (length(safe_time) <= 200),
  may_call_back boolean not null
);
create index report_reporter_of_report on report_reporter (report_id);
create table report_receipt (
  code_hash bytea primary key,
  report_id uuid not null references report
);
select protect_table('report', 'T2', 'reports without names: state, codes, times, the unit that answers');
select protect_table('report_named', 'T3', 'narrative, place and companions of a report');
select protect_table('report_child', 'T3', 'children as reported, and the person and case each became');
select protect_table('report_addition', 'T3', 'what was told later');
select protect_table('report_reporter', 'T4', 'who reported and how to call back, under ids that follow no order');
select protect_table('report_receipt', 'T2', 'keyed hashes of receipt codes');
grant select, insert on report, report_named, report_child, report_addition, report_reporter to mb_app;
grant insert on report_receipt to mb_app;
-- A column is granted so that the row can be locked; the policy lets nothing through. Changes go through save_report.
grant update (version) on report to mb_app;
grant update (person_id, case_id) on report_child to mb_app;


-- A report whose place nobody knew, or whose municipality has no unit, waits at a national line, which passes it on.
create policy unit_reads on report for select to mb_app
  using (unit_id = (select me_unit()) and (select me_role()) in ('cpw', 'cpu_head', 'hotline'));
create policy agency_reads on report for select to mb_app using ((select me_role()) = 'state_agency');
create policy creator_reads on report for select to mb_app
  using (created_by = (select me_user()) and received_at > now() - interval '30 days');
create policy anyone_reports on report for insert to mb_app
  with check (created_by is not distinct from (case when (select me_role()) = 'public' then null else (select me_user()) end));
create policy lock on report for update to mb_app using (true) with check (false);

create policy unit_reads on report_named for select to mb_app
  using ((select me_role()) in ('cpw', 'cpu_head', 'hotline')
    and exists (select from report r where r.id = report_named.id and r.unit_id = (select me_unit())));
create policy with_report on report_named for insert to mb_app with check (true);
create policy unit_reads on report_child for select to mb_app
  using ((select me_role()) in ('cpw', 'cpu_head', 'hotline')
    and exists (select from report r where r.id = report_child.report_id and r.unit_id = (select me_unit())));
create policy with_report on report_child for insert to mb_app with check (true);
create policy unit_links on report_child for update to mb_app
  using ((select me_role()) in ('cpw', 'cpu_head', 'hotline')
    and exists (select from report r where r.id = report_child.report_id and r.unit_id = (select me_unit())));
create policy unit_reads on report_addition for select to mb_app
  using ((select me_role()) in ('cpw', 'cpu_head', 'hotline')
    and exists (select from report r where r.id = report_addition.report_id and r.unit_id = (select me_unit())));
create policy with_report on report_addition for insert to mb_app
  with check (exists (select from report r where r.id = report_addition.report_id));
-- The reporter's identity: only to call back, and said so.
create policy unit_calls_back on report_reporter for select to mb_app
  using ((select me_role()) in ('cpw', 'cpu_head', 'hotline') and (select me_purpose()) = 'callback'
    and exists (select from report r where r.id = report_reporter.report_id and r.unit_id = (select me_unit())));
create policy with_report on report_reporter for insert to mb_app with check (true);
create policy with_report on report_receipt for insert to mb_app with check (true);

-- The only way to change a report: in the transaction that appended the event which says so. So a report may move whole to
-- another unit, out of the mover's own sight, and no change is ever silent.
create function save_report(p jsonb) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r report := jsonb_populate_record(null::report, p);
begin
  if not exists (select from event e where e.record_id = r.id and e.kind = 'report' and e.seq = r.version
      and e.xid = pg_current_xact_id()) then
    raise exception 'a report changes only together with its event' using errcode = 'insufficient_privilege';
  end if;
  update report set state = r.state, unit_id = r.unit_id, municipality = r.municipality, immediacy = r.immediacy,
      triaged_at = r.triaged_at, screen_out_proposed_by = r.screen_out_proposed_by, screened_out_at = r.screened_out_at,
      protected_at = r.protected_at, version = r.version
    where id = r.id and version < r.version;
end $$;
grant execute on function save_report(jsonb) to mb_app;

-- What a receipt opens: when it came and whether someone has looked; no state, no unit, no child.
create function read_receipt(p_hash bytea) returns table (received_at timestamptz, triaged_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.received_at, r.triaged_at from report_receipt c join report r on r.id = c.report_id where c.code_hash = p_hash
$$;
grant execute on function read_receipt(bytea) to mb_app;

-- Adds to the report that a receipt names; returns the report and the version it had, or nothing. Closed receipts add nothing.
create function add_by_receipt(p_hash bytea, p_addition uuid, p_text text, p_at timestamptz, p_open_since timestamptz)
  returns table (report_id uuid, version integer) language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r report;
begin
  select x.* into r from report_receipt c join report x on x.id = c.report_id
    where c.code_hash = p_hash and x.received_at >= p_open_since for update of x;
  if r.id is null then
    return;
  end if;
  insert into report_addition (id, report_id, at, by_whom, text) values (p_addition, r.id, p_at, 'reporter', p_text);
  update report set version = r.version + 1 where id = r.id;
  return query select r.id, r.version;
end $$;
grant execute on function add_by_receipt(bytea, uuid, text, timestamptz, timestamptz) to mb_app;

-- Sealed: an official is involved. No link to any report, child or reporter; the words lie in the ledger's T5 part.
create table integrity_tip (
  id uuid primary key,
  on_day date not null,
  institution text not null,
  municipality text check (municipality ~ '^[0-9]{2}$'),
  measure text,
  measured_on date,
  version integer not null
);
select protect_table('integrity_tip', 'T5', 'tips about officials, for the Internal Affairs and Complaints Service alone');
grant select, insert on integrity_tip to mb_app;
grant update (measure, measured_on, version) on integrity_tip to mb_app;
create policy sealed on integrity_tip for select to mb_app using ((select me_role()) = 'internal_affairs');
create policy anyone_tells on integrity_tip for insert to mb_app with check (measure is null);
create policy sealed_update on integrity_tip for update to mb_app using ((select me_role()) = 'internal_affairs');
