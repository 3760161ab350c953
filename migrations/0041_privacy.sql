-- Access beyond one's scope (domain specification 3.9) and what the data protection officer keeps: openings by break-glass, grants, holds,
-- erasures, requests of persons about their data, breaches. `src/domain/privacy` says the same; test/scopes compares.

-- The time of this transaction as the application bound it; without a binding the database's own.
create function me_now() returns timestamptz language sql stable parallel safe return
  coalesce(nullif(current_setting('mb.now', true), '')::timestamptz, now());
grant execute on function me_now() to mb_app, mb_jobs, mb_auth, mb_search, mb_audit, mb_retention, mb_backup;

create table break_glass (
  id uuid primary key,
  version integer not null check (version > 0),
  case_id uuid not null references case_file,
  case_code text not null,
  person_id uuid not null references person,
  user_id uuid not null references app_user,
  unit_id uuid not null references unit,
  role text not null,
  -- What it opens: the identified core to child protection, the least that protects the child to the police.
  reach text not null check (reach in ('T3', 'minimum')),
  reason text not null check (reason ~ '^[a-z_]{2,40}$'),
  found_by text not null check (found_by in ('code', 'search')),
  opened_at timestamptz not null,
  until timestamptz not null check (until > opened_at and until <= opened_at + interval '24 hours'),
  -- The same length by the database's own clock: no server's time can stretch it.
  ends timestamptz not null default now(),
  ended_at timestamptz,
  review_due timestamptz not null,
  reviewed_by uuid references app_user,
  reviewed_at timestamptz,
  outcome text check (outcome in ('justified', 'not_justified')),
  consequence text check (consequence ~ '^[a-z_]{2,40}$'),
  check ((outcome is null) = (reviewed_at is null) and (outcome is null) = (reviewed_by is null)),
  check (outcome is distinct from 'not_justified' or consequence is not null),
  check (reviewed_by is distinct from user_id)
);
create index break_glass_of_user on break_glass (user_id, until);
create index break_glass_of_case on break_glass (case_id);
create index break_glass_newest on break_glass (opened_at desc, id desc);

create table access_grant (
  id uuid primary key,
  version integer not null check (version > 0),
  case_id uuid not null references case_file,
  case_code text not null,
  person_id uuid not null references person,
  user_id uuid not null references app_user,
  unit_id uuid not null references unit,
  role text not null,
  reach text not null check (reach in ('T2', 'T3', 'minimum')),
  purpose text not null check (purpose ~ '^[a-z_]{2,40}$'),
  days smallint not null check (days between 1 and 366),
  state text not null check (state in ('REQUESTED', 'GRANTED', 'REFUSED', 'REVOKED')),
  requested_at timestamptz not null,
  decided_by uuid references app_user,
  decided_at timestamptz,
  until timestamptz,
  ended_by uuid references app_user,
  ended_at timestamptz,
  check ((state in ('GRANTED', 'REVOKED')) = (until is not null)),
  check ((state = 'REVOKED') = (ended_at is not null)),
  check (decided_by is distinct from user_id)
);
create index access_grant_of_user on access_grant (user_id, requested_at desc);
create index access_grant_of_case on access_grant (case_id);

create table legal_hold (
  id uuid primary key,
  version integer not null check (version > 0),
  record_kind text not null check (record_kind in ('case_file', 'report')),
  record_id uuid not null,
  label text not null check (length(label) <= 40),
  ground text not null check (ground ~ '^[a-z_]{2,40}$'),
  placed_by uuid not null references app_user,
  placed_at timestamptz not null,
  -- The last day; without one it stands until it is lifted.
  until date,
  lifted_by uuid references app_user,
  lifted_at timestamptz
);
create index legal_hold_of on legal_hold (record_id);

create table erasure_order (
  id uuid primary key,
  version integer not null check (version > 0),
  record_kind text not null check (record_kind in ('case_file', 'report', 'data_request')),
  record_id uuid not null,
  label text not null check (length(label) <= 40),
  rule text not null check (rule ~ '^[a-z0-9_]{2,40}$'),
  ordered_by uuid not null references app_user,
  ordered_at timestamptz not null,
  due_on date not null,
  execute_after timestamptz not null,
  state text not null check (state in ('ORDERED', 'WITHDRAWN', 'DONE')),
  ended_at timestamptz,
  records integer,
  parts integer
);
create unique index erasure_order_stands on erasure_order (record_id) where state <> 'WITHDRAWN';

create table data_request (
  id uuid primary key,
  version integer not null check (version > 0),
  code text not null unique check (code ~ '^KD-[0-9]{4}-[0-9A-Z]{4,12}$'),
  kind text not null check (kind in ('access', 'rectification', 'erasure', 'objection')),
  requester text not null check (requester in ('self', 'guardian', 'representative')),
  channel text not null check (channel in ('in_person', 'letter', 'e_mail', 'e_albania', 'phone')),
  case_id uuid references case_file,
  case_code text,
  person_id uuid references person,
  received_on date not null,
  registered_at timestamptz not null,
  due_at timestamptz,
  state text not null check (state in ('RECEIVED', 'IDENTIFIED', 'ANSWERED', 'WITHDRAWN')),
  identity_means text check (identity_means ~ '^[a-z_]{2,40}$'),
  identified_by uuid references app_user,
  identified_at timestamptz,
  outcome text check (outcome in ('granted', 'partly', 'refused')),
  ground text check (ground ~ '^[a-z_]{2,40}$'),
  -- The right to complain to the Commissioner was told with the answer.
  complaint_told boolean,
  answered_by uuid references app_user,
  answered_at timestamptz,
  check ((state = 'ANSWERED') = (outcome is not null)),
  check (outcome is distinct from 'refused' and outcome is distinct from 'partly' or (ground is not null and complaint_told))
);
create index data_request_newest on data_request (received_on desc, id desc);

create table data_breach (
  id uuid primary key,
  version integer not null check (version > 0),
  code text not null unique check (code ~ '^SHD-[0-9]{4}-[0-9A-Z]{4,12}$'),
  kinds text[] not null check (cardinality(kinds) between 1 and 3),
  tiers text[] not null,
  persons integer check (persons >= 0),
  children boolean not null,
  happened_at timestamptz,
  known_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null references app_user,
  due_at timestamptz,
  risk text not null check (risk in ('none', 'some', 'high')),
  state text not null check (state in ('OPEN', 'CLOSED')),
  measures integer not null default 0,
  notified_at timestamptz,
  notified_ref text check (length(notified_ref) <= 80),
  not_notified text check (not_notified ~ '^[a-z_]{2,40}$'),
  informed text check (informed in ('all', 'some', 'none')),
  informed_on date,
  closed_at timestamptz,
  check ((state = 'CLOSED') = (closed_at is not null)),
  -- Closed only with the notification or a reason why not, and with what became of informing the persons.
  check (state = 'OPEN' or ((notified_at is not null or not_notified is not null) and informed is not null))
);
create index data_breach_newest on data_breach (known_at desc, id desc);

-- What is written in words in these registers: reasons, findings, requesters, descriptions.
create table privacy_text (
  id uuid primary key,
  record_kind text not null check (record_kind in ('break_glass', 'access_grant', 'legal_hold', 'erasure_order', 'data_request', 'data_breach')),
  record_id uuid not null,
  name text not null check (name ~ '^[a-z_]{2,40}$'),
  body text not null check (length(body) between 1 and 4000),
  by_id uuid not null,
  at timestamptz not null
);
create index privacy_text_of on privacy_text (record_id, at);

select protect_table('break_glass', 'T2', 'files opened out of scope for a few hours: who, which case, until when, and how it was judged');
select protect_table('access_grant', 'T2', 'access to a case asked for and given for a purpose until a day');
select protect_table('legal_hold', 'T2', 'records that may not be erased, why, who says so and until when');
select protect_table('erasure_order', 'T2', 'erasures ordered when their time came, withdrawn or done');
select protect_table('data_request', 'T2', 'requests of persons about their own data: kind, clock, identity, outcome');
select protect_table('data_breach', 'T2', 'breaches of personal data: what, when known, notified when, who was informed');
select protect_table('privacy_text', 'T3', 'what is written in the registers of data protection: reasons, findings, who asked');

do $$
declare
  t text;
begin
  foreach t in array array['break_glass', 'access_grant', 'legal_hold', 'erasure_order', 'data_request', 'data_breach'] loop
    execute format('grant select, insert on %I to mb_app', t);
    execute format('create trigger follow_event_new after insert on %I for each row execute function follow_event(%L, ''id'', ''version'')', t, t);
    execute format('create trigger follow_event after update on %I for each row when (old.* is distinct from new.*)
      execute function follow_event(%L, ''id'', ''version'')', t, t);
  end loop;
end $$;
grant update (version, ended_at, reviewed_by, reviewed_at, outcome, consequence) on break_glass to mb_app;
grant update (version, state, decided_by, decided_at, until, ended_by, ended_at) on access_grant to mb_app;
grant update (version, lifted_by, lifted_at) on legal_hold to mb_app;
grant update (version, state, ended_at) on erasure_order to mb_app;
grant update (version, state, identity_means, identified_by, identified_at, outcome, ground, complaint_told, answered_by, answered_at)
  on data_request to mb_app;
grant update (version, kinds, tiers, persons, risk, state, measures, notified_at, notified_ref, not_notified, informed, informed_on, closed_at)
  on data_breach to mb_app;
grant select, insert on privacy_text to mb_app;

-- Who reads them: the officer all; an opening or a grant also whoever has it and the unit whose case it is.
create policy mine on break_glass for select to mb_app using (user_id = (select me_user()) or (select me_role()) = 'dpo'
  or exists (select 1 from case_file c where c.id = break_glass.case_id and c.unit_id = (select me_unit()) and (select me_role()) in ('cpw', 'cpu_head')));
create policy open on break_glass for insert to mb_app with check (user_id = (select me_user()) and unit_id = (select me_unit())
  and role = (select me_role()) and role in ('cpw', 'cpu_head', 'police', 'border_police') and (reach = 'T3') = (role in ('cpw', 'cpu_head'))
  and ended_at is null and outcome is null);
create policy change on break_glass for update to mb_app
  using (user_id = (select me_user()) or (select me_role()) = 'dpo')
  with check ((select me_role()) = 'dpo' and reviewed_by = (select me_user()) or user_id = (select me_user()) and outcome is null);
create policy mine on access_grant for select to mb_app using (user_id = (select me_user()) or (select me_role()) = 'dpo'
  or exists (select 1 from case_file c where c.id = access_grant.case_id and c.unit_id = (select me_unit()) and (select me_role()) in ('cpw', 'cpu_head')));
create policy ask on access_grant for insert to mb_app with check (user_id = (select me_user()) and unit_id = (select me_unit())
  and role = (select me_role()) and state = 'REQUESTED'
  and role = any (array['cpw', 'cpu_head', 'day_centre', 'shelter', 'school', 'health', 'field_team', 'hotline'])
  and (reach <> 'minimum') = (role in ('cpw', 'cpu_head')));
create policy decide on access_grant for update to mb_app
  using ((select me_role()) = 'dpo' or (select me_role()) = 'cpu_head'
    and exists (select 1 from case_file c where c.id = access_grant.case_id and c.unit_id = (select me_unit())))
  with check ((select me_role()) = 'dpo' and state = 'REVOKED' or (select me_role()) = 'cpu_head' and user_id <> (select me_user()));
do $$
declare
  t text;
begin
  foreach t in array array['legal_hold', 'erasure_order', 'data_request', 'data_breach'] loop
    execute format('create policy officer on %I for select to mb_app using ((select me_role()) = ''dpo'')', t);
    execute format('create policy enter on %I for insert to mb_app with check ((select me_role()) = ''dpo'')', t);
    execute format('create policy change on %I for update to mb_app using ((select me_role()) = ''dpo'') with check ((select me_role()) = ''dpo'')', t);
  end loop;
end $$;
create policy of_record on privacy_text for select to mb_app using (readable(record_kind, record_id, ''));
create policy write on privacy_text for insert to mb_app with check (by_id = (select me_user()));
-- Words are written only with an event of their record, whichever kind it is.
create function follow_privacy_text() returns trigger language plpgsql as $$
begin
  if current_user = 'mb_app' and not exists (select from event_of_now(new.record_kind, new.record_id)) then
    raise exception 'words of % are written only together with their event', new.record_kind using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger follow_event_new after insert on privacy_text for each row execute function follow_privacy_text();

-- How long an opening lasts is measured by the database from the moment it stands in it.
-- How many openings somebody made within a day, by the database's clock or by the application's, whichever counts more. A case's code is
-- guessed from its neighbour's: without a measure one account could open one file after the other.
create function opened_in_a_day(p_user uuid) returns integer language sql stable as $$
  select count(*)::integer from break_glass b where b.user_id = p_user
    and (b.opened_at > me_now() - interval '24 hours' or b.ends - (b.until - b.opened_at) > now() - interval '24 hours')
$$;
grant execute on function opened_in_a_day(uuid) to mb_app;
create function keep_break_glass() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform pg_advisory_xact_lock(hashtextextended(new.user_id::text, 410));
    if opened_in_a_day(new.user_id) >= 10 then
      raise exception 'ten openings within a day are the most' using errcode = 'check_violation';
    end if;
  end if;
  new.ends := case tg_op when 'INSERT' then now() + (new.until - new.opened_at) else old.ends end;
  return new;
end $$;
create trigger keep_time before insert or update on break_glass for each row execute function keep_break_glass();

-- Requests that wait have their measure too: each tells the unit of a case that somebody knows of it.
create function keep_access_asked() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(new.user_id::text, 410));
  if (select count(*) from access_grant g where g.user_id = new.user_id and g.state = 'REQUESTED') >= 10 then
    raise exception 'ten requests that wait are the most' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger keep_measure before insert on access_grant for each row when (new.state = 'REQUESTED') execute function keep_access_asked();

-- What is open to me beyond my scope. ---------------------------------------------------------------------------------
-- The cases that a living opening or grant gives the caller at this tier and that nothing else gives; one look at two short indexes, asked
-- once a statement and only where the policies before it said no. A definer, because it is part of the policies of case_file.
create function opened_cases(p_tier text) returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  who uuid := me_user();
  place uuid := me_unit();
  acting text := me_role();
begin
  if acting is null or acting not in ('cpw', 'cpu_head') then
    return '{}';
  end if;
  return array(
    select o.case_id from (
      select b.case_id from break_glass b where b.user_id = who and b.unit_id = place and b.reach = 'T3' and b.ended_at is null
        and b.until > me_now() and b.ends > now()
      union
      select g.case_id from access_grant g where g.user_id = who and g.unit_id = place and g.state = 'GRANTED' and g.until > me_now()
        and (p_tier = 'T2' and g.reach in ('T2', 'T3') or p_tier = 'T3' and g.reach = 'T3')) o
    join case_file c on c.id = o.case_id
    -- Whoever has come to work on the case, or leads its unit, reads and writes by that.
    where not coalesce(c.unit_id = place and (acting = 'cpu_head' or who in (c.manager_id, c.deputy_id)), false));
end $$;
grant execute on function opened_cases(text) to mb_app, mb_search;

-- Read and nothing else: whatever hangs on a case is not written by way of an opening. For every table there is; a later step calls it again.
create function read_only_when_opened() returns void language plpgsql as $$
declare
  t text;
begin
  for t in
    select distinct c.table_name from information_schema.columns c
      join pg_policies p on p.schemaname = 'public' and p.tablename = c.table_name and p.cmd in ('INSERT', 'ALL') and 'mb_app' = any (p.roles)
    where c.table_schema = 'public' and c.column_name = 'case_id'
      and c.table_name not in ('break_glass', 'access_grant', 'data_request', 'complaint')
      and not exists (select from pg_policies o where o.schemaname = 'public' and o.tablename = c.table_name and o.policyname = 'not_opened') loop
    execute format('create policy not_opened on %I as restrictive for insert to mb_app
      with check (case_id is null or case_id <> all ((select opened_cases(''T2''))::uuid[]))', t);
  end loop;
  for t in
    select distinct c.table_name from information_schema.columns c
      join pg_policies p on p.schemaname = 'public' and p.tablename = c.table_name and p.cmd in ('UPDATE', 'ALL') and 'mb_app' = any (p.roles)
    where c.table_schema = 'public' and c.column_name = 'case_id'
      and c.table_name not in ('break_glass', 'access_grant', 'data_request', 'complaint')
      and not exists (select from pg_policies o where o.schemaname = 'public' and o.tablename = c.table_name and o.policyname = 'not_opened_now') loop
    execute format('create policy not_opened_now on %I as restrictive for update to mb_app
      using (case_id is null or case_id <> all ((select opened_cases(''T2''))::uuid[]))', t);
  end loop;
end $$;

create policy opened on case_file for select to mb_app using (id = any ((select opened_cases('T2'))::uuid[]));
create policy opened on case_file_named for select to mb_app using (id = any ((select opened_cases('T3'))::uuid[]));
create policy opened on person_named for select to mb_app using (exists (
  select 1 from case_file c where c.person_id = person_named.id and c.id = any ((select opened_cases('T3'))::uuid[])));
do $$
declare
  t text;
begin
  foreach t in array array['case_text', 'answer_named', 'case_person_near'] loop
    execute format('create policy opened on %I for select to mb_app using (case_id = any ((select opened_cases(''T3''))::uuid[]))', t);
  end loop;
  perform read_only_when_opened();
  foreach t in array array['case_file_named'] loop
    execute format('create policy not_opened_now on %I as restrictive for update to mb_app using (id <> all ((select opened_cases(''T2''))::uuid[]))', t);
  end loop;
  foreach t in array array['person', 'person_named', 'person_sensitive'] loop
    execute format('create policy not_opened_now on %1$I as restrictive for update to mb_app using ((select opened_cases(''T2''))::uuid[] = ''{}''
      or exists (select 1 from case_file c where c.person_id = %1$I.id and c.id <> all ((select opened_cases(''T2''))::uuid[])))', t);
  end loop;
end $$;

-- Which case is meant, for whoever may ask for it out of scope: its unit and no more. Every asking is recorded by the application.
create function case_to_open(p_code text, p_id uuid) returns table (id uuid, code text, person_id uuid, unit_id uuid, manager_id uuid)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if me_role() = any (array['cpw', 'cpu_head', 'police', 'border_police', 'day_centre', 'shelter', 'school', 'health', 'field_team', 'hotline', 'dpo']) then
    return query select c.id, c.code, c.person_id, c.unit_id, c.manager_id from case_file c
      where p_code is not null and c.code = p_code or p_id is not null and c.id = p_id;
  end if;
end $$;
grant execute on function case_to_open(text, uuid) to mb_app;

-- Hit or no hit: cases of other units whose child is alike, for those who may search so (domain specification, section 5). The index over all
-- names answers, as in 0007.
grant create on schema public to mb_search;
create function cases_alike(p_key text, p_sounds text[], p_from date, p_to date) returns table (id uuid, unit_id uuid)
  language plpgsql security definer set search_path = public, pg_temp
  set enable_hashjoin = off set enable_mergejoin = off set max_parallel_workers_per_gather = 0 set plan_cache_mode = force_custom_plan as $$
begin
  if me_role() is null or me_role() not in ('cpw', 'cpu_head', 'border_police') then
    return;
  end if;
  perform similarity('a', 'b'); -- loads the library whose setting follows
  perform set_config('pg_trgm.similarity_threshold', '0.6', true);
  return query
    with alike as materialized (
      select n.id, n.birth_from, n.birth_to from person_named n where n.name_key % p_key
      union
      select n.id, n.birth_from, n.birth_to from person_named n where cardinality(p_sounds) >= 2 and n.sounds @> p_sounds)
    select c.id, c.unit_id from alike a join case_file c on c.person_id = a.id
     where c.status <> 'ARCHIVED' and (p_from is null or a.birth_from is null
         or (a.birth_from <= (p_to + interval '2 years') and a.birth_to >= (p_from - interval '2 years')))
     order by c.opened_at desc limit 20;
end $$;
grant execute on function cases_alike(text, text[], date, date) to mb_app;
alter function cases_alike(text, text[], date, date) owner to mb_search;
revoke create on schema public from mb_search;

-- The least that protects a child, for police and for professionals outside of child protection, while an opening or a grant lives: who the
-- child is, whom to call, what must not be done, to whom it must not be handed. No address, no label, no plan, no health: no more than a
-- packet would carry (S004 PROS-1.c.6: police access is limited).
create function opened_minimum(p_case uuid) returns jsonb language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  who uuid := me_user();
begin
  if who is null or not exists (
      select 1 from break_glass b where b.case_id = p_case and b.user_id = who and b.unit_id = me_unit() and b.reach = 'minimum' and b.ended_at is null
        and b.until > me_now() and b.ends > now()
      union all
      select 1 from access_grant g where g.case_id = p_case and g.user_id = who and g.unit_id = me_unit() and g.reach = 'minimum'
        and g.state = 'GRANTED' and g.until > me_now()) then
    return null;
  end if;
  return (select jsonb_build_object('id', c.id, 'code', c.code, 'givenName', n.given_name, 'familyName', n.family_name, 'otherNames', n.other_names,
      'sex', p.sex, 'birth', case when n.birth_from is null then null else jsonb_build_object('from', n.birth_from, 'to', n.birth_to,
        'said', coalesce(n.birth_said, '')) end,
      'unit', jsonb_build_object('sq', u.name_sq, 'en', u.name_en), 'phone', u.phone, 'manager', m.display_name,
      'safeContact', f.safe_contact, 'doNotPhoneHome', c.alerts -> 'doNotPhoneHome', 'doNotInformFamily', c.alerts -> 'doNotInformFamily',
      'interpreter', c.alerts -> 'interpreter', 'hasMeasure', c.has_measure, 'missing', c.suspended_at is not null,
      'forbidden', coalesce((select jsonb_agg(jsonb_build_object('name', x.name, 'relationship', x.relationship) order by x.at)
        from case_person_near x where x.case_id = c.id and x.contact = 'forbidden'), '[]'))
    from case_file c join person p on p.id = c.person_id left join person_named n on n.id = p.id join unit u on u.id = c.unit_id
      left join app_user m on m.id = c.manager_id left join case_file_named f on f.id = c.id
    where c.id = p_case);
end $$;
grant execute on function opened_minimum(uuid) to mb_app;

-- Every look under an opening or a grant says so: the mark is part of what the checkpoints seal.
create function mark_opened() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  file uuid := new.record_id;
begin
  if new.kind in ('referral', 'attachment') then
    execute format('select case_id from %I where id = $1', new.kind) into file using new.record_id;
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
create trigger mark_opened before insert on access_record for each row
  when (new.record_id is not null and new.actor_id is not null and new.code is null and new.act in ('read', 'export')
    and new.role in ('cpw', 'cpu_head', 'police', 'border_police', 'day_centre', 'shelter', 'school', 'health', 'field_team', 'hotline'))
  execute function mark_opened();

-- Erasure. ----------------------------------------------------------------------------------------------------------
-- A hold on a case covers all that speaks of it.
create function held(p_kind text, p_id uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from legal_hold h where h.lifted_at is null
    and (h.until is null or h.until >= (me_now() at time zone 'Europe/Tirane')::date)
    and (h.record_id = p_id
      or h.record_kind = 'case_file' and (
        exists (select 1 from records_of_case(h.record_id) r where r.kind = p_kind and r.id = p_id)
        or p_kind = 'person' and exists (select 1 from case_file c where c.id = h.record_id and c.person_id = p_id)
        or p_kind = 'family' and exists (select 1 from family_case f where f.case_id = h.record_id and f.family_id = p_id and f.left_at is null)
        or p_kind = 'data_request' and exists (select 1 from data_request d where d.id = p_id and d.case_id = h.record_id))))
$$;
grant execute on function held(text, uuid) to mb_app, mb_retention;
create function keep_held() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if held(new.kind, new.record_id) then
    raise exception 'a legal hold stands on % %', new.kind, new.record_id using errcode = 'object_not_in_prerequisite_state';
  end if;
  return new;
end $$;
create trigger keep_held before insert on event for each row when (new.type = 'Erased') execute function keep_held();

-- Words of these registers go like other personal values, with their event.
create function erase_privacy(p_kind text, p_id uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from event e where e.record_id = p_id and e.kind = p_kind and e.type = 'Erased'
      and e.xid = pg_current_xact_id()) then
    raise exception 'nothing is erased without its event' using errcode = 'insufficient_privilege';
  end if;
  if p_kind not in ('break_glass', 'access_grant', 'data_request') then
    raise exception 'records of kind % hold nothing to erase', p_kind;
  end if;
  delete from privacy_text where record_kind = p_kind and record_id = p_id;
  execute format('update %I set version = (select h.version from record_head h where h.record_id = $1) where id = $1', p_kind) using p_id;
end $$;
grant execute on function erase_privacy(text, uuid) to mb_retention;
create function privacy_of_case(p_case uuid) returns table (kind text, id uuid) language sql stable security definer
  set search_path = public, pg_temp as $$
    select 'break_glass', b.id from break_glass b where b.case_id = p_case
    union all select 'access_grant', g.id from access_grant g where g.case_id = p_case
    union all
    -- The child itself, when this is the last of its cases that still says who it is.
    select 'person', c.person_id from case_file c where c.id = p_case and not exists (
      select 1 from case_file o where o.person_id = c.person_id and o.id <> c.id
        and not exists (select 1 from event e where e.record_id = o.id and e.kind = 'case_file' and e.type = 'Erased'))
$$;
grant execute on function privacy_of_case(uuid) to mb_retention;

-- What is due by the country's rules ([{code, years, age}], reference/al/privacy.json): codes and days, for the officer, who sees no case.
create function retention_due(p_rules jsonb, p_today date, p_limit integer)
  returns table (rule text, kind text, id uuid, label text, ended_on date, due_on date, hold boolean, order_id uuid, order_state text,
    execute_after timestamptz)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if me_role() is distinct from 'dpo' then
    return;
  end if;
  return query
    with r as (select x.code, x.years, x.age from jsonb_to_recordset(p_rules) as x (code text, years integer, age integer)),
    ended as (
      select r.code as rule, 'report'::text as kind, t.id, 'R-' || upper(right(t.id::text, 8)) as label,
        (coalesce(t.triaged_at, t.received_at) at time zone 'Europe/Tirane')::date as ended_on, r.years, null::date as until_age
      from report t join r on r.code = 'report_screened_out' where t.state = 'SCREENED_OUT'
      union all
      select r.code, 'case_file', c.id, c.code, (c.closed_at at time zone 'Europe/Tirane')::date, r.years,
        case when p.born_to is null or r.age is null then null else make_date(p.born_to + r.age, 12, 31) end
      from case_file c join person p on p.id = c.person_id
        join r on r.code = case when c.vmt_status in ('none', 'screened_negative', 'at_risk') then 'case' else 'case_trafficking' end
      where c.closed_at is not null
      union all
      select r.code, 'data_request', d.id, d.code, (d.answered_at at time zone 'Europe/Tirane')::date, r.years, null
      from data_request d join r on r.code = 'data_request' where d.answered_at is not null)
    select e.rule, e.kind, e.id, e.label, e.ended_on,
      greatest((e.ended_on + make_interval(years => e.years))::date, e.until_age) as due_on, held(e.kind, e.id), o.id, o.state, o.execute_after
    from ended e left join erasure_order o on o.record_id = e.id and o.state <> 'WITHDRAWN'
    where greatest((e.ended_on + make_interval(years => e.years))::date, e.until_age) <= p_today
      and not exists (select 1 from event v where v.record_id = e.id and v.kind = e.kind and v.type = 'Erased')
    order by 6, e.id limit p_limit;
end $$;
grant execute on function retention_due(jsonb, date, integer) to mb_app;

-- The background worker carries out what was ordered when the days of waiting are over.
grant select on erasure_order, legal_hold to mb_jobs;
create policy worker_reads on erasure_order for select to mb_jobs using (true);
create policy worker_reads on legal_hold for select to mb_jobs using (true);
create function erasure_done(p_id uuid, p_version integer, p_records integer, p_parts integer, p_at timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update erasure_order set state = 'DONE', version = p_version, ended_at = p_at, records = p_records, parts = p_parts
    where id = p_id and state = 'ORDERED';
end $$;
grant execute on function erasure_done(uuid, integer, integer, integer, timestamptz) to mb_jobs;

-- Who opened this person's file: role, unit, day and act, never who. For the officer alone, over the person's cases.
create function person_access(p_person uuid, p_limit integer)
  returns table (at timestamptz, act text, role text, unit_id uuid, tier text, purpose text, code text, case_code text)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if me_role() is distinct from 'dpo' then
    return;
  end if;
  return query
    with file as materialized (
      select c.id, c.code from case_file c where c.person_id = p_person
      union all select p_person, null
      union all select f.id, c.code from case_file c join referral f on f.case_id = c.id where c.person_id = p_person)
    select a.at, a.act, a.role, a.unit_id, a.tier, a.purpose, a.code, file.code
    from file join access_record a on a.record_id = file.id
    where a.act in ('read', 'export', 'break_glass') and a.actor_id is not null
    order by a.at desc, a.id desc limit p_limit;
end $$;
grant execute on function person_access(uuid, integer) to mb_app;
