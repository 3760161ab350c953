-- The floor that every noun stands on: who acts, the one write pipeline, the ledger, the access record.
-- Roles (mb_owner, mb_app, mb_jobs, mb_auth, mb_search, mb_audit, mb_retention, mb_backup) are made before this by the migration runner.

create extension if not exists pg_trgm;
create extension if not exists unaccent;

grant usage on schema public to mb_app, mb_jobs, mb_auth, mb_search, mb_audit, mb_retention, mb_backup;
alter default privileges for role mb_owner revoke execute on functions from public;

-- The actor bound to this transaction. Empty (never null) once a transaction has ended, hence nullif.
create function me_user() returns uuid language sql stable parallel safe return nullif(current_setting('mb.user', true), '')::uuid;
create function me_unit() returns uuid language sql stable parallel safe return nullif(current_setting('mb.unit', true), '')::uuid;
create function me_institution() returns uuid language sql stable parallel safe return nullif(current_setting('mb.institution', true), '')::uuid;
create function me_role() returns text language sql stable parallel safe return nullif(current_setting('mb.role', true), '');
create function me_municipality() returns text language sql stable parallel safe return nullif(current_setting('mb.municipality', true), '');
create function me_county() returns text language sql stable parallel safe return nullif(current_setting('mb.county', true), '');
create function me_purpose() returns text language sql stable parallel safe return nullif(current_setting('mb.purpose', true), '');
grant execute on function me_user(), me_unit(), me_institution(), me_role(), me_municipality(), me_county(), me_purpose()
  to mb_app, mb_jobs, mb_auth, mb_search, mb_audit, mb_retention, mb_backup;

-- Every table goes through here: row-level security forced on the owner too, whose own way in is then spelled out.
create function protect_table(p_table regclass, p_tier text, p_what text) returns void language plpgsql as $$
begin
  if p_tier not in ('T0', 'T1', 'T2', 'T3', 'T4', 'T5') then
    raise exception 'tier % of % is not one of T0 to T5', p_tier, p_table;
  end if;
  execute format('alter table %s enable row level security', p_table);
  execute format('alter table %s force row level security', p_table);
  execute format('create policy owner_all on %s to mb_owner using (true) with check (true)', p_table);
  execute format('create policy backup_read on %s for select to mb_backup using (true)', p_table);
  execute format('grant select on %s to mb_backup', p_table);
  execute format('comment on table %s is %L', p_table, p_tier || ': ' || p_what);
end $$;

-- Who: institutions, their units, the people who work in them.
create table institution (
  id uuid primary key,
  kind text not null check (kind ~ '^[a-z_]{2,40}$'),
  name_sq text not null check (length(name_sq) between 1 and 200),
  name_en text not null check (length(name_en) between 1 and 200),
  active boolean not null default true
);
create table unit (
  id uuid primary key,
  institution_id uuid not null references institution,
  kind text not null check (kind ~ '^[a-z_]{2,40}$'),
  name_sq text not null check (length(name_sq) between 1 and 200),
  name_en text not null check (length(name_en) between 1 and 200),
  municipality text check (municipality ~ '^[0-9]{2}$'),
  county text check (county ~ '^AL-[0-9]{2}$'),
  phone text check (length(phone) <= 40),
  active boolean not null default true
);
create index unit_by_place on unit (kind, municipality);
create table app_user (
  id uuid primary key,
  login text not null unique check (login ~ '^[a-z0-9][a-z0-9._-]{1,62}$'),
  display_name text not null check (length(display_name) between 1 and 120),
  role text not null,
  unit_id uuid not null references unit,
  language text not null default 'sq' check (language in ('sq', 'en')),
  active boolean not null default true,
  version integer not null default 1
);
create index app_user_by_unit on app_user (unit_id);
create table country_setting (
  key text primary key,
  value jsonb not null
);
select protect_table('institution', 'T0', 'bodies of the protection system');
select protect_table('unit', 'T0', 'units of institutions, the addressees of reports and referrals');
select protect_table('app_user', 'T2', 'staff accounts without credentials');
select protect_table('country_setting', 'T0', 'facts of this installation, such as whether it is a demo country');
grant select on institution, unit, app_user, country_setting to mb_app, mb_jobs, mb_auth, mb_search;
grant insert, update on institution, unit, app_user to mb_app;
create policy directory_read on institution for select to mb_app, mb_jobs, mb_auth, mb_search using (true);
create policy directory_read on unit for select to mb_app, mb_jobs, mb_auth, mb_search using (true);
create policy directory_read on app_user for select to mb_app, mb_jobs, mb_auth, mb_search using (true);
create policy setting_read on country_setting for select to mb_app, mb_jobs, mb_auth, mb_search using (true);
create policy admin_insert on institution for insert to mb_app with check ((select me_role()) = 'admin');
create policy admin_update on institution for update to mb_app using ((select me_role()) = 'admin');
create policy admin_insert on unit for insert to mb_app with check ((select me_role()) = 'admin');
create policy admin_update on unit for update to mb_app using ((select me_role()) = 'admin');
create policy admin_insert on app_user for insert to mb_app with check ((select me_role()) = 'admin');
create policy admin_update on app_user for update to mb_app using ((select me_role()) = 'admin');

-- The write pipeline: a command seen before gets its first answer.
create table command (
  id uuid primary key,
  actor_id uuid not null,
  type text not null,
  payload_hash bytea not null,
  status smallint not null,
  reply jsonb not null,
  at timestamptz not null
);
select protect_table('command', 'T2', 'each write as its client named it, with the reply it got; replies hold ids, codes and versions only');
grant select, insert on command to mb_app;
create policy own_read on command for select to mb_app using (actor_id = (select me_user()));
create policy own_insert on command for insert to mb_app with check (actor_id = (select me_user()));

create table draft (
  user_id uuid not null,
  key text not null check (length(key) between 1 and 200),
  body jsonb not null check (pg_column_size(body) <= 262144),
  updated_at timestamptz not null,
  primary key (user_id, key)
);
create index draft_by_age on draft (updated_at);
select protect_table('draft', 'T4', 'unsent writing of one user, kept 30 days');
grant select, insert, update, delete on draft to mb_app;
create policy own on draft to mb_app using (user_id = (select me_user())) with check (user_id = (select me_user()));
grant select, delete on draft to mb_jobs;
create policy sweep on draft to mb_jobs using (updated_at < now() - interval '30 days');

-- The ledger. -------------------------------------------------------------------------------------------------------
create table record_head (
  record_id uuid primary key,
  kind text not null,
  version integer not null check (version > 0),
  hash bytea not null
);
create table event (
  id uuid primary key,
  record_id uuid not null,
  kind text not null,
  seq integer not null check (seq > 0),
  type text not null,
  v smallint not null,
  facts jsonb not null,
  touches text[] not null,
  digests text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  actor_id uuid not null,
  unit_id uuid,
  role text not null,
  command_id uuid,
  xid xid8 not null,
  feed_epoch integer not null default 1,
  prev bytea not null,
  hash bytea not null,
  unique (record_id, seq)
);
create table event_part (
  event_id uuid not null references event,
  tier text not null check (tier in ('T3', 'T4', 'T5')),
  name text not null,
  record_id uuid not null,
  kind text not null,
  body jsonb not null,
  salt bytea not null,
  primary key (event_id, tier, name)
);
create index event_part_by_record on event_part (record_id);
create table checkpoint (
  id integer generated always as identity primary key,
  at timestamptz not null,
  snapshot pg_snapshot not null,
  events bigint not null,
  records bigint not null,
  heads_hash bytea not null,
  access_until timestamptz not null,
  access_records bigint not null,
  access_hash bytea not null,
  prev bytea not null,
  key_id text not null,
  signature bytea not null
);
select protect_table('record_head', 'T2', 'last version and hash of each record''s chain');
select protect_table('event', 'T2', 'what happened, pseudonymous, append-only, hash-chained per record');
select protect_table('event_part', 'T4', 'personal values of events, each under its own tier; erased lawfully without breaking the chain');
select protect_table('checkpoint', 'T0', 'signed seals over all chain heads and access records');

-- Is this record open to the bound actor at the tier whose table has this suffix ('' T2, _named T3, _sensitive T4)?
-- Security invoker on purpose: the noun's own policies answer.
create function readable(p_kind text, p_id uuid, p_suffix text) returns boolean language plpgsql stable as $$
declare
  t regclass := to_regclass('public.' || quote_ident(p_kind || p_suffix));
  answer boolean;
begin
  if t is null then
    return false;
  end if;
  execute format('select exists (select 1 from %s where id = $1)', t) into answer using p_id;
  return answer;
end $$;
grant execute on function readable(text, uuid, text) to mb_app, mb_jobs;

grant select on event, event_part, record_head to mb_app, mb_audit;
grant select on event, record_head to mb_jobs;
create policy where_record_is on event for select to mb_app using (readable(kind, record_id, ''));
create policy where_tier_is on event_part for select to mb_app
  using (readable(kind, record_id, case tier when 'T3' then '_named' when 'T4' then '_sensitive' else '' end));
create policy where_record_is on record_head for select to mb_app using (readable(kind, record_id, ''));
create policy jobs_read on record_head for select to mb_jobs using (true);
create policy jobs_read on event for select to mb_jobs using (true);
create policy audit_read on event for select to mb_audit using (true);
create policy audit_read on event_part for select to mb_audit using (true);
create policy audit_read on record_head for select to mb_audit using (true);
grant select on checkpoint to mb_app, mb_audit;
grant insert, update on checkpoint to mb_audit;
create policy seal on checkpoint for insert to mb_audit with check (true);
create policy seal_read on checkpoint for select to mb_app, mb_audit using (true);

-- Lawful erasure: the retention role may delete the parts that an Erased event of the same record names, and nothing else.
grant select, delete on event_part to mb_retention;
grant select on event, record_head to mb_retention;
create policy retention_read on event for select to mb_retention using (true);
create policy retention_read on record_head for select to mb_retention using (true);
create policy erase on event_part to mb_retention using (
  exists (select 1 from event e where e.record_id = event_part.record_id and e.type = 'Erased'
    and e.facts -> 'events' ? event_part.event_id::text));

-- What an event's hash covers, as text: every column that states a fact. The text form of jsonb is canonical.
create function event_text(e event) returns text language sql immutable return
  e.id::text || E'\n' || e.record_id::text || E'\n' || e.kind || E'\n' || e.seq::text || E'\n' || e.type || E'\n' || e.v::text
  || E'\n' || e.facts::text || E'\n' || array_to_string(e.touches, ',') || E'\n' || e.digests
  || E'\n' || (extract(epoch from e.occurred_at) * 1000)::bigint::text || E'\n' || (extract(epoch from e.recorded_at) * 1000)::bigint::text
  || E'\n' || e.actor_id::text || E'\n' || coalesce(e.unit_id::text, '') || E'\n' || e.role || E'\n' || coalesce(e.command_id::text, '');
create function part_digest(p_salt bytea, p_tier text, p_name text, p_body jsonb) returns text language sql immutable return
  encode(sha256(p_salt || convert_to(p_tier || E'\n' || p_name || E'\n' || p_body::text, 'UTF8')), 'hex');

-- The only door into the ledger. The actor is the transaction's, never an argument.
-- p_version is the version the caller decided on; 0 makes a new record. Returns the new version, or null when somebody was faster.
create function append_events(p_kind text, p_record uuid, p_version integer, p_events jsonb, p_command uuid,
    p_recorded timestamptz, p_occurred timestamptz)
  returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare
  h record_head;
  item jsonb;
  part jsonb;
  e event;
  salts bytea[];
  n integer;
begin
  if me_user() is null or me_role() is null then
    raise exception 'an event needs an actor' using errcode = 'insufficient_privilege';
  end if;
  if p_version = 0 then
    h := row (p_record, p_kind, 0, sha256(convert_to(p_kind || E'\n' || p_record::text, 'UTF8')));
  else
    select * into h from record_head where record_id = p_record and kind = p_kind for update;
    if h.version is distinct from p_version then
      return null;
    end if;
  end if;
  e.record_id := p_record;
  e.kind := p_kind;
  e.recorded_at := date_trunc('milliseconds', p_recorded);
  e.actor_id := me_user();
  e.unit_id := me_unit();
  e.role := me_role();
  e.command_id := p_command;
  e.xid := pg_current_xact_id();
  e.feed_epoch := 1;
  for item in select value from jsonb_array_elements(p_events) loop
    h.version := h.version + 1;
    e.id := (item ->> 'id')::uuid;
    e.seq := h.version;
    e.type := item ->> 'type';
    e.v := (item ->> 'v')::smallint;
    e.facts := item -> 'facts';
    e.touches := coalesce((select array_agg(t) from jsonb_array_elements_text(item -> 'touches') t), '{}');
    e.occurred_at := date_trunc('milliseconds', coalesce((item ->> 'occurredAt')::timestamptz, p_occurred));
    e.digests := '';
    salts := '{}';
    for part in select value from jsonb_array_elements(coalesce(item -> 'parts', '[]')) loop
      salts := salts || uuid_send(gen_random_uuid());
      e.digests := e.digests || case when e.digests = '' then '' else ' ' end || (part ->> 'tier') || ':' || (part ->> 'name') || ':'
        || part_digest(salts[array_length(salts, 1)], part ->> 'tier', part ->> 'name', part -> 'body');
    end loop;
    e.prev := h.hash;
    e.hash := sha256(e.prev || convert_to(event_text(e), 'UTF8'));
    insert into event select e.*;
    n := 0;
    for part in select value from jsonb_array_elements(coalesce(item -> 'parts', '[]')) loop
      n := n + 1;
      insert into event_part (event_id, tier, name, record_id, kind, body, salt)
      values (e.id, part ->> 'tier', part ->> 'name', p_record, p_kind, part -> 'body', salts[n]);
    end loop;
    h.hash := e.hash;
  end loop;
  if p_version = 0 then
    insert into record_head select h.*;
  else
    update record_head set version = h.version, hash = h.hash where record_id = p_record;
  end if;
  return h.version;
end $$;
grant execute on function append_events(text, uuid, integer, jsonb, uuid, timestamptz, timestamptz) to mb_app, mb_jobs, mb_auth, mb_retention;

-- Who read, searched, exported or was refused: outside the chains, sealed in batches by the checkpoints. ------------
create table access_record (
  id uuid not null,
  at timestamptz not null,
  actor_id uuid,
  unit_id uuid,
  role text,
  act text not null check (act in ('read', 'list', 'search', 'export', 'refused', 'break_glass')),
  kind text not null,
  record_id uuid,
  ids uuid[] not null default '{}',
  tier text,
  purpose text,
  term_hash bytea,
  code text,
  primary key (at, id)
) partition by range (at);
create table access_record_default partition of access_record default;
create index access_record_by_record on access_record (record_id, at desc) where record_id is not null;
create index access_record_by_actor on access_record (actor_id, at desc);
select protect_table('access_record', 'T2', 'who read, listed, searched, exported or was refused what; search terms only as keyed hash');
select protect_table('access_record_default', 'T2', 'access records of months without a partition of their own');
grant insert on access_record to mb_app, mb_auth, mb_jobs;
create policy any_insert on access_record for insert to mb_app, mb_auth, mb_jobs with check (actor_id is not distinct from (select me_user()));
grant select on access_record to mb_app, mb_audit;
create policy officer_read on access_record for select to mb_app using ((select me_role()) = 'dpo');
create policy audit_read on access_record for select to mb_audit using (true);
-- "Who saw it": whoever may read the record's identified core may know who else did.
create policy who_saw_it on access_record for select to mb_app
  using (record_id is not null and readable(kind, record_id, '_named'));

-- A partition for each of the next months; run by the background worker and at every start.
create function ensure_access_partitions(p_from timestamptz, p_months integer) returns integer language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  made integer := 0;
  lo date;
  part text;
begin
  for i in 0..p_months - 1 loop
    lo := (date_trunc('month', p_from at time zone 'UTC') + make_interval(months => i))::date;
    part := 'access_record_' || to_char(lo, 'YYYY_MM');
    if to_regclass('public.' || part) is null then
      begin
        execute format('create table %I partition of access_record for values from (%L) to (%L)', part,
          lo::text || ' 00:00:00+00', (lo + interval '1 month')::date::text || ' 00:00:00+00');
        perform protect_table(part::regclass, 'T2', 'access records of ' || to_char(lo, 'YYYY-MM'));
        made := made + 1;
      exception when check_violation then
        null; -- rows of that month already lie in the default partition and stay there
      end;
    end if;
  end loop;
  return made;
end $$;
grant execute on function ensure_access_partitions(timestamptz, integer) to mb_jobs, mb_app;
