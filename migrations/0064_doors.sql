-- Doors of identification: the border (every child in or out, look-ups against alerts with a hit or no-hit answer, the short screening
-- with women present), labour inspections, and what a consulate's report says besides. Whoever asks at the border learns neither why
-- an alert stands nor whose it is.

-- The crossings at which this person serves: the post that names their unit in the register of the net, else those of its municipality
-- or county.
create function my_crossings() returns text[] language sql stable as $$
  select case when me_role() = 'border_police' then coalesce(
    (select array_agg(s.crossing order by s.crossing) from net_structure s where s.unit_id = me_unit() and s.kind = 'border_post'
       and s.valid_from <= (me_now() at time zone 'Europe/Tirane')::date
       and (s.valid_to is null or s.valid_to >= (me_now() at time zone 'Europe/Tirane')::date)),
    (select array_agg(b.id order by b.main desc, b.id) from border_crossing b join municipality m on m.code = b.municipality
      where b.municipality = me_municipality() or (me_municipality() is null and m.county = me_county())),
    '{}') else '{}' end
$$;
grant execute on function my_crossings() to mb_app;

create table border_alert (
  id uuid primary key,
  version integer not null check (version > 0),
  kind text not null check (kind in ('missing', 'do_not_leave', 'trafficking_risk', 'protection_measure', 'other')),
  direction text not null check (direction in ('in', 'out', 'both')),
  -- What the officer is told to do, and whom to phone; nothing else of an alert is ever told there.
  step text not null check (step in ('hold_call', 'watch_call')),
  phone text not null check (length(phone) between 3 and 40),
  unit_id uuid not null references unit,
  role text not null check (role in ('cpw', 'cpu_head', 'responsible_authority', 'police')),
  case_id uuid references case_file,
  nrm_id uuid,
  sex text not null check (sex in ('female', 'male', 'unknown')),
  born_from smallint check (born_from between 1900 and 2200),
  born_to smallint check (born_to >= born_from),
  by_id uuid not null,
  at timestamptz not null,
  expires_on date not null,
  withdrawn_at timestamptz,
  withdrawn_why text check (withdrawn_why in ('found', 'no_longer_needed', 'mistake', 'replaced')),
  check ((withdrawn_at is null) = (withdrawn_why is null))
);
create index border_alert_of_unit on border_alert (unit_id, at desc, id desc);
create index border_alert_of_case on border_alert (case_id) where case_id is not null;
create table border_alert_named (
  id uuid primary key references border_alert,
  given_name text check (length(given_name) <= 120),
  family_name text check (length(family_name) <= 120),
  other_names text check (length(other_names) <= 240),
  birth_from date,
  birth_to date,
  birth_said text check (length(birth_said) <= 80),
  documents text[] not null default '{}' check (cardinality(documents) <= 10),
  -- The parts of the name as they are filed, each once.
  words text[] not null check (cardinality(words) <= 40),
  check ((birth_from is null) = (birth_to is null)),
  check (birth_from <= birth_to)
);
create index border_alert_named_words on border_alert_named using gin (words);
-- Every part that names in alerts have, once, and how it sounds: a likeness is looked for among these few, not among all names.
create table border_alert_word (
  word text primary key check (length(word) between 1 and 120),
  sound text not null check (length(sound) <= 120)
);
create index border_alert_word_trigram on border_alert_word using gin (word gin_trgm_ops);
create index border_alert_word_sound on border_alert_word (sound);
-- Keyed hashes of the documents' numbers: equal numbers are equal, nothing is read back.
create table border_alert_document (
  alert_id uuid not null references border_alert,
  hash bytea not null,
  primary key (hash, alert_id)
);
create table border_alert_sensitive (
  id uuid primary key references border_alert,
  sealed bytea not null check (octet_length(sealed) <= 32768)
);

create table border_check (
  id uuid primary key,
  version integer not null check (version > 0),
  crossing text not null references border_crossing,
  unit_id uuid not null references unit,
  direction text not null check (direction in ('in', 'out')),
  category text not null check (category in ('alone', 'parents', 'others')),
  sex text not null check (sex in ('female', 'male', 'unknown')),
  citizenship text check (citizenship ~ '^[A-Z]{2}$'),
  born_from smallint,
  born_to smallint,
  document_kind text not null check (document_kind in ('passport', 'identity_card', 'travel_document', 'visa', 'birth_certificate', 'none')),
  hit boolean not null,
  -- The same number was shown under another name.
  document_odd boolean not null,
  report_id uuid references report,
  child_id uuid,
  by_id uuid not null,
  at timestamptz not null
);
create index border_check_by on border_check (by_id, at desc);
create index border_check_at on border_check (crossing, at desc);
create index border_check_old on border_check (at) where report_id is null;
create index border_check_of_report on border_check (report_id) where report_id is not null;
create table border_check_named (
  id uuid primary key references border_check,
  given_name text check (length(given_name) <= 120),
  family_name text check (length(family_name) <= 120),
  birth_from date,
  birth_to date,
  birth_said text check (length(birth_said) <= 80),
  document_number text check (length(document_number) <= 40),
  document_hash bytea,
  name_key text not null,
  sounds text[] not null,
  companions jsonb not null default '[]' check (jsonb_typeof(companions) = 'array' and pg_column_size(companions) <= 8192)
);
create index border_check_document on border_check_named (document_hash) where document_hash is not null;
create table border_hit (
  id uuid primary key,
  check_id uuid not null references border_check,
  alert_id uuid not null references border_alert,
  crossing text not null,
  direction text not null,
  category text not null,
  by_document boolean not null,
  by_name boolean not null,
  at timestamptz not null,
  answer text check (answer in ('same_person', 'other_person')),
  answered_at timestamptz,
  answered_by uuid,
  unique (check_id, alert_id)
);
create index border_hit_of_alert on border_hit (alert_id, at desc);
-- All that stays of a child who passed: how many a day, where, which way, with whom.
create table border_daily (
  on_day date not null,
  crossing text not null references border_crossing,
  direction text not null check (direction in ('in', 'out')),
  category text not null check (category in ('alone', 'parents', 'others')),
  n integer not null check (n > 0),
  primary key (on_day, crossing, direction, category)
);

create table border_screening (
  id uuid primary key,
  version integer not null check (version > 0),
  crossing text not null references border_crossing,
  unit_id uuid not null references unit,
  check_id uuid,
  report_id uuid references report,
  subject text not null check (subject in ('child', 'adult')),
  sex text not null check (sex in ('female', 'male', 'unknown')),
  language text not null check (language ~ '^[a-z]{2,3}$'),
  asked smallint not null check (asked between 0 and 60),
  unanswered smallint not null check (unanswered between 0 and 60),
  met smallint not null check (met between 0 and 60),
  elements text[] not null,
  result text not null check (result in ('negative', 'at_risk', 'vmt')),
  woman_officer boolean not null,
  woman_officer_why text check (woman_officer_why ~ '^[a-z_]{2,40}$'),
  social_worker boolean not null,
  social_worker_why text check (social_worker_why ~ '^[a-z_]{2,40}$'),
  by_id uuid not null,
  at timestamptz not null,
  check (woman_officer = (woman_officer_why is null)),
  check (social_worker = (social_worker_why is null)),
  check ((subject = 'child') = (report_id is not null))
);
create index border_screening_at on border_screening (crossing, at desc);
create index border_screening_of_report on border_screening (report_id) where report_id is not null;
create table border_screening_named (
  id uuid primary key references border_screening,
  woman_officer text check (length(woman_officer) <= 120),
  social_worker text check (length(social_worker) <= 120),
  social_worker_role text check (length(social_worker_role) <= 120)
);

create table inspection (
  id uuid primary key,
  version integer not null check (version > 0),
  joint_with text[] not null check (joint_with <@ array['police', 'tax_directorate']),
  sector text not null check (sector ~ '^[a-z_]{2,40}$'),
  business_id uuid references business,
  municipality text not null references municipality,
  county text not null references county,
  on_day date not null,
  workers_checked integer not null check (workers_checked between 0 and 100000),
  minors smallint not null check (minors between 0 and 20),
  adults smallint not null check (adults between 0 and 200),
  measures text[] not null check (cardinality(measures) <= 10),
  report_id uuid references report,
  unit_id uuid not null references unit,
  by_id uuid not null,
  at timestamptz not null,
  check ((minors > 0) = (report_id is not null))
);
create index inspection_of_unit on inspection (unit_id, on_day desc, id desc);
create index inspection_on on inspection (on_day desc, id desc);
create table inspection_named (
  id uuid primary key references inspection,
  employer text not null check (length(employer) between 1 and 200),
  nipt text check (nipt ~ '^[A-Z][0-9]{8}[A-Z]$'),
  place text check (length(place) <= 400),
  notes text check (length(notes) <= 4000)
);

-- What a consulate says besides: where the person is, what papers they have, whether they wish to return.
create table report_consulate (
  id uuid primary key references report,
  country text not null check (country ~ '^[A-Z]{2}$'),
  post text not null check (length(post) between 1 and 120),
  papers text not null check (papers in ('valid', 'expired', 'lost', 'taken', 'none', 'unknown')),
  wishes_return text not null check (wishes_return in ('yes', 'no', 'undecided', 'not_asked'))
);

select protect_table('border_alert', 'T2', 'alerts for the border: kind, direction, what to do and whom to phone, until when; no name');
select protect_table('border_alert_named', 'T3', 'names, birth and documents of whom an alert is about, with the parts of the name as filed');
select protect_table('border_alert_word', 'T3', 'parts of names that alerts have, and how they sound; nothing says whose');
select protect_table('border_alert_document', 'T3', 'keyed hashes of documents that an alert names');
select protect_table('border_alert_sensitive', 'T4', 'why an alert stands, sealed');
select protect_table('border_check', 'T2', 'children at a crossing: direction, with whom, sex, years of birth, kind of document, hit or not; no name');
select protect_table('border_check_named', 'T3', 'names, birth, document and companions of a child at a crossing, kept briefly');
select protect_table('border_hit', 'T2', 'which look-up met which alert; for the alert''s owner alone');
select protect_table('border_daily', 'T1', 'children at crossings counted by day, direction and with whom');
select protect_table('border_screening', 'T2', 'short screenings at a crossing: language, elements, result, whether the women were there');
select protect_table('border_screening_named', 'T3', 'names of the woman officer and the female social worker who were there');
select protect_table('inspection', 'T2', 'labour inspections: with whom, sector, day, minors and adults found, measures; no name');
select protect_table('inspection_named', 'T3', 'employer, number and place of an inspection, and notes');
select protect_table('report_consulate', 'T3', 'country, post, papers and wish to return, as a consulate reported');

grant insert on border_alert_word to mb_app;
grant select, insert on border_alert, border_alert_named, border_alert_document, border_alert_sensitive, border_check, border_check_named,
  border_hit, border_screening, border_screening_named, inspection, inspection_named, report_consulate to mb_app;
grant select on border_daily to mb_app;
grant update (version, expires_on, withdrawn_at, withdrawn_why) on border_alert to mb_app;
grant update (version, report_id, child_id) on border_check to mb_app;
grant update (answer, answered_at, answered_by) on border_hit to mb_app;

-- Alerts: whoever wrote them, in their unit; about a child's case those who see the case at that tier.
create policy owner_reads on border_alert for select to mb_app using (
  (unit_id = (select me_unit()) and (select me_role()) in ('cpw', 'cpu_head', 'responsible_authority', 'police'))
  or (case_id is not null and (select me_role()) in ('cpw', 'cpu_head', 'responsible_authority')
    and exists (select from case_file c where c.id = border_alert.case_id)));
create policy owner_writes on border_alert for insert to mb_app with check (unit_id = (select me_unit()) and by_id = (select me_user())
  and role = (select me_role()) and withdrawn_at is null and case (select me_role())
    when 'cpw' then case_id is not null and nrm_id is null and exists (select from case_file_named c where c.id = case_id)
    when 'cpu_head' then case_id is not null and nrm_id is null and exists (select from case_file_named c where c.id = case_id)
    when 'responsible_authority' then (case_id is not null and exists (select from case_file_named c where c.id = case_id)) or nrm_id is not null
    when 'police' then case_id is null and nrm_id is null
    else false end);
create policy owner_changes on border_alert for update to mb_app using (unit_id = (select me_unit())
  and (select me_role()) in ('cpw', 'cpu_head', 'responsible_authority', 'police'));
create function knows_border_alert(p_id uuid, p_deep boolean) returns boolean language sql stable as $$
  select exists (select from border_alert a where a.id = p_id and case
    when a.case_id is null then a.unit_id = me_unit() and (not p_deep or a.by_id = me_user() or me_role() = 'responsible_authority')
    when p_deep then exists (select from case_file_sensitive c where c.id = a.case_id)
    else exists (select from case_file_named c where c.id = a.case_id) end)
$$;
grant execute on function knows_border_alert(uuid, boolean) to mb_app;
create policy owner_reads on border_alert_named for select to mb_app using (knows_border_alert(id, false));
create policy owner_reads on border_alert_sensitive for select to mb_app using (knows_border_alert(id, true));
create policy owner_writes on border_alert_named for insert to mb_app with check (exists (select from border_alert a
  where a.id = border_alert_named.id and a.by_id = (select me_user())));
create policy owner_writes on border_alert_sensitive for insert to mb_app with check (exists (select from border_alert a
  where a.id = border_alert_sensitive.id and a.by_id = (select me_user())));
create policy owner_writes on border_alert_document for insert to mb_app with check (exists (select from border_alert a
  where a.id = border_alert_document.alert_id and a.by_id = (select me_user())));
create policy owner_writes on border_alert_word for insert to mb_app with check (
  (select me_role()) in ('cpw', 'cpu_head', 'responsible_authority', 'police'));
create policy nobody_reads on border_alert_document for select to mb_app using (false);

-- Hits: the alert's owner. The officer who met one reads only that there was one.
create policy owner_reads on border_hit for select to mb_app using (exists (select from border_alert a where a.id = border_hit.alert_id));
create policy officer_meets on border_hit for insert to mb_app with check ((select me_role()) = 'border_police' and answer is null);
create policy owner_answers on border_hit for update to mb_app using (exists (select from border_alert a where a.id = border_hit.alert_id
  and a.unit_id = (select me_unit())));

create policy post_reads on border_check for select to mb_app using ((select me_role()) = 'border_police'
  and crossing = any (coalesce((select my_crossings()), '{}')));
create policy owner_of_alert_reads on border_check for select to mb_app using (
  (select me_role()) in ('cpw', 'cpu_head', 'responsible_authority', 'police')
  and exists (select from border_hit h where h.check_id = border_check.id));
create policy unit_reads on border_check for select to mb_app using (report_id is not null and (select me_role()) in ('cpw', 'cpu_head')
  and exists (select from report r where r.id = border_check.report_id and r.unit_id = (select me_unit())));
create policy officer_writes on border_check for insert to mb_app with check ((select me_role()) = 'border_police'
  and by_id = (select me_user()) and unit_id = (select me_unit()) and crossing = any (coalesce((select my_crossings()), '{}')));
create policy officer_goes_on on border_check for update to mb_app using ((select me_role()) = 'border_police' and by_id = (select me_user()));
-- Names: the officer who wrote them, for a day; the owner of an alert that was met; the unit that the child was told to.
create policy officer_reads on border_check_named for select to mb_app using (exists (select from border_check c
  where c.id = border_check_named.id and c.by_id = (select me_user()) and c.at > me_now() - interval '24 hours'));
create policy owner_of_alert_reads on border_check_named for select to mb_app using (
  (select me_role()) in ('cpw', 'cpu_head', 'responsible_authority', 'police')
  and exists (select from border_hit h where h.check_id = border_check_named.id and h.answer is distinct from 'other_person'
    and knows_border_alert(h.alert_id, false)));
create policy unit_reads on border_check_named for select to mb_app using ((select me_role()) in ('cpw', 'cpu_head')
  and exists (select from border_check c join report r on r.id = c.report_id where c.id = border_check_named.id and r.unit_id = (select me_unit())));
create policy officer_writes on border_check_named for insert to mb_app with check (exists (select from border_check c
  where c.id = border_check_named.id and c.by_id = (select me_user())));

create policy counted on border_daily for select to mb_app using (
  (select me_role()) in ('state_agency', 'responsible_authority', 'coordinator')
  or ((select me_role()) = 'border_police' and crossing = any (coalesce((select my_crossings()), '{}'))));

create policy officer_reads on border_screening for select to mb_app using ((select me_role()) = 'border_police'
  and crossing = any (coalesce((select my_crossings()), '{}')));
create policy authority_reads on border_screening for select to mb_app using ((select me_role()) in ('responsible_authority', 'state_agency'));
create policy unit_reads on border_screening for select to mb_app using (report_id is not null and (select me_role()) in ('cpw', 'cpu_head')
  and exists (select from report r where r.id = border_screening.report_id and r.unit_id = (select me_unit())));
create policy officer_writes on border_screening for insert to mb_app with check ((select me_role()) = 'border_police'
  and by_id = (select me_user()) and crossing = any (coalesce((select my_crossings()), '{}')));
create policy reads on border_screening_named for select to mb_app using (exists (select from border_screening s
  where s.id = border_screening_named.id and (s.by_id = (select me_user()) or (select me_role()) in ('cpw', 'cpu_head', 'responsible_authority'))));
create policy officer_writes on border_screening_named for insert to mb_app with check (exists (select from border_screening s
  where s.id = border_screening_named.id and s.by_id = (select me_user())));

create policy inspectorate_reads on inspection for select to mb_app using (
  (unit_id = (select me_unit()) and (select me_role()) = 'labour_inspector') or (select me_role()) in ('state_agency', 'responsible_authority'));
create policy inspector_writes on inspection for insert to mb_app with check ((select me_role()) = 'labour_inspector'
  and by_id = (select me_user()) and unit_id = (select me_unit()));
create policy inspectorate_reads on inspection_named for select to mb_app using ((select me_role()) in ('labour_inspector', 'responsible_authority')
  and exists (select from inspection i where i.id = inspection_named.id));
create policy inspector_writes on inspection_named for insert to mb_app with check (exists (select from inspection i
  where i.id = inspection_named.id and i.by_id = (select me_user())));

create policy unit_reads on report_consulate for select to mb_app using (exists (select from report_named r where r.id = report_consulate.id));
create policy consulate_writes on report_consulate for insert to mb_app with check ((select me_role()) = 'consulate');

-- Rows change only together with their event.
do $$
declare
  t text;
  kind text;
  key text;
begin
  foreach t in array array['border_alert', 'border_check', 'border_screening', 'inspection'] loop
    execute format('create trigger follow_event_new after insert on %I for each row execute function follow_event(%L, ''id'', ''version'')', t, t);
    execute format('create trigger follow_event after update on %I for each row when (old.* is distinct from new.*)
      execute function follow_event(%L, ''id'', ''version'')', t, t);
  end loop;
  for t, kind, key in values ('border_alert_named', 'border_alert', 'id'), ('border_alert_sensitive', 'border_alert', 'id'),
    ('border_alert_document', 'border_alert', 'alert_id'), ('border_check_named', 'border_check', 'id'),
    ('border_screening_named', 'border_screening', 'id'), ('inspection_named', 'inspection', 'id'), ('report_consulate', 'report', 'id')
  loop
    execute format('create trigger follow_event_new after insert on %I for each row execute function follow_event(%L, %L)', t, kind, key);
  end loop;
  execute 'create trigger follow_event_new after insert on border_hit for each row execute function follow_event(''border_check'', ''check_id'')';
  execute 'create trigger follow_event after update on border_hit for each row when (old.* is distinct from new.*)
    execute function follow_event(''border_alert'', ''alert_id'')';
end $$;

create function count_border_check() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into border_daily (on_day, crossing, direction, category, n)
    values ((new.at at time zone 'Europe/Tirane')::date, new.crossing, new.direction, new.category, 1)
    on conflict (on_day, crossing, direction, category) do update set n = border_daily.n + 1;
  return new;
end $$;
create trigger count_border_check after insert on border_check for each row execute function count_border_check();

-- How often the women were not there: counted for those who lead.
create function border_presence(p_from date, p_until date)
  returns table (crossing text, screenings integer, without_woman_officer integer, without_social_worker integer, vmt integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.crossing, count(*)::integer, count(*) filter (where not s.woman_officer)::integer,
      count(*) filter (where not s.social_worker)::integer, count(*) filter (where s.result = 'vmt')::integer
    from border_screening s
   where me_role() in ('state_agency', 'responsible_authority', 'coordinator')
     and s.at >= p_from::timestamp at time zone 'Europe/Tirane' and s.at < p_until::timestamp at time zone 'Europe/Tirane'
   group by 1
$$;
grant execute on function border_presence(date, date) to mb_app;

-- The look-up. Two ways to a candidate: the keyed hash of a document; or a given and a family part that are each written or sound
-- like a part of the other name, in any order, the years of birth at most two apart. Likeness is asked of the parts, which are few;
-- the alerts are then found by equal parts. Only whoever stands at a crossing asks; the names and the reason do not leave. The rule in
-- words and code: src/domain/border/match.ts.
grant select on border_alert, border_alert_named, border_alert_word, border_alert_document, border_check_named to mb_search;
create policy search_reads on border_alert for select to mb_search using (true);
create policy search_reads on border_alert_named for select to mb_search using (true);
create policy search_reads on border_alert_word for select to mb_search using (true);
create policy search_reads on border_alert_document for select to mb_search using (true);
create policy search_reads on border_check_named for select to mb_search using (true);
grant create on schema public to mb_search;
create function border_look(p_document bytea, p_given text[], p_given_sounds text[], p_family text[], p_family_sounds text[],
    p_from integer, p_to integer, p_direction text)
  returns table (alert_id uuid, unit_id uuid, step text, phone text, by_document boolean, by_name boolean)
  language plpgsql security definer set search_path = public, pg_temp set max_parallel_workers_per_gather = 0
  set plan_cache_mode = force_custom_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  today date := (me_now() at time zone 'Europe/Tirane')::date;
  given text[];
  family text[];
begin
  if me_role() is distinct from 'border_police' then
    return;
  end if;
  perform similarity('a', 'b'); -- loads the library whose setting follows
  perform set_config('pg_trgm.similarity_threshold', '0.45', true);
  select coalesce(array_agg(distinct x.word), '{}') into given from (
    select w.word from border_alert_word w where w.sound <> '' and w.sound = any (p_given_sounds)
    union all
    select w.word from unnest(p_given) g cross join lateral (select d.word from border_alert_word d where d.word % g offset 0) w) x;
  select coalesce(array_agg(distinct x.word), '{}') into family from (
    select w.word from border_alert_word w where w.sound <> '' and w.sound = any (p_family_sounds)
    union all
    select w.word from unnest(p_family) f cross join lateral (select d.word from border_alert_word d where d.word % f offset 0) w) x;
  return query
    with found as materialized (
      select d.alert_id as id, true as document from border_alert_document d where d.hash = p_document
      union all
      select n.id, false from border_alert_named n where n.words && given and n.words && family
         and (select count(*) from unnest(n.words) w where w = any (given || family)) >= 2)
    select a.id, a.unit_id, a.step, a.phone, bool_or(f.document), bool_or(not f.document)
      from found f join border_alert a on a.id = f.id
     where a.withdrawn_at is null and a.expires_on >= today and a.direction in ('both', p_direction)
       and (f.document or p_from is null or a.born_from is null or (a.born_from <= p_to + 2 and a.born_to >= p_from - 2))
     group by a.id order by bool_or(f.document) desc, a.id limit 20;
end $$;
grant execute on function border_look(bytea, text[], text[], text[], text[], integer, integer, text) to mb_app;
alter function border_look(bytea, text[], text[], text[], text[], integer, integer, text) owner to mb_search;

-- The same number shown before under a name that is neither written nor sounds alike: papers are often borrowed.
create function border_document_odd(p_document bytea, p_key text, p_sounds text[]) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select me_role() = 'border_police' and p_document is not null and exists (
    select from border_check_named n where n.document_hash = p_document and n.name_key <> '' and p_key <> ''
      and similarity(n.name_key, p_key) < 0.5 and not (n.sounds @> p_sounds or n.sounds <@ p_sounds))
$$;
grant execute on function border_document_odd(bytea, text, text[]) to mb_app;
alter function border_document_odd(bytea, text, text[]) owner to mb_search;
revoke create on schema public from mb_search;

-- Forgetting. Checks that met nothing (or met somebody else) and led to no report go after the days of reference/al/border.json.
create function border_checks_to_forget(p_before timestamptz, p_limit integer) returns table (id uuid, version integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.version from border_check c
   where c.at < p_before and c.report_id is null and not held('border_check', c.id)
     and not exists (select from border_hit h where h.check_id = c.id and h.answer is distinct from 'other_person')
   order by c.at limit p_limit
$$;
grant execute on function border_checks_to_forget(timestamptz, integer) to mb_retention;
create function must_be_erased(p_kind text, p_id uuid) returns void language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from event e where e.record_id = p_id and e.kind = p_kind and e.type = 'Erased' and e.xid = pg_current_xact_id()) then
    raise exception 'nothing is erased without its event' using errcode = 'insufficient_privilege';
  end if;
end $$;
create function forget_border_check(p_id uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform must_be_erased('border_check', p_id);
  delete from border_hit where check_id = p_id;
  delete from border_check_named where id = p_id;
  delete from border_check where id = p_id;
end $$;
grant execute on function forget_border_check(uuid) to mb_retention;
-- By order (src/server/retention): the row stays pseudonymous, whoever it names goes.
create function erase_doors(p_kind text, p_id uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  parts text[];
begin
  perform must_be_erased(p_kind, p_id);
  if p_kind = 'border_check' then
    delete from border_check_named where id = p_id;
  elsif p_kind = 'border_alert' then
    delete from border_alert_sensitive where id = p_id;
    delete from border_alert_document where alert_id = p_id;
    delete from border_alert_named where id = p_id returning words into parts;
    delete from border_alert_word w where w.word = any (parts)
      and not exists (select 1 from border_alert_named n where n.words @> array[w.word]);
  elsif p_kind = 'border_screening' then
    delete from border_screening_named where id = p_id;
  elsif p_kind = 'inspection' then
    delete from inspection_named where id = p_id;
  else
    raise exception 'records of kind % hold nothing to erase', p_kind;
  end if;
  execute format('update %I set version = (select h.version from record_head h where h.record_id = $1) where id = $1', p_kind) using p_id;
end $$;
grant execute on function erase_doors(text, uuid) to mb_retention;
-- What goes with a report of these doors.
create function doors_of_case(p_case uuid) returns table (kind text, id uuid) language sql stable security definer
  set search_path = public, pg_temp as $$
  with told as (select distinct k.report_id as id from report_child k where k.case_id = p_case)
  select 'border_alert', a.id from border_alert a where a.case_id = p_case
  union all select 'border_check', c.id from border_check c join told t on t.id = c.report_id
  union all select 'border_screening', s.id from border_screening s join told t on t.id = s.report_id
$$;
grant execute on function doors_of_case(uuid) to mb_retention;
create function doors_of_nrm(p_file uuid) returns table (kind text, id uuid) language sql stable security definer
  set search_path = public, pg_temp as $$
  select 'border_alert', a.id from border_alert a where a.nrm_id = p_file
$$;
grant execute on function doors_of_nrm(uuid) to mb_retention;
