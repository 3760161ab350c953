-- Places, law and time: what `reference load` fills, and the clocks that run on it.

create table county (
  code text primary key check (code ~ '^[A-Z]{2}-[0-9]{2}$'),
  name text not null,
  nuts3 text not null
);
create table municipality (
  code text primary key check (code ~ '^[0-9]{2}$'),
  short_code text not null unique check (short_code ~ '^[A-Z]{2}$'),
  name text not null,
  alt_names text[] not null,
  seat text not null,
  county text not null references county,
  lau text not null,
  lon double precision not null check (lon between -180 and 180),
  lat double precision not null check (lat between -90 and 90),
  area_km2 double precision not null check (area_km2 > 0),
  population integer not null check (population > 0)
);
create table border_crossing (
  id text primary key check (id ~ '^[A-Z][0-9]{2}$'),
  name text not null,
  other_side text,
  neighbour text check (neighbour ~ '^[A-Z]{2}$'),
  kind text not null check (kind in ('road', 'pedestrian', 'rail', 'sea', 'air')),
  status text not null check (status in ('open', 'seasonal', 'verify')),
  main boolean not null,
  lon double precision not null,
  lat double precision not null,
  municipality text not null references municipality
);
create table holiday (
  id uuid not null unique default gen_random_uuid(),
  version integer not null default 0,
  day date not null,
  name_sq text not null,
  name_en text not null,
  kind text not null check (kind in ('fixed', 'computed', 'announced', 'estimated', 'decided', 'substitute')),
  effective_from date not null,
  confirmed boolean not null,
  -- Taken off the calendar by the State Agency; kept, so that loading the shipped table does not bring it back.
  struck boolean not null default false,
  source text not null check (length(source) between 1 and 500),
  primary key (day, name_en)
);
create table rule_set (
  id text primary key,
  name text not null,
  effective_from date not null unique
);
create table rule (
  id uuid not null unique default gen_random_uuid(),
  version integer not null default 0,
  rule_set text not null references rule_set,
  code text not null check (code ~ '^D[0-9]{2}$'),
  name text not null,
  trigger_said text not null,
  action_said text not null,
  actor_said text not null,
  amount integer not null check (amount >= 0),
  unit text not null,
  owner_role text not null,
  warn_at smallint not null check (warn_at between 0 and 100),
  escalation jsonb not null,
  enabled boolean not null,
  verification text not null check (verification in ('V', 'U', 'D')),
  verification_said text not null,
  legal_source text not null check (length(legal_source) between 1 and 500),
  -- A legal officer has read the value in the law that `legal_source` names.
  confirmed_on date,
  primary key (rule_set, code)
);
select protect_table('county', 'T0', 'counties of the country');
select protect_table('municipality', 'T0', 'municipalities with their codes and centres');
select protect_table('border_crossing', 'T0', 'border crossings, approximate places');
select protect_table('holiday', 'T0', 'public holidays and the days that stand in for them, with sources; not counted as working days');
select protect_table('rule_set', 'T0', 'versions of the deadlines, by the day from which they hold');
select protect_table('rule', 'T0', 'deadlines with their sources; U means that the value was not read in a law');
do $$
declare t text;
begin
  foreach t in array array['county', 'municipality', 'border_crossing', 'holiday', 'rule_set', 'rule'] loop
    execute format('grant select on %I to mb_app, mb_jobs', t);
    execute format('create policy everyone_reads on %I for select to mb_app, mb_jobs using (true)', t);
  end loop;
end $$;

-- The calendar and the law are confirmed where they are read: by the State Agency's legal officer.
grant insert on holiday to mb_app;
grant update (name_sq, source, confirmed, struck, version) on holiday to mb_app;
grant update (verification, legal_source, confirmed_on, version) on rule to mb_app;
create policy officer_adds on holiday for insert to mb_app with check ((select me_role()) = 'state_agency');
create policy officer_changes on holiday for update to mb_app using ((select me_role()) = 'state_agency');
create policy officer_confirms on rule for update to mb_app using ((select me_role()) = 'state_agency');

-- One row per running or ended clock. `next_at` is the next moment at which the scan has something to do (warn, count a
-- breach, tell the next in the chain), null when never again; only those rows are in its index.
create table clock (
  id uuid primary key,
  rule text not null check (rule ~ '^(D[0-9]{2}|AGREED)$'),
  rule_set text not null,
  unit_of_time text not null,
  verification text not null check (verification in ('V', 'U', 'D')),
  statutory boolean not null,
  legal_source text not null,
  warn_percent smallint not null,
  escalation jsonb not null,
  record_kind text not null check (record_kind in ('report', 'case_file', 'referral')),
  record_id uuid not null,
  unit_id uuid not null,
  municipality text,
  owner_role text not null,
  owner_user_id uuid,
  started_at timestamptz not null,
  warn_at timestamptz not null,
  due_at timestamptz not null,
  first_due_at timestamptz not null,
  stopped_at timestamptz,
  paused_at timestamptz,
  warned_at timestamptz,
  breached_at timestamptz,
  breaches integer not null default 0 check (breaches >= 0),
  extensions integer not null default 0 check (extensions >= 0),
  escalated integer not null default 0,
  next_at timestamptz,
  check (due_at >= started_at and warn_at <= due_at),
  check (stopped_at is null or stopped_at >= started_at)
);
create index clock_next on clock (next_at) where next_at is not null;
create index clock_of_record on clock (record_id);
create index clock_open_of_unit on clock (unit_id, due_at) where stopped_at is null;
create index clock_open_of_user on clock (owner_user_id, due_at) where stopped_at is null;
create index clock_open_of_role on clock (owner_role, due_at) where stopped_at is null;
select protect_table('clock', 'T2', 'deadlines running on records: codes, units and times');
grant select, insert on clock to mb_app;
grant update (unit_id, municipality, owner_role, owner_user_id, warn_at, due_at, stopped_at, paused_at, warned_at, breached_at,
  extensions, escalated, next_at) on clock to mb_app;
-- The units's own clocks, and those of records it may see otherwise.
create policy where_record_is on clock for select to mb_app
  using (unit_id = (select me_unit()) or readable(record_kind, record_id, ''));
create policy started_with_record on clock for insert to mb_app with check (true);
create policy where_record_is_update on clock for update to mb_app
  using (unit_id = (select me_unit()) or readable(record_kind, record_id, '')) with check (true);
grant select, update on clock to mb_jobs;
create policy keeper on clock to mb_jobs using (true) with check (true);

-- Breaches only ever grow, whoever writes.
create function keep_breaches() returns trigger language plpgsql as $$
begin
  if new.breaches < old.breaches or new.extensions < old.extensions then
    raise exception 'breaches and extensions of a clock are counted, never reset';
  end if;
  return new;
end $$;
create trigger keep_breaches before update on clock for each row execute function keep_breaches();

-- Who was told that a deadline passed.
create table escalation (
  id uuid primary key,
  clock_id uuid not null references clock,
  rule text not null,
  record_kind text not null,
  record_id uuid not null,
  step integer not null,
  role text not null,
  unit_id uuid not null,
  municipality text,
  county text,
  at timestamptz not null,
  unique (clock_id, step, at)
);
create index escalation_for on escalation (role, unit_id, at desc);
select protect_table('escalation', 'T2', 'which supervisor was told of which missed deadline: codes and times');
grant select on escalation to mb_app;
grant select, insert on escalation to mb_jobs;
create policy told_read on escalation for select to mb_app using (
  role = (select me_role())
  and (unit_id = (select me_unit()) or municipality = (select me_municipality())
    or (select me_role()) in ('state_agency', 'responsible_authority'))
  and readable(record_kind, record_id, ''));
create policy keeper on escalation to mb_jobs using (true) with check (true);

-- Clock events lengthen a record's chain from outside its noun; the noun's own row must know the new version, or its next
-- command would decide on a version that is gone. Only the version column, only forward.
create function follow_version(p_kind text, p_id uuid, p_version integer) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  if p_kind not in ('report', 'case_file', 'referral') then
    raise exception 'no clocks run on %', p_kind;
  end if;
  execute format('update %I set version = $2 where id = $1 and version < $2', p_kind) using p_id, p_version;
end $$;
grant execute on function follow_version(text, uuid, integer) to mb_app, mb_jobs;
