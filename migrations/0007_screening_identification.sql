-- Screening and identification; who reaches persons through cases and reports; search under the caller's scope.

create table screening (
  id uuid primary key,
  case_id uuid references case_file,
  report_id uuid references report,
  child_id uuid,
  set_code text not null,
  set_version text not null,
  subject text not null check (subject in ('child', 'adult')),
  forms text[] not null,
  territory text not null check (territory in ('internal', 'cross_border', 'unknown')),
  setting text not null check (setting in ('case', 'border', 'raid')),
  met smallint not null check (met >= 0),
  dimensions text[] not null,
  advised text not null check (advised in ('negative', 'at_risk', 'vmt')),
  result text not null check (result in ('negative', 'at_risk', 'vmt')),
  proposed_result text check (proposed_result in ('negative', 'at_risk', 'vmt')),
  screener_id uuid not null,
  decided_by uuid,
  at timestamptz not null,
  version integer not null,
  -- Screening never precedes protection: there is a case, or at least the report that asks for help.
  check (case_id is not null or report_id is not null)
);
create index screening_of_case on screening (case_id, at) where case_id is not null;
create index screening_of_report on screening (report_id, at) where report_id is not null;
create table screening_item (
  screening_id uuid not null references screening,
  code text not null,
  evidence text not null check (length(evidence) between 1 and 2000),
  primary key (screening_id, code)
);
create table identification_record (
  id uuid primary key,
  case_id uuid not null references case_file,
  person_id uuid not null references person,
  status text not null check (status in ('screened_negative', 'at_risk', 'vmt', 'formal_pending', 'vt', 'not_confirmed',
    'declined_formal', 'exited')),
  on_day date not null,
  structure text not null,
  forms text[] not null,
  territory text not null,
  prior_trafficking boolean not null,
  signatories text[] not null,
  screening_id uuid references screening,
  by_id uuid not null,
  at timestamptz not null
);
create index identification_of_case on identification_record (case_id, at);
create index identification_of_person on identification_record (person_id, at);
select protect_table('screening', 'T2', 'screenings: which set, how many elements, what was advised and decided');
select protect_table('screening_item', 'T3', 'elements found and what shows each');
select protect_table('identification_record', 'T2', 'append-only history of the trafficking status of a person');
grant select, insert on screening, screening_item, identification_record to mb_app;
grant update (case_id, result, proposed_result, decided_by, version) on screening to mb_app;
create policy through_case on screening for select to mb_app
  using (case_id is not null and exists (select from case_file c where c.id = screening.case_id));
create policy through_report on screening for select to mb_app
  using (report_id is not null and (select me_role()) in ('cpw', 'cpu_head', 'hotline')
    and exists (select from report r where r.id = screening.report_id and r.unit_id = (select me_unit())));
create policy own on screening for select to mb_app using (screener_id = (select me_user()) and at > now() - interval '30 days');
create policy screener_writes on screening for insert to mb_app with check (screener_id = (select me_user()));
create policy unit_decides on screening for update to mb_app using ((select me_role()) in ('cpw', 'cpu_head') and case
  when case_id is null then exists (select from report r where r.id = screening.report_id and r.unit_id = (select me_unit()))
  else exists (select from case_file c where c.id = screening.case_id and c.unit_id = (select me_unit())) end);
create policy through_case on screening_item for select to mb_app
  using (exists (select from screening s join case_file_named c on c.id = s.case_id where s.id = screening_item.screening_id));
create policy through_report on screening_item for select to mb_app
  using (exists (select from screening s join report_named r on r.id = s.report_id where s.id = screening_item.screening_id));
create policy screener_writes on screening_item for insert to mb_app
  with check (exists (select from screening s where s.id = screening_item.screening_id and s.screener_id = (select me_user())));
create policy through_case on identification_record for select to mb_app
  using (exists (select from case_file c where c.id = identification_record.case_id));
-- A screening at a border or in a raid may come after the unit has accepted the report: it must still reach the case, which
-- whoever screened cannot see. Answers only to the person who sent the report, and the application tells them nothing of it.
create function case_of_reported_child(p_report uuid, p_child uuid)
  returns table (id uuid, version integer, code text, person_id uuid, unit_id uuid, municipality text, vmt_status text)
  language sql security definer set search_path = public, pg_temp as $$
  select c.id, c.version, c.code, c.person_id, c.unit_id, c.municipality, c.vmt_status
    from report r join report_child k on k.report_id = r.id join case_file c on c.id = k.case_id
   where r.id = p_report and k.id = p_child and r.created_by = me_user() for update of c
$$;
grant execute on function case_of_reported_child(uuid, uuid) to mb_app;
create policy by_screener on identification_record for insert to mb_app
  with check (by_id = (select me_user()) and exists (select from screening s where s.id = identification_record.screening_id
    and s.case_id = identification_record.case_id and s.screener_id = (select me_user())));
create policy with_case on identification_record for insert to mb_app
  with check (exists (select from case_file c where c.id = identification_record.case_id));

-- Persons: through a visible case at that tier (with the cases' tables), or through a report that the unit may open.
create policy through_report on person for select to mb_app
  using (exists (select from report_child r where r.person_id = person.id));
create policy through_report on person_named for select to mb_app
  using (exists (select from report_child r where r.person_id = person_named.id));
create policy unit_corrects on person for update to mb_app using ((select me_role()) in ('cpw', 'cpu_head')
  and exists (select from case_file c join case_file_named n on n.id = c.id where c.person_id = person.id));
create policy unit_corrects on person_named for update to mb_app using ((select me_role()) in ('cpw', 'cpu_head')
  and exists (select from case_file c join case_file_named n on n.id = c.id where c.person_id = person_named.id));
create policy unit_corrects on person_sensitive for update to mb_app using ((select me_role()) in ('cpw', 'cpu_head')
  and exists (select from case_file c join case_file_sensitive n on n.id = c.id where c.person_id = person_sensitive.id));

create index case_of_deputy on case_file (deputy_id) where deputy_id is not null;
create index case_code_prefix on case_file (code text_pattern_ops);

-- Search: functions of mb_search reach the index over all names; the caller's scope stands inside them. ----------------
grant create on schema public to mb_search;

-- The caller's own cases first, few as they are, then the names of those: a common first name must not cost a walk over the
-- country. The scope is the identified tier of `src/domain/case/policy.ts`, word for word; nobody else searches by name.
create function search_persons(p_words text[], p_limit integer)
  returns table (person_id uuid, case_id uuid, code text, status text, given_name text, family_name text, birth_from date, birth_to date,
    birth_said text)
  language plpgsql stable security definer set search_path = public, pg_temp set max_parallel_workers_per_gather = 0
  set plan_cache_mode = force_custom_plan as $$
declare
  who uuid := me_user();
  place uuid := me_unit();
begin
  return query
    with own as materialized (
      select c.person_id, c.id, c.code, c.status from case_file c
       where me_role() = 'cpw' and c.manager_id = who and c.unit_id = place
      union all
      select c.person_id, c.id, c.code, c.status from case_file c
       where me_role() = 'cpw' and c.deputy_id = who and c.unit_id = place and c.manager_id is distinct from who
      union all
      select c.person_id, c.id, c.code, c.status from case_file c where me_role() = 'cpu_head' and c.unit_id = place
      union all
      select c.person_id, c.id, c.code, c.status from case_file c where me_role() = 'municipal_director'
         and c.municipality = me_municipality() and (c.has_measure or (c.status = 'CLOSURE_PROPOSED' and c.manager_is_head))
      union all
      select c.person_id, c.id, c.code, c.status from case_file c where me_role() = 'responsible_authority'
         and c.vmt_status in ('vmt', 'formal_pending', 'vt', 'not_confirmed', 'declined_formal', 'exited'))
    select o.person_id, o.id, o.code, o.status, n.given_name, n.family_name, n.birth_from, n.birth_to, n.birth_said
      from own o,
        -- One look-up a case (offset 0 keeps it so): the planner cannot know how few the caller's cases are.
        lateral (select * from person_named x where x.id = o.person_id offset 0) n
     where n.name_key like all (p_words)
     order by n.name_key, o.id limit p_limit;
end $$;
grant execute on function search_persons(text[], integer) to mb_app;
alter function search_persons(text[], integer) owner to mb_search;

-- Persons of the caller's own unit who may be the same, with what comparing needs; the names are shown only under the policies.
create function duplicate_pool(p_key text, p_sounds text[], p_from date, p_to date)
  returns table (person_id uuid, case_id uuid, code text, status text, given_name text, family_name text, other_names text, sex text,
    birth_from date, birth_to date, municipality text)
  language plpgsql stable security definer set search_path = public, pg_temp
  set enable_hashjoin = off set enable_mergejoin = off set max_parallel_workers_per_gather = 0 set plan_cache_mode = force_custom_plan as $$
begin
  if me_role() not in ('cpw', 'cpu_head') then
    return;
  end if;
  return query
    with own as materialized (
      select c.person_id, c.id, c.code, c.status, c.municipality from case_file c where c.unit_id = me_unit())
    select o.person_id, o.id, o.code, o.status, n.given_name, n.family_name, n.other_names, p.sex, n.birth_from, n.birth_to, o.municipality
      from own o join person_named n on n.id = o.person_id join person p on p.id = o.person_id
     where (n.sounds && p_sounds or similarity(n.name_key, p_key) >= 0.3)
       and (p_from is null or n.birth_from is null
         or (n.birth_from <= (p_to + interval '4 years') and n.birth_to >= (p_from - interval '4 years')))
     order by similarity(n.name_key, p_key) desc, o.id limit 100;
end $$;
grant execute on function duplicate_pool(text, text[], date, date) to mb_app;
alter function duplicate_pool(text, text[], date, date) owner to mb_search;

-- Elsewhere: only that there is somebody, and which unit to call. Here the index over all names answers.
create function duplicate_units(p_key text, p_sounds text[], p_from date, p_to date) returns table (unit_id uuid)
  language plpgsql security definer set search_path = public, pg_temp
  set enable_hashjoin = off set enable_mergejoin = off set max_parallel_workers_per_gather = 0 set plan_cache_mode = force_custom_plan as $$
begin
  if me_role() not in ('cpw', 'cpu_head') then
    return;
  end if;
  perform similarity('a', 'b'); -- loads the library whose setting follows
  perform set_config('pg_trgm.similarity_threshold', '0.6', true);
  return query
    with alike as materialized (
      select n.id, n.birth_from, n.birth_to from person_named n where n.name_key % p_key
      union
      select n.id, n.birth_from, n.birth_to from person_named n where cardinality(p_sounds) >= 2 and n.sounds @> p_sounds)
    select distinct c.unit_id from alike a join case_file c on c.person_id = a.id
     where c.unit_id <> me_unit()
       and (p_from is null or a.birth_from is null
         or (a.birth_from <= (p_to + interval '2 years') and a.birth_to >= (p_from - interval '2 years')))
     limit 20;
end $$;
grant execute on function duplicate_units(text, text[], date, date) to mb_app;
alter function duplicate_units(text, text[], date, date) owner to mb_search;
revoke create on schema public from mb_search;
