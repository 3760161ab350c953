-- Assistance to (potential) victims of trafficking (domain specification 3.6): needs and actions of an adult, services and costs, risk
-- assessments and safety plans, stays in shelters, reports and visits, children of victims, and the instalments that shelters are paid in.
-- Rows of a file of the trafficking track; what is said in words lies in its texts, by tier. A stay is a record of its own: the
-- shelter works on it and never sees the file.

create table assistance_need (
  id uuid primary key,
  nrm_id uuid not null references nrm_file,
  kind text not null check (kind ~ '^[a-z_]{2,40}$'),
  beneficiary text not null check (beneficiary in ('subject', 'child_of_victim', 'parent', 'family')),
  found_on date not null,
  state text not null check (state in ('OPEN', 'REFERRED', 'IN_SERVICE', 'MET', 'PARTLY_MET', 'NOT_MET', 'REFUSED')),
  state_on date not null check (state_on >= found_on),
  reason text check (reason ~ '^[a-z_]{1,40}$'),
  by_id uuid not null,
  at timestamptz not null
);
create index assistance_need_of on assistance_need (nrm_id);
create unique index assistance_need_one_open on assistance_need (nrm_id, kind, beneficiary) where state in ('OPEN', 'REFERRED', 'IN_SERVICE');
create table assistance_action (
  id uuid primary key,
  nrm_id uuid not null references nrm_file,
  need_id uuid references assistance_need,
  service text not null check (service ~ '^[a-z_]{2,40}$'),
  provider_id uuid not null references institution,
  due date not null,
  cost_lek bigint check (cost_lek between 0 and 100000000),
  funding text not null check (funding in ('municipality', 'state', 'donor', 'family', 'no_cost', 'gap')),
  status text not null check (status in ('planned', 'done', 'dropped')),
  done_on date,
  by_id uuid not null,
  at timestamptz not null,
  check ((status = 'planned') = (done_on is null))
);
create index assistance_action_of on assistance_action (nrm_id);
create index assistance_action_need on assistance_action (need_id) where need_id is not null;
create table assistance_dependant (
  id uuid primary key,
  nrm_id uuid not null references nrm_file,
  person_id uuid not null references person,
  case_id uuid references case_file,
  lives_with boolean not null,
  consent_by text not null check (consent_by in ('subject', 'other_parent', 'guardian')),
  consent_on date not null,
  by_id uuid not null,
  at timestamptz not null,
  unique (nrm_id, person_id)
);
create index assistance_dependant_person on assistance_dependant (person_id);
create index assistance_dependant_case on assistance_dependant (case_id) where case_id is not null;
create table assistance_risk (
  id uuid primary key,
  nrm_id uuid not null references nrm_file,
  on_day date not null,
  level text not null check (level in ('low', 'medium', 'high', 'immediate')),
  by_id uuid not null,
  at timestamptz not null
);
create index assistance_risk_of on assistance_risk (nrm_id, at);
create table safety_plan (
  id uuid primary key,
  nrm_id uuid not null references nrm_file,
  risk_id uuid not null references assistance_risk,
  on_day date not null,
  review_on date not null check (review_on >= on_day),
  by_id uuid not null,
  at timestamptz not null
);
create index safety_plan_of on safety_plan (nrm_id, at);
create index safety_plan_risk on safety_plan (risk_id);
create table assistance_follow_up (
  id uuid primary key,
  nrm_id uuid not null references nrm_file,
  -- How often monitoring has begun: after help that began anew the months are counted anew.
  round smallint not null check (round between 1 and 50),
  month smallint not null check (month in (1, 3, 6, 12)),
  due date not null,
  seen_on date,
  living text check (living in ('both_parents', 'one_parent', 'kinship', 'guardian', 'foster', 'residential', 'shelter', 'independent',
    'partner', 'street', 'exploiter', 'not_known')),
  job text check (job in ('agriculture', 'manufacturing', 'construction', 'trade', 'hospitality', 'care', 'crafts', 'public', 'other',
    'none', 'not_of_age', 'not_known')),
  job_secure boolean,
  network text check (network in ('yes', 'no', 'not_known')),
  income text check (income in ('none', 'below_minimum', 'around_minimum', 'above_minimum', 'not_known')),
  reexploited text check (reexploited in ('yes', 'no', 'not_known')),
  by_id uuid,
  unique (nrm_id, round, month),
  check ((seen_on is null) = (living is null) and (seen_on is null) = (job is null) and (seen_on is null) = (network is null)
    and (seen_on is null) = (income is null) and (seen_on is null) = (reexploited is null) and (seen_on is null) = (by_id is null))
);
create table assistance_contact_lost (
  id uuid primary key,
  nrm_id uuid not null references nrm_file,
  last_on date not null,
  -- [{on: day, way: code}, …]
  attempts jsonb not null check (jsonb_typeof(attempts) = 'array' and pg_column_size(attempts) <= 4000),
  by_id uuid not null,
  at timestamptz not null
);
create index assistance_contact_lost_of on assistance_contact_lost (nrm_id);

create table shelter_stay (
  id uuid primary key,
  version integer not null check (version > 0),
  nrm_id uuid not null references nrm_file,
  status text not null check (status in ('in_place', 'ended')),
  started_on date not null,
  ended_on date check (ended_on >= started_on),
  leaves_to text check (leaves_to in ('family', 'relatives', 'own_home', 'rented', 'other_shelter', 'abroad', 'unknown', 'died')),
  consent_on date not null check (consent_on <= started_on),
  check ((status = 'ended') = (ended_on is not null) and (status = 'ended') = (leaves_to is not null))
);
create unique index shelter_stay_one_now on shelter_stay (nrm_id) where status = 'in_place';
create index shelter_stay_of on shelter_stay (nrm_id);
-- Which bed, and so which shelter: kept as close as the person's own safety.
create table shelter_stay_place (
  id uuid primary key references shelter_stay,
  nrm_id uuid not null references nrm_file,
  unit_id uuid not null references unit,
  bed_hold_id uuid not null unique references bed_hold
);
create index shelter_stay_place_of on shelter_stay_place (nrm_id);
create index shelter_stay_place_unit on shelter_stay_place (unit_id);
-- What the shelter reads of a resident: identity, needs, consent; and risks, sealed.
create table shelter_resident (
  id uuid primary key references shelter_stay,
  identity jsonb not null check (jsonb_typeof(identity) = 'object' and pg_column_size(identity) <= 16384),
  needs text not null check (length(needs) <= 4000)
);
create table shelter_resident_sensitive (
  id uuid primary key references shelter_stay,
  risks jsonb not null check (is_sealed(risks))
);

create table assistance_service (
  id uuid primary key,
  nrm_id uuid not null references nrm_file,
  -- Given and written down by the shelter where the person lives.
  stay_id uuid references shelter_stay,
  service text not null check (service ~ '^[a-z_]{2,40}$'),
  setting text not null check (setting in ('shelter', 'community')),
  beneficiary text not null check (beneficiary in ('subject', 'child_of_victim', 'parent', 'family')),
  dependant_id uuid references assistance_dependant,
  provider_id uuid not null references institution,
  from_day date not null,
  until_day date check (until_day >= from_day),
  cost_lek bigint check (cost_lek between 0 and 100000000),
  funding text not null check (funding in ('municipality', 'state', 'donor', 'family', 'no_cost', 'gap')),
  by_id uuid not null,
  by_unit uuid not null references unit,
  at timestamptz not null,
  check ((beneficiary = 'child_of_victim') = (dependant_id is not null))
);
create index assistance_service_of on assistance_service (nrm_id, from_day);
create index assistance_service_stay on assistance_service (stay_id) where stay_id is not null;
create index assistance_service_child on assistance_service (dependant_id) where dependant_id is not null;
create table assistance_report (
  id uuid primary key,
  nrm_id uuid not null references nrm_file,
  stay_id uuid references shelter_stay,
  on_day date not null,
  progress text not null check (progress in ('better', 'same', 'worse')),
  concern boolean not null,
  by_id uuid not null,
  by_unit uuid not null references unit,
  at timestamptz not null
);
create index assistance_report_of on assistance_report (nrm_id, on_day);
create index assistance_report_stay on assistance_report (stay_id) where stay_id is not null;
create table assistance_text (
  id uuid primary key,
  nrm_id uuid not null references nrm_file,
  stay_id uuid references shelter_stay,
  subject_id uuid not null,
  name text not null check (length(name) <= 40),
  body jsonb not null check (pg_column_size(body) <= 262144),
  at timestamptz not null
);
create index assistance_text_of on assistance_text (nrm_id, subject_id);
create index assistance_text_stay on assistance_text (stay_id) where stay_id is not null;
create table assistance_text_sensitive (
  id uuid primary key,
  nrm_id uuid not null references nrm_file,
  subject_id uuid not null,
  name text not null check (length(name) <= 40),
  body jsonb not null check (is_sealed(body) and pg_column_size(body) <= 393216),
  at timestamptz not null
);
create index assistance_text_sensitive_of on assistance_text_sensitive (nrm_id, subject_id);

create table shelter_tranche (
  id uuid primary key,
  version integer not null check (version > 0),
  unit_id uuid not null references unit,
  source text not null check (source in ('state', 'donors')),
  payer text not null check (length(payer) between 1 and 200),
  due_on date not null,
  amount bigint not null check (amount between 1 and 5000000000),
  received_on date,
  received bigint check (received between 1 and 5000000000),
  check ((received_on is null) = (received is null))
);
create index shelter_tranche_due on shelter_tranche (due_on, id);
create index shelter_tranche_of on shelter_tranche (unit_id, due_on);

select protect_table('assistance_need', 'T2', 'needs of an adult victim, children and family: kind, for whom, state');
select protect_table('assistance_action', 'T2', 'actions of an assistance plan: service, who does it, due, done, cost, who pays');
select protect_table('assistance_dependant', 'T2', 'children of a victim who are assisted: which person, own case, who agreed and when');
select protect_table('assistance_risk', 'T2', 'that the risk to a victim was assessed, when, by whom, and its level; the dangers lie in the sensitive texts');
select protect_table('safety_plan', 'T2', 'that a safety plan was made, on which assessment, and until when it holds; its measures lie in the sensitive texts');
select protect_table('assistance_follow_up', 'T2', 'visits after the assistance plan: due, seen, home, job, network, renewed exploitation; codes only');
select protect_table('assistance_contact_lost', 'T2', 'that contact with a victim was lost: last day, days and ways in which they were looked for');
select protect_table('shelter_stay', 'T2', 'stays of adults in shelters: from when until when, and to what they left; not where');
select protect_table('shelter_stay_place', 'T4', 'which bed of the registers a stay takes');
select protect_table('shelter_resident', 'T3', 'what a shelter reads of a resident: identity, needs');
select protect_table('shelter_resident_sensitive', 'T4', 'what a shelter reads of the risks to a resident, sealed');
select protect_table('assistance_service', 'T2', 'services given to a victim, children and family: kind, setting, provider, days, cost, who paid');
select protect_table('assistance_report', 'T2', 'reports of case managers and shelters: day, progress, whether something worries');
select protect_table('assistance_text', 'T3', 'what was written of needs, actions, services, reports and visits');
select protect_table('assistance_text_sensitive', 'T4', 'dangers, living arrangement, measures and contact plan, sealed');
select protect_table('shelter_tranche', 'T1', 'instalments promised to and received by shelters: source, payer, days, amounts');
grant select, insert on assistance_need, assistance_action, assistance_dependant, assistance_risk, safety_plan, assistance_follow_up,
  assistance_contact_lost, shelter_stay, shelter_stay_place, shelter_resident, shelter_resident_sensitive, assistance_service,
  assistance_report, assistance_text, assistance_text_sensitive, shelter_tranche to mb_app;
grant update (state, state_on, reason) on assistance_need to mb_app;
grant update (status, done_on) on assistance_action to mb_app;
grant update (case_id) on assistance_dependant to mb_app;
grant update (seen_on, living, job, job_secure, network, income, reexploited, by_id) on assistance_follow_up to mb_app;
grant update (version, status, ended_on, leaves_to) on shelter_stay to mb_app;
grant update (version, received_on, received) on shelter_tranche to mb_app;

-- Whose resident it is: the staff of the shelter whose bed it is; with `p_now` only as long as the person lives there.
create function keeps_stay(p_stay uuid, p_now boolean) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(me_role() = 'shelter', false) and exists (select 1 from shelter_stay_place p join shelter_stay s on s.id = p.id
    where p.id = p_stay and p.unit_id = me_unit() and (not p_now or s.status = 'in_place'))
$$;
revoke all on function keeps_stay(uuid, boolean) from public;
grant execute on function keeps_stay(uuid, boolean) to mb_app;

-- The file is seen as `nrm_file` and its tiers say; the shelter sees its own residents' stays and what it wrote itself.
do $$
declare
  t text;
begin
  foreach t in array array['assistance_need', 'assistance_action', 'assistance_dependant', 'assistance_risk', 'safety_plan',
      'assistance_follow_up', 'assistance_contact_lost'] loop
    execute format('create policy see on %1$I for select to mb_app using (exists (select 1 from nrm_file f where f.id = %1$I.nrm_id))', t);
    execute format('create policy add on %1$I for insert to mb_app with check (exists (select 1 from nrm_file f where f.id = %1$I.nrm_id))', t);
    execute format('create trigger follow_event_new after insert on %I for each row execute function follow_event(''nrm_file'', ''nrm_id'')', t);
  end loop;
  foreach t in array array['assistance_need', 'assistance_action', 'assistance_dependant', 'assistance_follow_up'] loop
    execute format('create policy change on %1$I for update to mb_app using (exists (select 1 from nrm_file f where f.id = %1$I.nrm_id))
      with check (exists (select 1 from nrm_file f where f.id = %1$I.nrm_id))', t);
    execute format('create trigger follow_event after update on %I for each row when (old.* is distinct from new.*)
      execute function follow_event(''nrm_file'', ''nrm_id'')', t);
  end loop;
end $$;
create policy see on shelter_stay for select to mb_app
  using (exists (select 1 from nrm_file f where f.id = shelter_stay.nrm_id) or keeps_stay(id, false));
create policy add on shelter_stay for insert to mb_app with check (exists (select 1 from nrm_file f where f.id = shelter_stay.nrm_id));
create policy change on shelter_stay for update to mb_app
  using (exists (select 1 from nrm_file f where f.id = shelter_stay.nrm_id) or keeps_stay(id, true))
  with check (exists (select 1 from nrm_file f where f.id = shelter_stay.nrm_id) or keeps_stay(id, false));
create policy see on shelter_stay_place for select to mb_app
  using (exists (select 1 from nrm_file_sensitive f where f.id = shelter_stay_place.nrm_id)
    or ((select me_role()) = 'shelter' and unit_id = (select me_unit())));
create policy add on shelter_stay_place for insert to mb_app with check (exists (select 1 from nrm_file_sensitive f where f.id = shelter_stay_place.nrm_id));
create policy see on shelter_resident for select to mb_app using (keeps_stay(id, true)
  or exists (select 1 from shelter_stay s join nrm_file_named f on f.id = s.nrm_id where s.id = shelter_resident.id));
create policy see on shelter_resident_sensitive for select to mb_app using (keeps_stay(id, true)
  or exists (select 1 from shelter_stay s join nrm_file_sensitive f on f.id = s.nrm_id where s.id = shelter_resident_sensitive.id));
create policy see on assistance_service for select to mb_app
  using (exists (select 1 from nrm_file f where f.id = assistance_service.nrm_id) or keeps_stay(stay_id, false));
create policy see on assistance_report for select to mb_app
  using (exists (select 1 from nrm_file f where f.id = assistance_report.nrm_id) or keeps_stay(stay_id, false));
create policy see on assistance_text for select to mb_app
  using (exists (select 1 from nrm_file_named f where f.id = assistance_text.nrm_id) or keeps_stay(stay_id, true));
create policy see on assistance_text_sensitive for select to mb_app
  using (exists (select 1 from nrm_file_sensitive f where f.id = assistance_text_sensitive.nrm_id));
do $$
declare
  t text;
begin
  foreach t in array array['shelter_resident', 'shelter_resident_sensitive'] loop
    execute format('create policy add on %1$I for insert to mb_app with check (exists (select 1 from shelter_stay s
      join nrm_file_sensitive f on f.id = s.nrm_id where s.id = %1$I.id))', t);
    execute format('create trigger follow_event_new after insert on %I for each row execute function follow_event(''shelter_stay'', ''id'')', t);
  end loop;
  foreach t in array array['assistance_service', 'assistance_report', 'assistance_text'] loop
    execute format('create policy add on %1$I for insert to mb_app with check (case when stay_id is null
      then exists (select 1 from nrm_file f where f.id = %1$I.nrm_id)
      else exists (select 1 from shelter_stay s where s.id = stay_id and s.nrm_id = %1$I.nrm_id)
        and (keeps_stay(stay_id, false) or exists (select 1 from nrm_file f where f.id = %1$I.nrm_id)) end)', t);
  end loop;
end $$;
create policy add on assistance_text_sensitive for insert to mb_app with check (exists (select 1 from nrm_file f where f.id = assistance_text_sensitive.nrm_id));
create trigger follow_event_new after insert on assistance_text_sensitive for each row execute function follow_event('nrm_file', 'nrm_id');
create trigger follow_event_new after insert on shelter_stay for each row execute function follow_event('shelter_stay', 'id', 'version');
create trigger follow_event after update on shelter_stay for each row when (old.* is distinct from new.*)
  execute function follow_event('shelter_stay', 'id', 'version');
create trigger follow_event_new after insert on shelter_stay_place for each row execute function follow_event('shelter_stay', 'id');
-- Written on the file, or on the stay by the shelter.
create function follow_assistance() returns trigger language plpgsql as $$
begin
  if current_user = 'mb_app' and not exists (select from event_of_now('nrm_file', new.nrm_id) where new.stay_id is null
      union all select from event_of_now('shelter_stay', new.stay_id)) then
    raise exception 'a row of % changes only together with its event', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger follow_event_new after insert on assistance_service for each row execute function follow_assistance();
create trigger follow_event_new after insert on assistance_report for each row execute function follow_assistance();
create trigger follow_event_new after insert on assistance_text for each row execute function follow_assistance();

-- What the shelter must know of the plan when somebody leaves: from when until when it holds, and nothing of it.
create function safety_of_stay(p_stay uuid) returns table ("on" date, review_on date) language sql stable security definer
  set search_path = public, pg_temp as $$
  select p.on_day, p.review_on from shelter_stay s join safety_plan p on p.nrm_id = s.nrm_id
  where s.id = p_stay and keeps_stay(p_stay, true) order by p.at desc, p.id desc limit 1
$$;
revoke all on function safety_of_stay(uuid) from public;
grant execute on function safety_of_stay(uuid) to mb_app;
-- When a report was last written of a resident, whoever wrote it.
create function reported_of_stay(p_stay uuid) returns date language sql stable security definer set search_path = public, pg_temp as $$
  select max(r.on_day) from shelter_stay s join assistance_report r on r.nrm_id = s.nrm_id where s.id = p_stay and keeps_stay(p_stay, true)
$$;
revoke all on function reported_of_stay(uuid) from public;
grant execute on function reported_of_stay(uuid) to mb_app;

-- Children of a victim are known to whoever reaches the file.
create policy through_assistance on person for select to mb_app using ((select me_role()) in ('social_service', 'shelter', 'responsible_authority')
  and exists (select 1 from assistance_dependant d where d.person_id = person.id));
create policy through_assistance on person_named for select to mb_app using ((select me_role()) in ('social_service', 'shelter', 'responsible_authority')
  and exists (select 1 from assistance_dependant d join nrm_file_named f on f.id = d.nrm_id where d.person_id = person_named.id));

-- Beds for adults: the regional social service looks for one, holds it and gives it back. From the stay on, only whoever reads where
-- the person is sees the hold.
create policy see_social on care_place for select to mb_app using ((select me_role()) = 'social_service' and kind = 'facility');
create policy add_social on bed_hold for insert to mb_app with check (held_by_unit = (select me_unit()) and held_by_id = (select me_user())
  and state = 'HELD' and age_band = 'adult' and (select me_role()) = 'social_service' and exists (select 1 from care_place p where p.id = care_place_id));
do $$
declare
  was text;
  told text;
begin
  was := pg_get_functiondef('care_taken(uuid[], timestamptz)'::regprocedure);
  told := replace(was, $f$'shelter', 'day_centre', 'system'$f$, $f$'shelter', 'day_centre', 'social_service', 'system'$f$);
  if told = was then
    raise exception 'care_taken is not as it was';
  end if;
  execute told;
  was := pg_get_functiondef('bed_spoken_for(uuid)'::regprocedure);
  told := replace(was, $f$me_role() in ('cpw', 'cpu_head'))$f$, $f$me_role() in ('cpw', 'cpu_head'))
    or exists (select 1 from shelter_stay_place s join bed_hold h on h.id = s.bed_hold_id
      where s.bed_hold_id = p_hold and h.held_by_unit = me_unit() and me_role() in ('social_service', 'shelter'))$f$);
  if told = was then
    raise exception 'bed_spoken_for is not as it was';
  end if;
  execute told;
end $$;
create or replace function holds_bed(p_hold uuid, p_unit uuid) returns boolean language sql stable as $$
  select coalesce(me_role() in ('cpw', 'cpu_head')
    and (exists (select 1 from placement_place p where p.bed_hold_id = p_hold) or (p_unit = me_unit() and not bed_spoken_for(p_hold))), false)
  or coalesce(me_role() = 'social_service'
    and (exists (select 1 from shelter_stay_place s where s.bed_hold_id = p_hold) or (p_unit = me_unit() and not bed_spoken_for(p_hold))), false)
$$;

-- Instalments: the Responsible Authority keeps the calendar, the Coordinator and the State Agency read it, a shelter its own.
create policy see on shelter_tranche for select to mb_app using ((select me_role()) in ('responsible_authority', 'coordinator', 'state_agency')
  or ((select me_role()) = 'shelter' and unit_id = (select me_unit())));
create policy add on shelter_tranche for insert to mb_app with check ((select me_role()) = 'responsible_authority'
  and exists (select 1 from unit u where u.id = unit_id and u.kind = 'shelter'));
create policy change on shelter_tranche for update to mb_app using ((select me_role()) = 'responsible_authority'
  or ((select me_role()) = 'shelter' and unit_id = (select me_unit())));
create trigger follow_event_new after insert on shelter_tranche for each row execute function follow_event('shelter_tranche', 'id', 'version');
create trigger follow_event after update on shelter_tranche for each row when (old.* is distinct from new.*)
  execute function follow_event('shelter_tranche', 'id', 'version');

-- Counting ----------------------------------------------------------------------------------------------------------
grant select (id, nrm_id, service, setting, beneficiary, from_day, cost_lek, funding) on assistance_service to mb_stats;
grant select (id, nrm_id, round, month, seen_on, living, job, network, reexploited) on assistance_follow_up to mb_stats;
grant select (id, nrm_id, status, started_on, ended_on) on shelter_stay to mb_stats;
grant select (id, case_id, funding) on plan_action to mb_stats;
grant select (action_id, cost_lek) on service_delivery to mb_stats;
create policy statistics_read on assistance_service for select to mb_stats using (true);
create policy statistics_read on assistance_follow_up for select to mb_stats using (true);
create policy statistics_read on shelter_stay for select to mb_stats using (true);
do $$
begin
  if not exists (select from pg_policies where tablename = 'plan_action' and 'mb_stats' = any (roles)) then
    create policy statistics_read on plan_action for select to mb_stats using (true);
  end if;
end $$;

-- The twelve-month outcome of each file (S002, S004): an adult's from its own visits, a child's from the snapshots of its case. One row a
-- file: the newest that counts. `a` child or adult, `b` whether the outcome is good.
create view counted_nrm_outcome as
  select f.id, f.id as nrm_id, 'nrm_outcome'::text as measure, first_of_month(o.day) as month, coalesce(f.municipality, '') as municipality,
    f.county, p.sex, age_band(p.born_from, p.born_to, o.day) as age, f.subject as a, o.good as b, 1::bigint as n, 0::bigint as s
  from nrm_file f join person p on p.id = f.person_id cross join lateral (
    select * from (
      select u.seen_on as day, case when u.job not in ('none', 'not_of_age', 'not_known') or u.network = 'yes' then 'yes' else 'no' end as good
      from assistance_follow_up u where u.nrm_id = f.id and u.month = 12 and u.seen_on is not null
      union all
      select t.taken_on, case when age_band(p.born_from, p.born_to, t.taken_on) = '18+'
          then case when t.job not in ('none', 'not_of_age', 'not_known') or t.network = 'yes' then 'yes' else 'no' end
          else case when t.living in ('both_parents', 'one_parent', 'kinship', 'guardian', 'foster', 'residential', 'shelter')
            or t.school in ('preschool', 'primary', 'lower_secondary', 'upper_secondary', 'vocational', 'second_chance', 'higher')
            then 'yes' else 'no' end end
      from outcome_status t where t.case_id = f.case_id and t.occasion = 'month_12' and t.corrected_by is null
        and t.taken_on >= (f.opened_at at time zone 'Europe/Tirane')::date
    ) x order by day desc limit 1) o;
alter view counted_nrm_outcome owner to mb_stats;

-- What assistance cost and reached, over persons, for those who pay and coordinate. The application hides small cells. A child's own
-- case is counted with the services beyond it: one list from both.
create function assistance_figures(p_from date, p_until date)
  returns table (what text, key text, persons integer, services integer, unknown integer, lek bigint)
  language sql stable security definer set search_path = public, pg_temp as $$
  with given as (
    select s.nrm_id, s.beneficiary, s.setting, s.funding, s.cost_lek, s.from_day as day from assistance_service s
    union all
    select f.id, case d.beneficiary when 'child' then 'subject' else d.beneficiary end,
      case d.setting when 'shelter' then 'shelter' else 'community' end, coalesce(a.funding, 'not_said'), d.cost_lek, d.from_day
    from nrm_file f join service_delivery d on d.case_id = f.case_id left join plan_action a on a.id = d.action_id
    where d.from_day >= (f.opened_at at time zone 'Europe/Tirane')::date
      and not exists (select 1 from nrm_file l where l.case_id = f.case_id and l.opened_at > f.opened_at
        and d.from_day >= (l.opened_at at time zone 'Europe/Tirane')::date)
  ), here as (
    select g.*, x.what, x.key from given g cross join lateral (values ('funding', g.funding), ('setting', g.setting), ('for', g.beneficiary)) x (what, key)
    where g.day between p_from and p_until and me_role() in ('responsible_authority', 'coordinator')
  )
  select what, key, count(distinct nrm_id)::int, count(*)::int, (count(*) filter (where cost_lek is null))::int, coalesce(sum(cost_lek), 0)::bigint
  from here group by 1, 2
$$;
revoke all on function assistance_figures(date, date) from public;
grant execute on function assistance_figures(date, date) to mb_app;
alter function assistance_figures(date, date) owner to mb_stats;

-- Lawful erasure: with the file go its texts, and the stays, which are records of their own, and children of whom nothing else tells.
create function erase_assistance(p_kind text, p_id uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from event e where e.record_id = p_id and e.kind = p_kind and e.type = 'Erased' and e.xid = pg_current_xact_id()) then
    raise exception 'nothing is erased without its event' using errcode = 'insufficient_privilege';
  end if;
  case p_kind
    when 'nrm_file' then
      delete from assistance_text where nrm_id = p_id and stay_id is null;
      delete from assistance_text_sensitive where nrm_id = p_id;
    when 'shelter_stay' then
      delete from assistance_text where stay_id = p_id;
      delete from shelter_resident_sensitive where id = p_id;
      delete from shelter_resident where id = p_id;
      delete from shelter_stay_place where id = p_id;
      update shelter_stay set version = (select h.version from record_head h where h.record_id = p_id and h.kind = p_kind) where id = p_id;
    else
      raise exception 'nothing of assistance lies with a %', p_kind;
  end case;
end $$;
revoke all on function erase_assistance(text, uuid) from public;
grant execute on function erase_assistance(text, uuid) to mb_retention;
do $$
declare
  was text := pg_get_functiondef('records_of_nrm(uuid)'::regprocedure);
  told text := replace(was, $f$    union all select 'screening', s.id from screening s where s.nrm_id = p_id$f$,
    $f$    union all select 'screening', s.id from screening s where s.nrm_id = p_id
    union all select 'shelter_stay', y.id from shelter_stay y where y.nrm_id = p_id
    union all select 'person', d.person_id from assistance_dependant d where d.nrm_id = p_id
      and not exists (select 1 from case_file c where c.person_id = d.person_id)
      and not exists (select 1 from nrm_file o where o.person_id = d.person_id)
      and not exists (select 1 from assistance_dependant e where e.person_id = d.person_id and e.nrm_id <> p_id)$f$);
begin
  if told = was then
    raise exception 'records_of_nrm is not as it was';
  end if;
  execute told;
end $$;
