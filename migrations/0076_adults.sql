-- Adults of the trafficking track have what children's cases have: they are found by name within one's scope, shown beside others who may be
-- the same, corrected after filing with the older values kept in the chain, held and kept by rule, and told of in the extract of access.

-- Found by part of a name: the files that the caller reads with names (0062), and nothing of anybody else's.
grant select on nrm_file to mb_search;
create policy search_reads on nrm_file for select to mb_search using (true);
grant create on schema public to mb_search;
create function adults_in_reach() returns table (person_id uuid, id uuid, code text, status text, municipality text, opened_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select f.person_id, f.id, f.code, f.status, f.municipality, f.opened_at from nrm_file f
   where f.subject = 'adult' and case me_role()
     when 'responsible_authority' then not f.lowered
     when 'social_service' then f.unit_id = me_unit() or f.county = me_county()
     when 'shelter' then f.unit_id = me_unit() and f.manager_id = me_user() else false end
$$;
grant execute on function adults_in_reach() to mb_app;
alter function adults_in_reach() owner to mb_search;
create function search_adults(p_words text[], p_limit integer)
  returns table (person_id uuid, nrm_id uuid, code text, status text, given_name text, family_name text, birth_from date, birth_to date,
    birth_said text)
  language plpgsql stable security definer set search_path = public, pg_temp set max_parallel_workers_per_gather = 0
  set plan_cache_mode = force_custom_plan as $$
begin
  return query
    with own as materialized (select distinct on (a.person_id) a.* from adults_in_reach() a order by a.person_id, a.opened_at desc, a.id desc)
    select o.person_id, o.id, o.code, o.status, n.given_name, n.family_name, n.birth_from, n.birth_to, n.birth_said
      from own o, lateral (select * from person_named x where x.id = o.person_id offset 0) n
     where n.name_key like all (p_words) order by n.name_key, o.id limit p_limit;
end $$;
grant execute on function search_adults(text[], integer) to mb_app;
alter function search_adults(text[], integer) owner to mb_search;

-- Who may be the same adult: within reach with what comparing needs.
create function adult_pool(p_key text, p_sounds text[], p_from date, p_to date)
  returns table (person_id uuid, given_name text, family_name text, other_names text, sex text, birth_from date, birth_to date, municipality text)
  language plpgsql stable security definer set search_path = public, pg_temp
  set enable_hashjoin = off set enable_mergejoin = off set max_parallel_workers_per_gather = 0 set plan_cache_mode = force_custom_plan as $$
begin
  return query
    with own as materialized (select distinct on (a.person_id) a.* from adults_in_reach() a order by a.person_id, a.opened_at desc, a.id desc)
    select o.person_id, n.given_name, n.family_name, n.other_names, p.sex, n.birth_from, n.birth_to, coalesce(o.municipality, '')
      from own o join person_named n on n.id = o.person_id join person p on p.id = o.person_id
     where (n.sounds && p_sounds or similarity(n.name_key, p_key) >= 0.3)
       and (p_from is null or n.birth_from is null
         or (n.birth_from <= (p_to + interval '4 years') and n.birth_to >= (p_from - interval '4 years')))
     order by similarity(n.name_key, p_key) desc, o.id limit 100;
end $$;
grant execute on function adult_pool(text, text[], date, date) to mb_app;
alter function adult_pool(text, text[], date, date) owner to mb_search;
-- Elsewhere: that there is somebody, and which office to call. A shelter is never named: the regional social service of its county answers.
create function adult_units(p_key text, p_sounds text[], p_from date, p_to date) returns table (unit_id uuid)
  language plpgsql security definer set search_path = public, pg_temp
  set enable_hashjoin = off set enable_mergejoin = off set max_parallel_workers_per_gather = 0 set plan_cache_mode = force_custom_plan as $$
begin
  if me_role() is distinct from 'social_service' then
    return;
  end if;
  perform similarity('a', 'b'); -- loads the library whose setting follows
  perform set_config('pg_trgm.similarity_threshold', '0.6', true);
  return query
    with alike as materialized (
      select n.id, n.birth_from, n.birth_to from person_named n where n.name_key % p_key
      union
      select n.id, n.birth_from, n.birth_to from person_named n where cardinality(p_sounds) >= 2 and n.sounds @> p_sounds)
    select distinct office.id from alike a join nrm_file f on f.person_id = a.id and f.subject = 'adult'
      cross join lateral (select u.id from unit u where u.active and (u.kind = 'social_service' and u.county = f.county
        or u.kind = 'responsible_authority') order by u.kind = 'social_service' desc, u.id limit 1) office
     where not exists (select 1 from adults_in_reach() r where r.id = f.id)
       and (p_from is null or a.birth_from is null
         or (a.birth_from <= (p_to + interval '2 years') and a.birth_to >= (p_from - interval '2 years')))
     limit 20;
end $$;
grant execute on function adult_units(text, text[], date, date) to mb_app;
alter function adult_units(text, text[], date, date) owner to mb_search;
revoke create on schema public from mb_search;

-- Corrected by those who manage, at the tier they read; each correction is an event of the person or of the file.
create policy manager_corrects on person for update to mb_app using ((select me_role()) in ('social_service', 'shelter')
  and exists (select 1 from nrm_file f join nrm_file_named n on n.id = f.id where f.person_id = person.id and f.subject = 'adult'));
create policy manager_corrects on person_named for update to mb_app using ((select me_role()) in ('social_service', 'shelter')
  and exists (select 1 from nrm_file f join nrm_file_named n on n.id = f.id where f.person_id = person_named.id and f.subject = 'adult'));
create policy manager_corrects on person_sensitive for update to mb_app using ((select me_role()) in ('social_service', 'shelter')
  and exists (select 1 from nrm_file f join nrm_file_sensitive n on n.id = f.id where f.person_id = person_sensitive.id and f.subject = 'adult'));
create function correct_nrm(p_id uuid, p_summary text, p_contact text) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from event e where e.record_id = p_id and e.kind = 'nrm_file' and e.type = 'NrmCorrected'
      and e.xid = pg_current_xact_id()) then
    raise exception 'what a file tells is corrected only together with its event' using errcode = 'insufficient_privilege';
  end if;
  update nrm_file_named set summary = p_summary, contact = p_contact where id = p_id;
end $$;
revoke all on function correct_nrm(uuid, text, text) from public;
grant execute on function correct_nrm(uuid, text, text) to mb_app;

-- Held, kept and told of like a case. -----------------------------------------------------------------------------------
alter table legal_hold drop constraint legal_hold_record_kind_check,
  add constraint legal_hold_record_kind_check check (record_kind in ('case_file', 'report', 'nrm_file'));
alter table erasure_order drop constraint erasure_order_record_kind_check,
  add constraint erasure_order_record_kind_check check (record_kind in ('case_file', 'report', 'data_request', 'nrm_file'));
alter table data_request add column nrm_id uuid references nrm_file;
create index data_request_of_nrm on data_request (nrm_id) where nrm_id is not null;

-- Which adult's file is meant, for the data protection officer, who reads none of it. A child's is reached by its case.
create function nrm_to_hold(p_code text) returns table (id uuid, code text, person_id uuid, unit_id uuid) language sql stable security definer
  set search_path = public, pg_temp as $$
  select f.id, f.code, f.person_id, f.unit_id from nrm_file f where me_role() = 'dpo' and f.subject = 'adult' and f.code = p_code
$$;
revoke all on function nrm_to_hold(text) from public;
grant execute on function nrm_to_hold(text) to mb_app;

create or replace function held(p_kind text, p_id uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from legal_hold h where h.lifted_at is null
    and (h.until is null or h.until >= (me_now() at time zone 'Europe/Tirane')::date)
    and (h.record_id = p_id
      or h.record_kind = 'case_file' and (
        exists (select 1 from records_of_case(h.record_id) r where r.kind = p_kind and r.id = p_id)
        or p_kind = 'person' and exists (select 1 from case_file c where c.id = h.record_id and c.person_id = p_id)
        or p_kind = 'family' and exists (select 1 from family_case f where f.case_id = h.record_id and f.family_id = p_id and f.left_at is null)
        or p_kind = 'data_request' and exists (select 1 from data_request d where d.id = p_id and d.case_id = h.record_id))
      or h.record_kind = 'nrm_file' and (
        exists (select 1 from records_of_nrm(h.record_id) r where r.kind = p_kind and r.id = p_id)
        or exists (select 1 from records_of_interviews(h.record_id) r where r.kind = p_kind and r.id = p_id)
        or exists (select 1 from crossings_of_nrm(h.record_id) r where r.kind = p_kind and r.id = p_id)
        or p_kind = 'person' and exists (select 1 from nrm_file f where f.id = h.record_id and f.person_id = p_id)
        or p_kind = 'shelter_stay' and exists (select 1 from shelter_stay s where s.id = p_id and s.nrm_id = h.record_id)
        or p_kind = 'data_request' and exists (select 1 from data_request d where d.id = p_id and d.nrm_id = h.record_id))))
$$;

-- An adult's file is over when the track was left, or nothing was confirmed and no help goes on.
create or replace function retention_due(p_rules jsonb, p_today date, p_limit integer)
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
      select r.code, 'nrm_file', f.id, f.code, (coalesce(f.exited_at, f.status_at) at time zone 'Europe/Tirane')::date, r.years, null
      from nrm_file f join r on r.code = 'adult_trafficking'
      where f.subject = 'adult' and (f.status = 'exited' or f.status = 'not_confirmed' and coalesce(f.phase, 'EXITED') = 'EXITED')
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
