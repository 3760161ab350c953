-- What the trafficking track gives to others and counts of itself: the funnel from potential victim to decision, pseudonyms,
-- the official record's outbox and its comparison, cases exchanged by the human trafficking case data standard, the yearly list
-- of child victims.

-- The funnel ----------------------------------------------------------------------------------------------------------
-- One row a file, the same that `funnel_source` says of it: whatever changes a file, its history, its person or the reports of
-- its case writes the row anew. A year's figures are one pass over the year's rows.
create table funnel_file (
  nrm_id uuid primary key references nrm_file,
  case_id uuid references case_file,
  root uuid not null references person,
  year smallint not null,
  quarter smallint not null check (quarter between 1 and 4),
  subject text not null check (subject in ('child', 'adult')),
  sex text not null,
  age text not null,
  structure text not null,
  door text not null,
  territory text not null,
  forms text[] not null,
  -- How far it came: potential victim alone, declined, at the interview, not confirmed, official.
  stage text not null check (stage in ('vmt', 'declined', 'interview', 'not_confirmed', 'vt')),
  phase text,
  again boolean not null,
  reported_on date,
  vmt_on date not null,
  interview_on date,
  decided_on date,
  exited_on date
);
create index funnel_of_year on funnel_file (year, subject);
create index funnel_of_root on funnel_file (root);
select protect_table('funnel_file', 'T2', 'each file of the trafficking track as the funnel counts it: codes, band of age, days of its steps');
grant select on funnel_file to mb_stats;
create policy statistics_read on funnel_file for select to mb_stats using (true);

create view funnel_source as
  select f.id as nrm_id, f.case_id, coalesce(p.same_as, p.id) as root, extract(year from h.vmt_on)::smallint as year,
    extract(quarter from h.vmt_on)::smallint as quarter, f.subject, p.sex, age_band(p.born_from, p.born_to, h.vmt_on) as age, f.structure, f.door,
    f.territory, f.forms,
    case when h.vt_on is not null then 'vt' when h.not_on is not null then 'not_confirmed' when h.last = 'declined_formal' then 'declined'
      when h.interview_on is not null then 'interview' else 'vmt' end as stage,
    f.phase, f.prior_id is not null as again,
    (select min((r.occurred_at at time zone 'Europe/Tirane')::date) from case_report k join report r on r.id = k.report_id
      where k.case_id = f.case_id) as reported_on,
    h.vmt_on, h.interview_on, least(h.vt_on, h.not_on) as decided_on, (f.exited_at at time zone 'Europe/Tirane')::date as exited_on
  from nrm_file f join person p on p.id = f.person_id
    cross join lateral (
      select coalesce(min(i.on_day), (f.opened_at at time zone 'Europe/Tirane')::date) as vmt_on,
        min(i.on_day) filter (where i.status = 'formal_pending') as interview_on, min(i.on_day) filter (where i.status = 'vt') as vt_on,
        min(i.on_day) filter (where i.status = 'not_confirmed') as not_on,
        coalesce((array_agg(i.status order by i.at desc, i.id desc) filter (where i.status <> 'exited'))[1], f.status) as last
      from identification_record i where i.nrm_id = f.id) h
  where not f.lowered;

create function funnel_refresh(p_nrm uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into funnel_file as t select s.* from (select nrm_id, case_id, root, year, quarter, subject, sex, age, structure, door, territory, forms,
      stage, phase, again, reported_on, vmt_on, interview_on, decided_on, exited_on from funnel_source where nrm_id = p_nrm) s
    on conflict (nrm_id) do update set root = excluded.root, year = excluded.year, quarter = excluded.quarter, subject = excluded.subject,
      sex = excluded.sex, age = excluded.age, structure = excluded.structure, door = excluded.door, territory = excluded.territory,
      forms = excluded.forms, stage = excluded.stage, phase = excluded.phase, again = excluded.again, reported_on = excluded.reported_on,
      vmt_on = excluded.vmt_on, interview_on = excluded.interview_on, decided_on = excluded.decided_on, exited_on = excluded.exited_on;
  if not found then
    delete from funnel_file where nrm_id = p_nrm;
  end if;
end $$;
create function funnel_follow() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  n uuid;
begin
  case tg_table_name
    when 'nrm_file' then perform funnel_refresh(new.id);
    when 'identification_record' then perform funnel_refresh(new.nrm_id);
    when 'person' then for n in select f.id from nrm_file f where f.person_id = new.id loop perform funnel_refresh(n); end loop;
    else for n in select f.id from nrm_file f where f.case_id = new.case_id loop perform funnel_refresh(n); end loop;
  end case;
  return null;
end $$;
create trigger funnel_in after insert on nrm_file for each row execute function funnel_follow();
create trigger funnel_change after update on nrm_file for each row when ((old.status, old.phase, old.forms, old.territory, old.lowered, old.exited_at)
  is distinct from (new.status, new.phase, new.forms, new.territory, new.lowered, new.exited_at)) execute function funnel_follow();
create trigger funnel_in after insert on identification_record for each row when (new.nrm_id is not null) execute function funnel_follow();
create trigger funnel_change after update on person for each row when ((old.sex, old.born_from, old.born_to, old.same_as)
  is distinct from (new.sex, new.born_from, new.born_to, new.same_as)) execute function funnel_follow();
create trigger funnel_in after insert on case_report for each row execute function funnel_follow();
-- Everything from the records again: after many were put in with counting off.
create function funnel_rebuild() returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare
  n integer;
begin
  delete from funnel_file;
  insert into funnel_file (nrm_id, case_id, root, year, quarter, subject, sex, age, structure, door, territory, forms, stage, phase, again,
    reported_on, vmt_on, interview_on, decided_on, exited_on)
  select nrm_id, case_id, root, year, quarter, subject, sex, age, structure, door, territory, forms, stage, phase, again, reported_on, vmt_on,
    interview_on, decided_on, exited_on from funnel_source;
  get diagnostics n = row_count;
  return n;
end $$;
select funnel_rebuild();

-- Whom the funnel is for: the State Agency counts children alone, everybody else nobody.
create function funnel_reader() returns text language sql stable parallel safe return
  case me_role() when 'responsible_authority' then 'exact' when 'coordinator' then 'all' when 'state_agency' then 'child' end;
grant execute on function funnel_reader() to mb_app, mb_stats;
-- Counts of one year by quarter and by each dimension, at each stage; a file with two forms counts with each of them. One pass over the year's rows; the dimensions are told apart over the few that are left.
create function funnel_counts(p_year integer, p_subject text) returns table (by text, key text, stage text, n integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  with f as materialized (
    select quarter, sex, age, territory, structure, forms, stage, count(*) as n from funnel_file
    where year = p_year and (p_subject is null or subject = p_subject)
      and case (select funnel_reader()) when 'exact' then true when 'all' then p_subject is null when 'child' then p_subject = 'child' else false end
    group by 1, 2, 3, 4, 5, 6, 7
  ), g as (
    select quarter, sex, age, territory, structure, stage, grouping(quarter, sex, age, territory, structure) as which, sum(n)::integer as n
    from f group by grouping sets ((quarter, stage), (sex, stage), (age, stage), (territory, stage), (structure, stage))
  )
  select case which when 15 then 'quarter' when 23 then 'sex' when 27 then 'age' when 29 then 'territory' else 'structure' end,
    coalesce(quarter::text, sex, age, territory, structure), stage, n from g
  union all
  select 'form', form, stage, sum(n)::integer from f cross join lateral unnest(f.forms) form group by form, stage
$$;
-- Days from the first report to the potential victim, and from there to the interview and to the decision: quarters of the distribution.
create function funnel_lags(p_year integer, p_subject text)
  returns table (step text, n integer, p25 double precision, p50 double precision, p75 double precision, p90 double precision)
  language sql stable security definer set search_path = public, pg_temp as $$
  with d as (
    select count(reported_on)::integer as n1, count(interview_on)::integer as n2, count(decided_on)::integer as n3,
      percentile_cont(array[0.25, 0.5, 0.75, 0.9]) within group (order by greatest(vmt_on - reported_on, 0)) filter (where reported_on is not null) as q1,
      percentile_cont(array[0.25, 0.5, 0.75, 0.9]) within group (order by interview_on - vmt_on) as q2,
      percentile_cont(array[0.25, 0.5, 0.75, 0.9]) within group (order by decided_on - vmt_on) as q3
    from funnel_file where year = p_year and (p_subject is null or subject = p_subject)
      and case (select funnel_reader()) when 'exact' then true when 'all' then p_subject is null when 'child' then p_subject = 'child' else false end
  )
  select s, n, q[1], q[2], q[3], q[4] from d
    cross join lateral (values ('report_vmt', n1, q1), ('vmt_interview', n2, q2), ('vmt_decision', n3, q3)) x (s, n, q) where n > 0
$$;
-- What came after: reintegration, leaving, being trafficked again; and of the referrals out of these files, by the kind of body
-- asked, what became of them.
create function funnel_after(p_year integer, p_subject text) returns table (what text, key text, n integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  with f as materialized (
    select case_id, root, phase, again, exited_on, vmt_on from funnel_file
    where year = p_year and (p_subject is null or subject = p_subject)
      and case (select funnel_reader()) when 'exact' then true when 'all' then p_subject is null when 'child' then p_subject = 'child' else false end
      and (case_id is not null or phase is not null or again or exited_on is not null)
  ), c as (
    select count(*) filter (where phase in ('REINTEGRATION', 'MONITORING', 'EXITED'))::integer as reintegration,
      count(exited_on)::integer as exited, count(*) filter (where again)::integer as again,
      count(*) filter (where exited_on is not null and exists (select from funnel_file o
        where o.root = f.root and o.vmt_on > f.exited_on and o.vmt_on <= f.exited_on + 365))::integer as within
    from f
  ), r as (
    select q.recipient_kind, case
        when q.state in ('IN_SERVICE', 'COMPLETED') then 'served'
        when q.state = 'DECLINED' then 'declined'
        when q.state in ('SENT', 'EXPIRED') then 'silent'
        when q.state = 'WITHDRAWN' then 'withdrawn' else 'accepted' end as fate,
      extract(epoch from q.service_started_at - q.sent_at) / 86400 as waited
    from f join referral q on q.case_id = f.case_id where f.case_id is not null and q.sent_at >= f.vmt_on::timestamptz
  )
  select 'file', k, v from c cross join lateral (values ('reintegration', reintegration), ('exited', exited), ('again', again),
    ('again_within_year', within)) x (k, v)
  union all select 'referral/' || recipient_kind, fate, count(*)::integer from r group by 1, 2
  union all select 'waited', 'n', count(waited)::integer from r
  union all select 'waited', 'median', round(percentile_cont(0.5) within group (order by waited))::integer from r having count(waited) > 0
$$;
do $$
declare
  f text;
begin
  foreach f in array array['funnel_counts(integer, text)', 'funnel_lags(integer, text)', 'funnel_after(integer, text)'] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to mb_app', f);
    execute format('alter function %s owner to mb_stats', f);
  end loop;
  foreach f in array array['funnel_refresh(uuid)', 'funnel_follow()', 'funnel_rebuild()'] loop
    execute format('revoke execute on function %s from public', f);
  end loop;
end $$;

-- Pseudonyms ------------------------------------------------------------------------------------------------------------
-- Random, one for each receiver: what one of them holds cannot be laid beside what another holds. Whoever knows only the
-- pseudonym learns nothing of the file.
create table exchange_id (
  nrm_id uuid primary key references nrm_file,
  official text not null unique check (official ~ '^MB-[0-9a-f]{20}$'),
  htcds text not null unique check (htcds ~ '^MBH-[0-9a-f]{20}$')
);
select protect_table('exchange_id', 'T2', 'pseudonyms of files of the trafficking track, one for each receiver');
grant select on exchange_id to mb_app;
create policy authority_reads on exchange_id for select to mb_app using ((select me_role()) = 'responsible_authority'
  and exists (select 1 from nrm_file f where f.id = exchange_id.nrm_id));
create function exchange_pseudonym(p_nrm uuid) returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare
  p text;
begin
  insert into exchange_id (nrm_id, official, htcds) values (p_nrm, 'MB-' || substr(replace(gen_random_uuid()::text || gen_random_uuid(), '-', ''), 14, 20),
    'MBH-' || substr(replace(gen_random_uuid()::text || gen_random_uuid(), '-', ''), 14, 20)) on conflict (nrm_id) do nothing;
  select official into p from exchange_id where nrm_id = p_nrm;
  return p;
end $$;
revoke execute on function exchange_pseudonym(uuid) from public;

-- The official record ------------------------------------------------------------------------------------------------------
-- An outbox: each status of a file leaves as a message of its own, written in the transaction that writes the status. It holds what
-- leaves and nothing else: pseudonym, status, day, forms.
create table official_push (
  id uuid primary key,
  nrm_id uuid not null references nrm_file,
  identification_id uuid not null unique references identification_record,
  body jsonb not null check (pg_column_size(body) <= 4096),
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'dead')),
  attempts smallint not null default 0,
  made_at timestamptz not null,
  due_at timestamptz not null,
  done_at timestamptz,
  fault text check (length(fault) <= 60),
  fault_at timestamptz,
  version integer not null default 0
);
create index official_push_due on official_push (due_at) where state = 'waiting';
create index official_push_dead on official_push (made_at desc, id desc) where state = 'dead';
create index official_push_of on official_push (nrm_id, made_at);
create index official_push_newest on official_push (made_at desc);
select protect_table('official_push', 'T2', 'messages to the official victim database: pseudonym, status, day, forms; and what became of each');
grant select on official_push to mb_app, mb_jobs;
grant update (state, attempts, due_at, done_at, version) on official_push to mb_app;
grant update (state, attempts, due_at, done_at, fault, fault_at) on official_push to mb_jobs;
create policy authority_reads on official_push for select to mb_app using ((select me_role()) = 'responsible_authority');
create policy authority_sends_again on official_push for update to mb_app
  using ((select me_role()) = 'responsible_authority' and state = 'dead') with check (state = 'waiting');
create policy jobs_all on official_push to mb_jobs using (true) with check (true);
create trigger follow_event after update on official_push for each row when (old.* is distinct from new.*)
  execute function follow_event('official_push', 'id', 'version');
create function official_outbox() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  message uuid := gen_random_uuid();
begin
  insert into official_push (id, nrm_id, identification_id, body, made_at, due_at)
  values (message, new.nrm_id, new.id, jsonb_build_object('id', exchange_pseudonym(new.nrm_id), 'statusId', message,
      -- Two persons lowered the screening: what was told before is taken back.
      'status', case when new.status in ('screened_negative', 'at_risk') then 'withdrawn' else new.status end,
      'on', new.on_day, 'forms', to_jsonb(new.forms)), new.at, new.at)
  on conflict (identification_id) do nothing;
  return null;
end $$;
revoke execute on function official_outbox() from public;
create trigger official_outbox after insert on identification_record for each row when (new.nrm_id is not null) execute function official_outbox();
do $$
begin
  perform exchange_pseudonym(id) from nrm_file;
end $$;
insert into official_push (id, nrm_id, identification_id, body, made_at, due_at)
  select x.message, i.nrm_id, i.id, jsonb_build_object('id', e.official, 'statusId', x.message,
    'status', case when i.status in ('screened_negative', 'at_risk') then 'withdrawn' else i.status end, 'on', i.on_day, 'forms', to_jsonb(i.forms)), i.at, i.at
  from identification_record i join exchange_id e on e.nrm_id = i.nrm_id cross join lateral (select gen_random_uuid() as message, i.id) x;
-- A file has pseudonyms from its first day.
create function exchange_begin() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform exchange_pseudonym(new.id);
  return null;
end $$;
revoke execute on function exchange_begin() from public;
create trigger exchange_begin after insert on nrm_file for each row execute function exchange_begin();

-- What the register says, for laying it beside what the official database says: each file's last status.
create function official_ours() returns table (id text, status text, on_day date, open boolean) language sql stable security definer
  set search_path = public, pg_temp as $$
  select l.body ->> 'id', l.body ->> 'status', (l.body ->> 'on')::date,
    exists (select 1 from official_push w where w.nrm_id = l.nrm_id and w.state = 'waiting')
  from (select distinct on (p.nrm_id) p.nrm_id, p.body from official_push p order by p.nrm_id, p.made_at desc, p.id desc) l
$$;
revoke execute on function official_ours() from public;
grant execute on function official_ours() to mb_jobs;
create table official_compare (
  id uuid primary key,
  state text not null default 'asked' check (state in ('asked', 'done', 'failed')),
  asked_by uuid not null,
  asked_at timestamptz not null,
  done_at timestamptz,
  fault text check (length(fault) <= 60),
  ours integer,
  theirs integer,
  same integer,
  waiting integer,
  differing integer,
  differences jsonb check (pg_column_size(differences) <= 1000000),
  version integer not null
);
create index official_compare_newest on official_compare (asked_at desc);
select protect_table('official_compare', 'T2', 'the register laid beside the official victim database: counts, and differences by pseudonym');
grant select, insert on official_compare to mb_app, mb_jobs;
grant update (state, done_at, fault, ours, theirs, same, waiting, differing, differences) on official_compare to mb_jobs;
create policy authority_reads on official_compare for select to mb_app using ((select me_role()) = 'responsible_authority');
create policy authority_asks on official_compare for insert to mb_app
  with check ((select me_role()) = 'responsible_authority' and state = 'asked' and asked_by = (select me_user()));
create policy jobs_all on official_compare to mb_jobs using (true) with check (true);
create trigger follow_event_new after insert on official_compare for each row execute function follow_event('official_compare', 'id', 'version');
-- When the register was last found equal to the official database, for whoever may read the funnel: a time and nothing else.
create function official_standing() returns table (compared_at timestamptz, differing integer, last_status_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select (select c.done_at from official_compare c where c.state = 'done' order by c.done_at desc limit 1),
    (select c.differing from official_compare c where c.state = 'done' order by c.done_at desc limit 1),
    (select max(p.made_at) from official_push p)
  where funnel_reader() is not null
$$;
revoke execute on function official_standing() from public;
grant execute on function official_standing() to mb_app;

-- Cases by the case data standard ---------------------------------------------------------------------------------------
create table htcds_import (
  id uuid primary key,
  version integer not null,
  by_id uuid not null,
  at timestamptz not null,
  source text not null check (length(source) between 1 and 120),
  choice text not null check (choice in ('refuse', 'load')),
  lines integer not null check (lines between 0 and 2000)
);
create index htcds_import_newest on htcds_import (at desc, id desc);
-- A source's record is known by its id: what comes again changes nothing. Names are not kept: a child's stand in the report that is
-- made of the case, an adult's in the source's own file.
create table htcds_record (
  source text not null check (length(source) between 1 and 120),
  source_id text not null check (length(source_id) between 1 and 80),
  import_id uuid not null references htcds_import,
  -- As our exchange says it: codes and days.
  record jsonb not null check (pg_column_size(record) <= 131072),
  unknown jsonb not null check (pg_column_size(unknown) <= 65536),
  subject text not null check (subject in ('child', 'adult')),
  state text not null default 'to_check' check (state in ('to_check', 'taken', 'set_aside')),
  report_id uuid references report,
  nrm_id uuid references nrm_file,
  checked_by uuid,
  checked_at timestamptz,
  primary key (source, source_id)
);
create index htcds_record_of_import on htcds_record (import_id, source_id);
create index htcds_record_to_check on htcds_record (source, source_id) where state = 'to_check';
select protect_table('htcds_import', 'T2', 'files of cases taken in by the case data standard: who, when, from whom, how many');
select protect_table('htcds_record', 'T2', 'imported cases as codes and days, to be checked by hand before anything is made of them');
grant select, insert on htcds_import, htcds_record to mb_app;
grant update (state, report_id, nrm_id, checked_by, checked_at) on htcds_record to mb_app;
do $$
declare
  t text;
begin
  foreach t in array array['htcds_import', 'htcds_record'] loop
    execute format('create policy authority_reads on %I for select to mb_app using ((select me_role()) = ''responsible_authority'')', t);
    execute format('create policy authority_imports on %I for insert to mb_app with check ((select me_role()) = ''responsible_authority'')', t);
  end loop;
end $$;
create policy authority_checks on htcds_record for update to mb_app using ((select me_role()) = 'responsible_authority' and state = 'to_check')
  with check (state <> 'to_check' and checked_by = (select me_user()));
create trigger follow_event_new after insert on htcds_import for each row execute function follow_event('htcds_import', 'id', 'version');
create trigger follow_event_new after insert on htcds_record for each row execute function follow_event('htcds_import', 'import_id');
create trigger follow_event after update on htcds_record for each row when (old.* is distinct from new.*)
  execute function follow_event('htcds_import', 'import_id');

-- Child victims, once a year ---------------------------------------------------------------------------------------------
create table child_list (
  id uuid primary key,
  version integer not null,
  year smallint not null check (year between 2018 and 2200),
  sent_by uuid not null,
  sent_unit uuid not null,
  sent_at timestamptz not null,
  -- By code alone.
  codes text[] not null check (cardinality(codes) <= 5000),
  count integer not null check (count = cardinality(codes)),
  received_by uuid,
  received_at timestamptz,
  their_count integer check (their_count >= 0),
  check ((received_by is null) = (received_at is null))
);
create index child_list_newest on child_list (year desc, sent_at desc);
select protect_table('child_list', 'T2', 'the yearly list of child victims between the Responsible Authority and the State Agency: who, when, which codes');
grant select, insert on child_list to mb_app;
grant update (version, received_by, received_at, their_count) on child_list to mb_app;
create policy both_read on child_list for select to mb_app using ((select me_role()) in ('responsible_authority', 'state_agency'));
create policy authority_sends on child_list for insert to mb_app
  with check ((select me_role()) = 'responsible_authority' and sent_by = (select me_user()) and received_at is null);
create policy agency_receives on child_list for update to mb_app using ((select me_role()) = 'state_agency' and received_at is null)
  with check (received_by = (select me_user()));
create trigger follow_event_new after insert on child_list for each row execute function follow_event('child_list', 'id', 'version');
create trigger follow_event after update on child_list for each row when (old.* is distinct from new.*)
  execute function follow_event('child_list', 'id', 'version');
