-- The trafficking track (domain specification 3.4): one file for each identification of one person. It lies over a child's case, or is the
-- only file of an adult. Being trafficked again is a new file that points to the one before; nothing in it is ever overwritten.

create table nrm_code_counter (
  year smallint primary key,
  last integer not null
);
select protect_table('nrm_code_counter', 'T2', 'last number given to a file of the trafficking track, by year');
create function next_nrm_code(p_year integer) returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare
  n integer;
begin
  insert into nrm_code_counter (year, last) values (p_year, 1)
    on conflict (year) do update set last = nrm_code_counter.last + 1 returning last into n;
  return 'MKR-' || p_year || '-' || lpad(n::text, 4, '0');
end $$;
grant execute on function next_nrm_code(integer) to mb_app;

create table nrm_file (
  id uuid primary key,
  code text not null unique check (code ~ '^MKR-[0-9]{4}-[0-9]{4,6}$'),
  version integer not null check (version > 0),
  person_id uuid not null references person,
  -- A child's case. An adult has none, under no circumstances needs one.
  case_id uuid references case_file,
  subject text not null check (subject in ('child', 'adult')),
  status text not null check (status in ('vmt', 'formal_pending', 'vt', 'not_confirmed', 'declined_formal', 'exited')),
  phase text check (phase in ('NEEDS_ASSESSED', 'EMERGENCY', 'STABILISATION', 'REINTEGRATION', 'MONITORING', 'EXITED')),
  -- Who manages: the child's unit, or for an adult the regional social service or the shelter it was handed to.
  unit_id uuid not null references unit,
  manager_id uuid,
  structure text not null check (structure ~ '^[a-z_]{2,40}$'),
  door text not null check (door in ('border', 'field', 'inspection', 'consulate', 'school', 'health', 'hotline', 'self', 'private', 'case')),
  forms text[] not null check (cardinality(forms) between 1 and 40),
  territory text not null check (territory in ('internal', 'cross_border', 'unknown')),
  prior_id uuid references nrm_file,
  municipality text check (municipality ~ '^[0-9]{2}$'),
  county text check (county ~ '^AL-[0-9]{2}$'),
  opened_by uuid not null,
  opened_unit uuid not null,
  opened_at timestamptz not null,
  status_at timestamptz not null,
  exited_at timestamptz,
  -- Two persons lowered the screening that had opened it: no victim's file any more, and no longer before the Responsible Authority.
  lowered boolean not null default false,
  check ((subject = 'child') = (case_id is not null)),
  check ((status = 'exited') = (exited_at is not null)),
  check (not lowered or (status = 'exited' and subject = 'child')),
  check (prior_id is distinct from id)
);
create index nrm_newest on nrm_file (opened_at desc, id desc);
create index nrm_of_unit on nrm_file (unit_id, opened_at desc, id desc);
create index nrm_of_county on nrm_file (county, opened_at desc, id desc) where subject = 'adult';
create index nrm_of_case on nrm_file (case_id, opened_at desc) where case_id is not null;
create index nrm_of_person on nrm_file (person_id);
create index nrm_of_manager on nrm_file (manager_id) where manager_id is not null;
create index nrm_of_opener on nrm_file (opened_by, opened_at desc) where subject = 'adult';
create index nrm_after on nrm_file (prior_id) where prior_id is not null;
create table nrm_file_named (
  id uuid primary key references nrm_file,
  summary text check (length(summary) <= 8000),
  contact text check (length(contact) <= 2000)
);
create table nrm_file_sensitive (
  id uuid primary key references nrm_file
);
select protect_table('nrm_file', 'T2', 'the trafficking track of one identification of one person: codes, status, times and the scope that rules who sees it');
select protect_table('nrm_file_named', 'T3', 'what an adult''s file tells of the person: what was seen, how to reach them safely');
select protect_table('nrm_file_sensitive', 'T4', 'marks who reads the sensitive tier of a file of the trafficking track');

-- Who sees: the Responsible Authority all; a child's file whoever sees the case, at its tier; an adult's file the managing unit, and the
-- regional social service of the county. `src/domain/nrm/policy.ts` says the same.
grant select on nrm_file, nrm_file_named, nrm_file_sensitive to mb_app;
-- Granted so that the row can be locked; the policy lets nothing through. Changes go through save_nrm.
grant update (version) on nrm_file to mb_app;
create policy see on nrm_file for select to mb_app using (
  case when (select me_role()) = 'responsible_authority' then not lowered
    when subject = 'adult' then (select me_role()) in ('social_service', 'shelter')
      and (unit_id = (select me_unit()) or ((select me_role()) = 'social_service' and county = (select me_county())))
    else exists (select 1 from case_file c where c.id = nrm_file.case_id)
  end);
create policy lock on nrm_file for update to mb_app using (true) with check (false);
create policy see on nrm_file_named for select to mb_app using (exists (select 1 from nrm_file f where f.id = nrm_file_named.id
  and case when (select me_role()) = 'responsible_authority' then true
    when f.subject = 'adult' then (f.manager_id = (select me_user()) and f.unit_id = (select me_unit()))
      or ((select me_role()) = 'social_service' and (f.county = (select me_county()) or f.unit_id = (select me_unit())))
    else exists (select 1 from case_file_named n where n.id = f.case_id)
  end));
create policy see on nrm_file_sensitive for select to mb_app using (exists (select 1 from nrm_file f where f.id = nrm_file_sensitive.id
  and case when f.subject = 'adult' then f.manager_id = (select me_user()) and f.unit_id = (select me_unit())
    else exists (select 1 from case_file_sensitive n where n.id = f.case_id)
  end));
grant select on nrm_file to mb_jobs;
create policy system_read on nrm_file for select to mb_jobs using (true);
grant select (id, person_id, case_id, subject, status, phase, unit_id, structure, door, forms, territory, prior_id, municipality, county,
  opened_at, status_at, exited_at, lowered) on nrm_file to mb_stats;
create policy statistics_read on nrm_file for select to mb_stats using (true);

-- An adult is known to those who reach the file, at its tier. Whoever identifies may write down who it is, with its event, and reads it no more.
create policy through_nrm on person for select to mb_app using ((select me_role()) in ('social_service', 'shelter', 'responsible_authority')
  and exists (select 1 from nrm_file f where f.person_id = person.id and f.subject = 'adult'));
create policy through_nrm on person_named for select to mb_app using ((select me_role()) in ('social_service', 'shelter', 'responsible_authority')
  and exists (select 1 from nrm_file f join nrm_file_named n on n.id = f.id where f.person_id = person_named.id and f.subject = 'adult'));
create policy through_nrm on person_sensitive for select to mb_app using ((select me_role()) in ('social_service', 'shelter')
  and exists (select 1 from nrm_file f join nrm_file_sensitive n on n.id = f.id where f.person_id = person_sensitive.id and f.subject = 'adult'));
create function may_identify() returns boolean language sql stable as $$
  select coalesce(me_role() in ('police', 'border_police', 'labour_inspector', 'field_team', 'hotline', 'shelter', 'health', 'social_service',
    'consulate', 'responsible_authority', 'cpw', 'cpu_head'), false) $$;
grant execute on function may_identify() to mb_app;
do $$
declare
  t text;
begin
  foreach t in array array['person', 'person_named', 'person_sensitive'] loop
    execute format('create policy identifier_registers on %1$I for insert to mb_app
      with check ((select may_identify()) and exists (select from event_of_now(''person'', %1$I.id)))', t);
  end loop;
end $$;

-- The history: a row for each status, of a file and, for a child, of its case too.
alter table identification_record alter column case_id drop not null, add column nrm_id uuid references nrm_file,
  add check (case_id is not null or nrm_id is not null);
create index identification_of_nrm on identification_record (nrm_id, at) where nrm_id is not null;
create policy through_nrm on identification_record for select to mb_app
  using (nrm_id is not null and exists (select 1 from nrm_file f where f.id = identification_record.nrm_id));
create policy with_nrm on identification_record for insert to mb_app with check (by_id = (select me_user()) and nrm_id is not null
  and exists (select from event_of_now('nrm_file', identification_record.nrm_id)));
-- No status without its event, on the file or on the case.
create function follow_identification() returns trigger language plpgsql as $$
begin
  if current_user = 'mb_app' and not exists (select from event_of_now('nrm_file', new.nrm_id) union all
      select from event_of_now('case_file', new.case_id)) then
    raise exception 'a status of trafficking is written only together with its event' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger follow_event_new after insert on identification_record for each row execute function follow_identification();

-- A screening of an adult belongs to the file that it opens.
alter table screening add column nrm_id uuid references nrm_file;
do $$
declare
  c text;
begin
  for c in select conname from pg_constraint where conrelid = 'screening'::regclass and contype = 'c'
      and (pg_get_constraintdef(oid) like '%case_id IS NOT NULL%' or pg_get_constraintdef(oid) like '%setting%') loop
    execute format('alter table screening drop constraint %I', c);
  end loop;
end $$;
-- Screening never precedes protection: there is a case, a report that asks for help, or an adult's file.
alter table screening add constraint screening_protected check (case_id is not null or report_id is not null or nrm_id is not null),
  add constraint screening_setting check (setting in ('case', 'border', 'raid', 'identification'));
create index screening_of_nrm on screening (nrm_id, at) where nrm_id is not null;
create policy through_nrm on screening for select to mb_app
  using (nrm_id is not null and exists (select 1 from nrm_file f where f.id = screening.nrm_id));
create policy through_nrm on screening_item for select to mb_app
  using (exists (select from screening s join nrm_file_named n on n.id = s.nrm_id where s.id = screening_item.screening_id));

-- Opening: the file, its tiers, in the transaction of the event that says so. A child's file only beside the case's own new status.
create function open_nrm(p jsonb, p_summary text, p_contact text) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  r nrm_file := jsonb_populate_record(null::nrm_file, p);
begin
  if not exists (select 1 from event e where e.record_id = r.id and e.kind = 'nrm_file' and e.seq = r.version and e.type = 'NrmOpened'
      and e.xid = pg_current_xact_id() and e.facts ->> 'personId' = r.person_id::text and e.facts ->> 'subject' = r.subject
      and (e.facts ->> 'caseId') is not distinct from r.case_id::text and (e.facts ->> 'unitId') = r.unit_id::text
      and (e.facts ->> 'priorId') is not distinct from r.prior_id::text) then
    raise exception 'a file of the trafficking track begins only together with its event' using errcode = 'insufficient_privilege';
  end if;
  if r.status <> 'vmt' or r.lowered or r.manager_id is not null and r.subject = 'adult' or r.opened_by is distinct from me_user() then
    raise exception 'a file begins with a potential victim and whoever identified' using errcode = 'insufficient_privilege';
  end if;
  if r.subject = 'adult' and not may_identify() or r.subject = 'child' and not exists (select 1 from event e where e.record_id = r.case_id
      and e.kind = 'case_file' and e.type = 'IdentificationRecorded' and e.facts ->> 'status' = 'vmt' and e.xid = pg_current_xact_id()) then
    raise exception 'nobody else opens a file of the trafficking track' using errcode = 'insufficient_privilege';
  end if;
  if r.prior_id is not null and not exists (select 1 from nrm_file f join person p on p.id = f.person_id join person q on q.id = r.person_id
      where f.id = r.prior_id and coalesce(p.same_as, p.id) = coalesce(q.same_as, q.id)) then
    raise exception 'a file goes on from one of the same person' using errcode = 'insufficient_privilege';
  end if;
  insert into nrm_file select r.*;
  insert into nrm_file_named (id, summary, contact) values (r.id, p_summary, p_contact);
  insert into nrm_file_sensitive (id) values (r.id);
end $$;
grant execute on function open_nrm(jsonb, text, text) to mb_app;

-- The only way to change a file: with the event that says so, along the steps of 3.4 (`src/domain/nrm/state.ts`).
create function save_nrm(p jsonb) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r nrm_file := jsonb_populate_record(null::nrm_file, p);
  old nrm_file;
begin
  if not exists (select 1 from event e where e.record_id = r.id and e.kind = 'nrm_file' and e.seq = r.version
      and e.xid = pg_current_xact_id()) then
    raise exception 'a file of the trafficking track changes only together with its event' using errcode = 'insufficient_privilege';
  end if;
  select * into old from nrm_file where id = r.id for update;
  if old.status <> r.status and (old.status, r.status) not in (('vmt', 'formal_pending'), ('vmt', 'declined_formal'), ('vmt', 'exited'),
      ('formal_pending', 'vt'), ('formal_pending', 'not_confirmed'), ('formal_pending', 'declined_formal'), ('declined_formal', 'formal_pending'),
      ('declined_formal', 'exited'), ('vt', 'exited')) then
    raise exception 'no status of trafficking is skipped or taken back: % to %', old.status, r.status using errcode = 'insufficient_privilege';
  end if;
  update nrm_file set version = r.version, status = r.status, status_at = r.status_at, phase = r.phase, unit_id = r.unit_id,
    manager_id = r.manager_id, exited_at = r.exited_at, municipality = r.municipality, county = r.county, forms = r.forms,
    territory = r.territory, lowered = r.lowered
  where id = r.id and version < r.version;
  if not found then
    raise exception 'file % is newer than what was to be saved', r.id;
  end if;
end $$;
grant execute on function save_nrm(jsonb) to mb_app;

-- For the register of identifications, where the case is moved by somebody who cannot see the files (a screening at a border that reaches
-- the case late): the files of the case and of the same person, the newest first. Only beside the case's own event.
create function nrm_beside_case(p_case uuid) returns setof nrm_file language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from event e where e.record_id = p_case and e.kind = 'case_file' and e.type = 'IdentificationRecorded'
      and e.xid = pg_current_xact_id()) then
    return;
  end if;
  return query select f.* from case_file c join person p on p.id = c.person_id
      join person q on coalesce(q.same_as, q.id) = coalesce(p.same_as, p.id) join nrm_file f on f.person_id = q.id
    where c.id = p_case order by f.opened_at desc, f.id desc limit 20 for update of f;
end $$;
grant execute on function nrm_beside_case(uuid) to mb_app;
-- A screening that reaches a case late also tells where the case lies and who carries it: its file begins there.
drop function case_of_reported_child(uuid, uuid);
create function case_of_reported_child(p_report uuid, p_child uuid)
  returns table (id uuid, version integer, code text, person_id uuid, unit_id uuid, municipality text, county text, manager_id uuid, vmt_status text)
  language sql security definer set search_path = public, pg_temp as $$
  select c.id, c.version, c.code, c.person_id, c.unit_id, c.municipality, c.county, c.manager_id, c.vmt_status
    from report r join report_child k on k.report_id = r.id join case_file c on c.id = k.case_id
   where r.id = p_report and k.id = p_child and r.created_by = me_user() for update of c
$$;
grant execute on function case_of_reported_child(uuid, uuid) to mb_app;
-- And the other way: the case of a file whose status has just moved, for whoever sees the file's step and not the case.
create function case_beside_nrm(p_nrm uuid)
  returns table (id uuid, version integer, code text, person_id uuid, unit_id uuid, municipality text, county text, manager_id uuid, vmt_status text)
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from event e where e.record_id = p_nrm and e.kind = 'nrm_file' and e.type = 'NrmStatusSet'
      and e.xid = pg_current_xact_id()) then
    return;
  end if;
  return query select c.id, c.version, c.code, c.person_id, c.unit_id, c.municipality, c.county, c.manager_id, c.vmt_status
    from nrm_file f join case_file c on c.id = f.case_id where f.id = p_nrm for update of c;
end $$;
grant execute on function case_beside_nrm(uuid) to mb_app;

-- The clocks of a step end with it, whether or not whoever takes it sees the case on which they run.
create function stop_nrm_clocks(p_nrm uuid, p_rules text[], p_at timestamptz) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from event e where e.record_id = p_nrm and e.kind = 'nrm_file' and e.type in ('NrmStatusSet', 'NrmTaken')
      and e.xid = pg_current_xact_id()) then
    raise exception 'clocks of a file end only together with its event' using errcode = 'insufficient_privilege';
  end if;
  update clock c set stopped_at = greatest(p_at, c.started_at),
    next_at = case when c.statutory and c.breached_at is null and p_at > c.due_at then p_at end
  from nrm_file f where f.id = p_nrm and c.record_id = coalesce(f.case_id, f.id) and c.rule = any (p_rules) and c.stopped_at is null;
end $$;
grant execute on function stop_nrm_clocks(uuid, text[], timestamptz) to mb_app;

-- Who carries a child's case carries its file: transfer and reassignment of the case are told by the case's own events.
create function nrm_follows_case() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update nrm_file set unit_id = new.unit_id, manager_id = new.manager_id, municipality = new.municipality, county = new.county
    where case_id = new.id;
  return null;
end $$;
create trigger nrm_follows_case after update on case_file for each row
  when ((old.unit_id, old.manager_id, old.municipality, old.county) is distinct from (new.unit_id, new.manager_id, new.municipality, new.county))
  execute function nrm_follows_case();

-- What whoever identified an adult sees of it for thirty days: that it was filed, and whether somebody has taken it. Nothing of what follows.
create function own_nrm_filings(p_limit integer) returns table (id uuid, code text, opened_at timestamptz, taken boolean, unit_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select f.id, f.code, f.opened_at, f.manager_id is not null, f.unit_id from nrm_file f
   where f.subject = 'adult' and f.opened_by = me_user() and f.opened_at > me_now() - interval '30 days'
   order by f.opened_at desc, f.id desc limit p_limit
$$;
grant execute on function own_nrm_filings(integer) to mb_app;

-- Clocks run on a file as on a case.
do $$
declare
  c text;
begin
  for c in select conname from pg_constraint where conrelid = 'clock'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%record_kind%' loop
    execute format('alter table clock drop constraint %I', c);
  end loop;
end $$;
alter table clock add constraint clock_record_kind check (record_kind in ('report', 'case_file', 'referral', 'nrm_file'));
create or replace function follow_version(p_kind text, p_id uuid, p_version integer) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  if p_kind not in ('report', 'case_file', 'referral', 'nrm_file') then
    raise exception 'no clocks run on %', p_kind;
  end if;
  execute format('update %I set version = $2 where id = $1 and version < $2', p_kind) using p_id, p_version;
end $$;
create or replace function readable(p_kind text, p_id uuid, p_suffix text) returns boolean language plpgsql stable as $$
declare
  t regclass;
  answer boolean;
begin
  case p_kind || p_suffix
    when 'case_file' then return exists (select 1 from case_file where id = p_id);
    when 'case_file_named' then return exists (select 1 from case_file_named where id = p_id);
    when 'case_file_sensitive' then return exists (select 1 from case_file_sensitive where id = p_id);
    when 'report' then return exists (select 1 from report where id = p_id);
    when 'report_named' then return exists (select 1 from report_named where id = p_id);
    when 'referral' then return exists (select 1 from referral where id = p_id);
    when 'nrm_file' then return exists (select 1 from nrm_file where id = p_id);
    when 'nrm_file_named' then return exists (select 1 from nrm_file_named where id = p_id);
    else
      t := to_regclass('public.' || quote_ident(p_kind || p_suffix));
      if t is null then
        return false;
      end if;
      execute format('select exists (select 1 from %s where id = $1)', t) into answer using p_id;
      return answer;
  end case;
end $$;

-- Counting: an adult victim counts like a child, where its file lies.
grant select (nrm_id) on identification_record to mb_stats;
grant create on schema public to mb_stats;
set role mb_stats;
create or replace view counted_identified as
  with first as (
    select distinct on (coalesce(p.same_as, p.id)) coalesce(p.same_as, p.id) as root, i.case_id, i.nrm_id, i.on_day, i.status, i.structure,
      i.forms, i.territory, i.screening_id, p.sex, p.born_from, p.born_to, p.citizenship
    from identification_record i join person p on p.id = i.person_id where i.status in ('vmt', 'vt')
    order by coalesce(p.same_as, p.id), i.on_day, i.at, i.id
  )
  select f.root as id, x.measure, first_of_month(f.on_day) as month, coalesce(c.municipality, n.municipality, '') as municipality, f.sex,
    age_band(f.born_from, f.born_to, f.on_day) as age,
    coalesce(x.a, '') as a, coalesce(x.b, '') as b, 1::bigint as n, x.s
  from first f left join case_file c on c.id = f.case_id left join nrm_file n on n.id = f.nrm_id
    left join lateral (select r.source, r.channel, r.occurred_at from case_report k join report r on r.id = k.report_id
      where k.case_id = f.case_id order by r.occurred_at, r.id limit 1) r on true
    left join screening s on s.id = f.screening_id
    cross join lateral (
      select 'identified', f.status, f.structure, 0::bigint
      union all select 'identified_form', form, '', 0 from unnest(f.forms) form
      union all select 'identified_where', f.territory, coalesce(f.citizenship, ''), 0
      union all select 'identified_source', coalesce(r.source, 'none'), coalesce(r.channel, ''), 0
      union all select 'identified_referred', case when exists (select from referral q where q.case_id = f.case_id) then 'yes' else 'no' end, '', 0
      union all select 'identified_setting', coalesce(s.setting, 'none'), '', 0
      union all select 'identified_then', case when exists (select from identification_record v join person q on q.id = v.person_id
        where coalesce(q.same_as, q.id) = f.root and v.status = 'vt') then 'vt' else 'not_vt' end, '', 0
      union all select 'identified_lag', lpad(least(l.days, 999)::text, 3, '0'), '', l.days
        from (select greatest(0, f.on_day - (r.occurred_at at time zone 'Europe/Tirane')::date)::bigint as days) l where r.occurred_at is not null
    ) x (measure, a, b, s)
  union all
  select coalesce(p.same_as, p.id), 'identified_again', first_of_month(i.on_day), coalesce(c.municipality, n.municipality, ''), p.sex,
    age_band(p.born_from, p.born_to, i.on_day), i.status, '', 1, 0
  from identification_record i join person p on p.id = i.person_id left join case_file c on c.id = i.case_id
    left join nrm_file n on n.id = i.nrm_id
  where i.status in ('vmt', 'vt') and i.prior_trafficking;
create function roll_identification() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  root uuid := (select coalesce(p.same_as, p.id) from person p where p.id = new.person_id);
  sign integer := case tg_when when 'BEFORE' then -1 else 1 end;
begin
  perform roll_lock(root, true);
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, sign * n, sign * s from counted_identified where id = root;
  return case tg_when when 'BEFORE' then new end;
end $$;
revoke execute on function roll_identification() from public;
grant execute on function roll_identification() to mb_owner;
set role mb_owner;
revoke create on schema public from mb_stats;
drop trigger roll_before on identification_record;
drop trigger roll_in on identification_record;
create trigger roll_before before insert on identification_record for each row execute function roll_identification();
create trigger roll_in after insert on identification_record for each row execute function roll_identification();

-- Lawful erasure: a child's file goes with its case, an adult's by itself with its screenings and the person.
create or replace function records_of_case(p_case uuid) returns table (kind text, id uuid) language sql stable security definer
  set search_path = public, pg_temp as $$
    select 'case_file', c.id from case_file c where c.id = p_case
    union all select 'report', r.report_id from case_report r where r.case_id = p_case
    union all select 'screening', s.id from screening s where s.case_id = p_case
    union all select 'consent', k.id from consent k where k.case_id = p_case
    union all select 'referral', f.id from referral f where f.case_id = p_case
    union all select 'nrm_file', n.id from nrm_file n where n.case_id = p_case
$$;
create function records_of_nrm(p_id uuid) returns table (kind text, id uuid) language sql stable security definer
  set search_path = public, pg_temp as $$
    select 'nrm_file', n.id from nrm_file n where n.id = p_id
    union all select 'screening', s.id from screening s where s.nrm_id = p_id
    union all select 'person', n.person_id from nrm_file n where n.id = p_id and n.case_id is null
      and not exists (select 1 from case_file c where c.person_id = n.person_id)
      and not exists (select 1 from nrm_file o where o.person_id = n.person_id and o.id <> n.id
        and not exists (select 1 from event e where e.record_id = o.id and e.kind = 'nrm_file' and e.type = 'Erased'))
$$;
grant execute on function records_of_nrm(uuid) to mb_retention;
create function erase_nrm(p_id uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from event e where e.record_id = p_id and e.kind = 'nrm_file' and e.type = 'Erased' and e.xid = pg_current_xact_id()) then
    raise exception 'nothing is erased without its event' using errcode = 'insufficient_privilege';
  end if;
  update nrm_file_named set summary = null, contact = null where id = p_id;
  update nrm_file set version = (select h.version from record_head h where h.record_id = p_id) where id = p_id;
end $$;
grant execute on function erase_nrm(uuid) to mb_retention;

-- Every case that is, or was, a potential victim's gets its files: one for each time the history begins anew.
do $$
declare
  c record;
  i record;
  file nrm_file;
  prior uuid;
  steps jsonb;
  begun integer := 0;
  wanted integer;
  made integer;
  wrong integer;
begin
  perform set_config('mb.user', '00000000-0000-7000-8000-000000000001', true), set_config('mb.role', 'system', true),
    set_config('mb.unit', '00000000-0000-7000-8000-000000000001', true);
  for c in select f.* from case_file f where f.vmt_status in ('vmt', 'formal_pending', 'vt', 'not_confirmed', 'declined_formal', 'exited')
      order by f.opened_at, f.id loop
    prior := null;
    file := null;
    for i in select r.* from identification_record r where r.case_id = c.id and r.status <> 'none' order by r.at, r.id loop
      -- Lowered by two persons after it had begun; before it had begun there was no file.
      if i.status in ('screened_negative', 'at_risk') then
        if file.id is not null then
          steps := jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'type', 'NrmStatusSet', 'v', 1, 'occurredAt', i.at, 'touches',
            '["status"]'::jsonb, 'facts', jsonb_build_object('from', file.status, 'to', 'exited', 'identificationId', i.id, 'on', i.on_day,
            'lowered', true, 'carriedOver', true)));
          update nrm_file set version = append_events('nrm_file', file.id, file.version, steps, null, now(), i.at), status = 'exited',
            status_at = i.at, exited_at = i.at, lowered = true where id = file.id;
          update identification_record set nrm_id = file.id where id = i.id;
          file := null;
        end if;
        continue;
      end if;
      if file.id is null or i.status = 'vmt' then
        if file.id is not null then
          prior := file.id;
        end if;
        file := null;
        file.lowered := false;
        file.id := gen_random_uuid();
        file.code := next_nrm_code(extract(year from i.on_day)::integer);
        file.version := 1;
        file.person_id := c.person_id;
        file.case_id := c.id;
        file.subject := 'child';
        file.status := i.status;
        file.unit_id := c.unit_id;
        file.manager_id := c.manager_id;
        file.structure := i.structure;
        file.door := case i.structure when 'border_police' then 'border' when 'labour_inspector' then 'inspection' when 'field_team' then 'field'
          else 'case' end;
        file.forms := case when cardinality(i.forms) = 0 then array['unknown'] else i.forms end;
        file.territory := i.territory;
        file.prior_id := prior;
        file.municipality := c.municipality;
        file.county := c.county;
        file.opened_by := i.by_id;
        file.opened_unit := c.unit_id;
        file.opened_at := i.at;
        file.status_at := i.at;
        file.exited_at := case when i.status = 'exited' then i.at end;
        steps := jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'type', 'NrmOpened', 'v', 1, 'occurredAt', i.at, 'touches',
          '[]'::jsonb, 'facts', jsonb_build_object('code', file.code, 'personId', c.person_id, 'caseId', c.id, 'subject', 'child', 'status',
          i.status, 'unitId', c.unit_id, 'structure', file.structure, 'door', file.door, 'forms', to_jsonb(file.forms), 'territory',
          file.territory, 'priorId', prior, 'municipality', c.municipality, 'county', c.county, 'identificationId', i.id, 'carriedOver', true)));
        perform append_events('nrm_file', file.id, 0, steps, null, now(), i.at);
        insert into nrm_file select file.*;
        insert into nrm_file_named (id) values (file.id);
        insert into nrm_file_sensitive (id) values (file.id);
      else
        steps := jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'type', 'NrmStatusSet', 'v', 1, 'occurredAt', i.at, 'touches',
          '["status"]'::jsonb, 'facts', jsonb_build_object('from', file.status, 'to', i.status, 'identificationId', i.id, 'on', i.on_day,
          'carriedOver', true)));
        file.version := append_events('nrm_file', file.id, file.version, steps, null, now(), i.at);
        file.status := i.status;
        update nrm_file set version = file.version, status = i.status, status_at = i.at,
          exited_at = case when i.status = 'exited' then i.at end where id = file.id;
      end if;
      update identification_record set nrm_id = file.id where id = i.id;
      get diagnostics made = row_count;
      if made <> 1 then
        raise exception 'an identification of case % was not linked', c.id;
      end if;
    end loop;
    -- A status that the case has and no history tells of: the file begins with the case.
    if file.id is null then
      file.id := gen_random_uuid();
      file.code := next_nrm_code(extract(year from c.opened_at)::integer);
      steps := jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'type', 'NrmOpened', 'v', 1, 'occurredAt', c.opened_at, 'touches',
        '[]'::jsonb, 'facts', jsonb_build_object('code', file.code, 'personId', c.person_id, 'caseId', c.id, 'subject', 'child', 'status',
        c.vmt_status, 'unitId', c.unit_id, 'structure', 'cpw', 'door', 'case', 'forms', '["unknown"]'::jsonb, 'territory', 'unknown', 'priorId',
        null, 'municipality', c.municipality, 'county', c.county, 'identificationId', null, 'carriedOver', true)));
      perform append_events('nrm_file', file.id, 0, steps, null, now(), c.opened_at);
      insert into nrm_file (id, code, version, person_id, case_id, subject, status, unit_id, manager_id, structure, door, forms, territory,
        municipality, county, opened_by, opened_unit, opened_at, status_at, exited_at)
      values (file.id, file.code, 1, c.person_id, c.id, 'child', c.vmt_status, c.unit_id, c.manager_id, 'cpw', 'case', array['unknown'], 'unknown',
        c.municipality, c.county, coalesce(c.manager_id, '00000000-0000-7000-8000-000000000001'), c.unit_id, c.opened_at, c.opened_at,
        case when c.vmt_status = 'exited' then c.opened_at end);
      insert into nrm_file_named (id) values (file.id);
      insert into nrm_file_sensitive (id) values (file.id);
    end if;
    begun := begun + 1;
  end loop;
  perform set_config('mb.user', '', true), set_config('mb.role', '', true), set_config('mb.unit', '', true);
  select count(*) into wanted from case_file f
    where f.vmt_status in ('vmt', 'formal_pending', 'vt', 'not_confirmed', 'declined_formal', 'exited');
  select count(distinct n.case_id) into made from nrm_file n;
  select count(*) into wrong from case_file f
    join lateral (select n.status from nrm_file n where n.case_id = f.id order by n.opened_at desc, n.id desc limit 1) n on true
    where n.status <> f.vmt_status;
  if begun <> wanted or made <> wanted or wrong > 0 then
    raise exception 'of % cases with a trafficking status % were carried over, % files stand, % differ', wanted, begun, made, wrong;
  end if;
  if exists (select from identification_record r where r.nrm_id is null
      and r.status in ('vmt', 'formal_pending', 'vt', 'not_confirmed', 'declined_formal', 'exited')
      and exists (select from case_file f where f.id = r.case_id and f.vmt_status in ('vmt', 'formal_pending', 'vt', 'not_confirmed',
        'declined_formal', 'exited'))) then
    raise exception 'identifications of such a case stand without its file';
  end if;
end $$;

-- By way of break-glass or a grant these are read and never written either.
select read_only_when_opened();
