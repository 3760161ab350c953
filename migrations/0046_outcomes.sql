-- Needs that the sources name, what became of each, and how a child or adult lives at opening, review, closure and in the months
-- of follow-up. Rows of a case like its others: whoever sees the case sees them; what was said in words lies with its texts.

create table case_need (
  id uuid primary key,
  case_id uuid not null references case_file,
  episode integer not null,
  kind text not null check (kind in ('civil_registration', 'vaccination', 'health_card', 'enrolment', 'attendance', 'second_chance', 'books',
    'parent_employment', 'parent_training', 'small_grant', 'material_package', 'psychological', 'legal', 'day_centre', 'housing',
    'free_medicine', 'leisure', 'after_school', 'mentoring', 'free_creche', 'reintegration_package')),
  beneficiary text not null check (beneficiary in ('child', 'child_of_victim', 'parent', 'family')),
  found_on date not null,
  by_id uuid not null,
  at timestamptz not null,
  state text not null check (state in ('OPEN', 'REFERRED', 'IN_SERVICE', 'MET', 'PARTLY_MET', 'NOT_MET', 'REFUSED')),
  state_on date not null check (state_on >= found_on),
  -- Why it is not met, or who refused.
  reason text check (reason ~ '^[a-z_]{1,40}$'),
  -- What met it where no service of the register did.
  without text check (without in ('own_means', 'relatives', 'elsewhere')),
  -- Codes, days, counts and amounts of its kind (src/domain/outcome/kinds.ts): never a number of an act, a card or a contract.
  outcome jsonb not null default '{}' check (jsonb_typeof(outcome) = 'object' and pg_column_size(outcome) <= 1000),
  check ((state in ('NOT_MET', 'REFUSED')) = (reason is not null))
);
create index case_need_of on case_need (case_id);
create unique index case_need_one_open on case_need (case_id, kind, beneficiary) where state in ('OPEN', 'REFERRED', 'IN_SERVICE');
create table case_need_link (
  id uuid primary key,
  need_id uuid not null references case_need,
  case_id uuid not null references case_file,
  what text not null check (what in ('service', 'action', 'referral')),
  ref_id uuid not null,
  at timestamptz not null,
  unique (need_id, what, ref_id)
);
create index case_need_link_of on case_need_link (case_id);
create table status_certificate (
  id uuid primary key,
  need_id uuid not null references case_need,
  case_id uuid not null references case_file,
  consent_id uuid not null references consent,
  recipient text not null check (recipient ~ '^[a-z_]{2,40}$'),
  given_on date not null,
  by_id uuid not null,
  at timestamptz not null
);
create index status_certificate_of on status_certificate (case_id);
create index status_certificate_by_need on status_certificate (need_id);
create index status_certificate_by_consent on status_certificate (consent_id);
create table outcome_status (
  id uuid primary key,
  case_id uuid not null references case_file,
  episode integer not null,
  occasion text not null check (occasion in ('opening', 'review', 'closure', 'month_1', 'month_3', 'month_6', 'month_12')),
  taken_on date not null,
  living text not null check (living in ('both_parents', 'one_parent', 'kinship', 'guardian', 'foster', 'residential', 'shelter',
    'independent', 'partner', 'street', 'exploiter', 'not_known')),
  school text not null check (school in ('preschool', 'primary', 'lower_secondary', 'upper_secondary', 'vocational', 'second_chance',
    'higher', 'finished', 'not_yet', 'none', 'not_known')),
  attendance smallint check (attendance between 0 and 100),
  vaccinated text not null check (vaccinated in ('yes', 'no', 'not_known')),
  health_card text not null check (health_card in ('yes', 'no', 'not_known')),
  job text not null check (job in ('agriculture', 'manufacturing', 'construction', 'trade', 'hospitality', 'care', 'crafts', 'public',
    'other', 'none', 'not_of_age', 'not_known')),
  job_secure boolean,
  parent_work text not null check (parent_work in ('both', 'one', 'casual', 'none', 'no_parent', 'not_known')),
  network text not null check (network in ('yes', 'no', 'not_known')),
  income text not null check (income in ('none', 'below_minimum', 'around_minimum', 'above_minimum', 'not_known')),
  corrects uuid references outcome_status,
  -- What a later snapshot sets right counts no more.
  corrected_by uuid,
  by_id uuid not null,
  at timestamptz not null
);
create index outcome_status_of on outcome_status (case_id, taken_on);
create index outcome_status_corrects on outcome_status (corrects) where corrects is not null;
create unique index outcome_status_once on outcome_status (case_id, episode, occasion)
  where occasion <> 'review' and corrected_by is null;
-- What a reopening was, as the worker says it with evidence, or as the follow-up found it. The newest word of an opening counts.
create table reopening_judgement (
  id uuid primary key,
  case_id uuid not null references case_file,
  episode integer not null check (episode > 1),
  reopened_on date not null,
  reexploited text not null check (reexploited in ('yes', 'no', 'not_known')),
  evidence text[] not null check (cardinality(evidence) <= 20),
  superseded boolean not null default false,
  by_id uuid not null,
  at timestamptz not null,
  check (reexploited <> 'yes' or cardinality(evidence) > 0)
);
create unique index reopening_judgement_of on reopening_judgement (case_id, episode) where not superseded;
create index reopening_judgement_case on reopening_judgement (case_id);

select protect_table('case_need', 'T2', 'needs of a child or its family: kind, for whom, state, outcome in codes, days, counts; no number of an act or card');
select protect_table('case_need_link', 'T2', 'which service, action of the plan or referral serves a need');
select protect_table('status_certificate', 'T2', 'that a paper naming a status was given for a need: to which kind of body, on which consent');
select protect_table('outcome_status', 'T2', 'how a child or adult lives at a moment: home, school, health card, work, network, income; codes only');
select protect_table('reopening_judgement', 'T2', 'whether a reopening was renewed exploitation, and on what evidence by kind');
grant select, insert on case_need, case_need_link, status_certificate, outcome_status, reopening_judgement to mb_app;
grant update (state, state_on, reason, without, outcome) on case_need to mb_app;
grant update (corrected_by) on outcome_status to mb_app;
grant update (superseded) on reopening_judgement to mb_app;
do $$
declare
  t text;
begin
  foreach t in array array['case_need', 'case_need_link', 'status_certificate', 'outcome_status', 'reopening_judgement'] loop
    execute format('create policy see on %I for select to mb_app using (exists (select 1 from case_file c where c.id = %I.case_id))', t, t);
    execute format('create policy add on %I for insert to mb_app with check (exists (select 1 from case_file c where c.id = %I.case_id))', t, t);
    execute format('create trigger follow_event_new after insert on %I for each row execute function follow_event(''case_file'', ''case_id'')', t);
  end loop;
  foreach t in array array['case_need', 'outcome_status', 'reopening_judgement'] loop
    execute format('create policy change on %I for update to mb_app using (exists (select 1 from case_file c where c.id = %I.case_id))
      with check (exists (select 1 from case_file c where c.id = %I.case_id))', t, t, t);
    execute format('create trigger follow_event after update on %I for each row when (old.* is distinct from new.*)
      execute function follow_event(''case_file'', ''case_id'')', t);
  end loop;
end $$;

-- A case that began again because a visit after closure found the child exploited is judged by that visit.
insert into reopening_judgement (id, case_id, episode, reopened_on, reexploited, evidence, by_id, at)
  select gen_random_uuid(), e.record_id,
    1 + (select count(*) from event b where b.record_id = e.record_id and b.kind = 'case_file' and b.type = 'CaseReopened' and b.seq <= e.seq)::integer,
    (e.occurred_at at time zone 'Europe/Tirane')::date, 'yes', '{follow_up}', e.actor_id, e.occurred_at
  from event e join case_file c on c.id = e.record_id
  where e.kind = 'case_file' and e.type = 'CaseReopened' and e.facts ->> 'followUp' is not null;

-- Counting ----------------------------------------------------------------------------------------------------------
grant select (id, case_id, kind, beneficiary, found_on, state, state_on, reason, outcome) on case_need to mb_stats;
grant select (id, case_id, episode, occasion, taken_on, living, school, attendance, vaccinated, health_card, job, job_secure, parent_work,
  network, income, corrected_by) on outcome_status to mb_stats;
grant select (id, case_id, episode, reopened_on, reexploited, superseded) on reopening_judgement to mb_stats;
grant select (episode) on follow_up to mb_stats;
create policy statistics_read on case_need for select to mb_stats using (true);
create policy statistics_read on outcome_status for select to mb_stats using (true);
create policy statistics_read on reopening_judgement for select to mb_stats using (true);

create view counted_need as
  select n.id, n.case_id, x.measure, first_of_month(x.day) as month, c.municipality, p.sex, age_band(p.born_from, p.born_to, x.day) as age,
    n.kind as a, x.b, 1::bigint as n, x.s
  from case_need n join case_file c on c.id = n.case_id join person p on p.id = c.person_id cross join lateral (
    select 'need', n.found_on, n.state, 0::bigint
    union all select 'need_for', n.found_on, n.beneficiary, 0
    union all select 'need_ended', n.state_on, n.state, 0 where n.state in ('MET', 'PARTLY_MET', 'NOT_MET', 'REFUSED')
    union all select 'need_lek', n.state_on, '', (n.outcome ->> 'amountLek')::bigint where n.state in ('MET', 'PARTLY_MET') and n.outcome ? 'amountLek'
  ) x (measure, day, b, s);
create view counted_outcome as
  select o.id, o.case_id, x.measure, first_of_month(o.taken_on) as month, c.municipality, p.sex,
    age_band(p.born_from, p.born_to, o.taken_on) as age, x.a, x.b, 1::bigint as n, 0::bigint as s
  from outcome_status o join case_file c on c.id = o.case_id join person p on p.id = c.person_id
    cross join lateral (select case when o.living in ('both_parents', 'one_parent', 'kinship', 'guardian', 'foster', 'residential', 'shelter')
        or o.school in ('preschool', 'primary', 'lower_secondary', 'upper_secondary', 'vocational', 'second_chance', 'higher') then 'yes' else 'no' end as child,
      case when o.job not in ('none', 'not_of_age', 'not_known') or o.network = 'yes' then 'yes' else 'no' end as adult) g
    cross join lateral (
      select 'outcome_living', o.occasion, o.living
      union all select 'outcome_school', o.occasion, o.school
      union all select 'outcome_job', o.occasion, o.job
      union all select 'outcome_good', o.occasion,
        case when age_band(p.born_from, p.born_to, o.taken_on) = '18+' then g.adult else g.child end
    ) x (measure, a, b)
  where o.corrected_by is null;
create view counted_reopening as
  select j.id, j.case_id, 'reopening'::text as measure, first_of_month(j.reopened_on) as month, c.municipality, p.sex,
    age_band(p.born_from, p.born_to, j.reopened_on) as age, j.reexploited as a, ''::text as b, 1::bigint as n, 0::bigint as s
  from reopening_judgement j join case_file c on c.id = j.case_id join person p on p.id = c.person_id where not j.superseded;
alter view counted_need owner to mb_stats;
alter view counted_outcome owner to mb_stats;
alter view counted_reopening owner to mb_stats;

do $$
declare
  t record;
begin
  for t in select * from (values ('case_need', 'counted_need'), ('outcome_status', 'counted_outcome'),
      ('reopening_judgement', 'counted_reopening')) as x (tab, view) loop
    execute format($f$
      create function %1$I() returns trigger language plpgsql security definer set search_path = public, pg_temp as $b$
      begin
        perform roll_lock(roll_person_of(new.case_id), false);
        if tg_when = 'BEFORE' then
          insert into rollup_delta select measure, month, municipality, sex, age, a, b, -n, -s from %2$I where id = old.id;
          return new;
        end if;
        insert into rollup_delta select measure, month, municipality, sex, age, a, b, n, s from %2$I where id = new.id;
        return null;
      end $b$ $f$, 'roll_' || t.tab, t.view);
    execute format('create trigger roll_in after insert on %I for each row execute function %I()', t.tab, 'roll_' || t.tab);
    execute format('create trigger roll_out before update on %I for each row when (old.* is distinct from new.*) execute function %I()', t.tab, 'roll_' || t.tab);
    execute format('create trigger roll_on after update on %I for each row when (old.* is distinct from new.*) execute function %I()', t.tab, 'roll_' || t.tab);
    execute format('grant execute on function %I() to mb_stats', 'roll_' || t.tab);
    execute format('alter function %I() owner to mb_stats', 'roll_' || t.tab);
  end loop;
end $$;

-- The views of a case that move with it, and all views of the recount, as one list each: a further noun adds its view here.
create view counted_of_case as
  select id, case_id, measure, month, municipality, sex, age, a, b, n, s from counted_need
  union all select id, case_id, measure, month, municipality, sex, age, a, b, n, s from counted_outcome
  union all select id, case_id, measure, month, municipality, sex, age, a, b, n, s from counted_reopening;
alter view counted_of_case owner to mb_stats;

set role mb_stats;
create or replace function roll_whole_case(p_case uuid, p_sign integer) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r record;
begin
  for r in
    select * from counted_case where case_id = p_case
    union all select * from counted_file where case_id = p_case
    union all select * from counted_screening where case_id = p_case
    union all select * from counted_service where case_id = p_case
    union all select * from counted_referral where case_id = p_case
    union all select * from counted_measure where case_id = p_case
    union all select * from counted_follow_up where case_id = p_case
    union all select * from counted_work where case_id = p_case
    union all select id, case_id, measure, month, municipality, sex, age, a, b, n, s from counted_attendance where case_id = p_case
    union all select * from counted_of_case where case_id = p_case
  loop
    insert into rollup_delta values (r.measure, r.month, r.municipality, r.sex, r.age, r.a, r.b, p_sign * r.n, p_sign * r.s);
  end loop;
end $$;
create or replace function rollup_recount() returns table (measure text, month date, municipality text, sex text, age text, a text, b text, n bigint, s bigint)
  language sql stable security definer set search_path = public, pg_temp as $$
  select measure, month, municipality, sex, age, a, b, sum(n)::bigint, sum(s)::bigint from (
    select measure, month, municipality, sex, age, a, b, n, s from counted_report
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_case
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_file
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_screening
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_service
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_referral
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_measure
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_follow_up
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_clock
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_work
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_attendance
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_hotspot
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_tip
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_identified
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_assisted
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_field_child
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_of_case
  ) x group by 1, 2, 3, 4, 5, 6, 7 having sum(n) <> 0 or sum(s) <> 0
$$;
insert into rollup_delta select measure, month, municipality, sex, age, a, b, n, s from counted_reopening;
set role mb_owner;

-- Twelve months after: one row a quarter and municipality. By entry, the cases opened in the quarter and the newest snapshot taken ten
-- to fifteen months later; by exit, the closures whose visits run, and the snapshot of the twelfth month. Only for those who watch
-- over the country; the application hides small cells before anything leaves.
create function outcome_cohorts(p_basis text, p_from date, p_until date, p_today date)
  returns table (quarter date, municipality text, cases integer, reached integer, known integer, good integer, home integer, school integer,
    vaccinated integer, health_card integer, job integer, network integer, parent_work integer, reexploited integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  with cohort as (
    select c.id as case_id, 1 as episode, (c.opened_at at time zone 'Europe/Tirane')::date as day, c.municipality, c.person_id
    from case_file c
    where p_basis = 'entry' and (c.opened_at at time zone 'Europe/Tirane')::date >= p_from and (c.opened_at at time zone 'Europe/Tirane')::date < p_until
    union all
    select f.case_id, f.episode, (f.due - interval '12 months')::date, c.municipality, c.person_id
    from follow_up f join case_file c on c.id = f.case_id
    where p_basis = 'exit' and f.month = 12 and f.due >= (p_from + interval '12 months')::date and f.due < (p_until + interval '12 months')::date
  ), followed as (
    select k.*, o.*, age_band(p.born_from, p.born_to, coalesce(o.taken_on, k.day)) = '18+' as adult,
      exists (select from reopening_judgement j where j.case_id = k.case_id and not j.superseded and j.reexploited = 'yes'
        and j.reopened_on between k.day and (k.day + interval '12 months')::date) as again
    from cohort k join person p on p.id = k.person_id left join lateral (
      select s.taken_on, s.living, s.school, s.vaccinated, s.health_card, s.job, s.network, s.parent_work from outcome_status s
      where s.case_id = k.case_id and s.corrected_by is null and case p_basis
        when 'exit' then s.episode = k.episode and s.occasion = 'month_12'
        else s.taken_on between (k.day + interval '10 months')::date and (k.day + interval '15 months')::date end
      order by s.taken_on desc limit 1) o on true
  ), judged as (
    select *, (day + interval '12 months')::date <= p_today as over,
      living in ('both_parents', 'one_parent', 'kinship', 'guardian', 'foster', 'residential', 'shelter') as safe,
      school in ('preschool', 'primary', 'lower_secondary', 'upper_secondary', 'vocational', 'second_chance', 'higher') as learns,
      job not in ('none', 'not_of_age', 'not_known') as works
    from followed
  )
  select date_trunc('quarter', day)::date, municipality, count(*)::int, count(*) filter (where over)::int,
    count(*) filter (where over and taken_on is not null)::int,
    count(*) filter (where over and case when adult then works or network = 'yes' else safe or learns end)::int,
    count(*) filter (where over and safe)::int, count(*) filter (where over and learns)::int,
    count(*) filter (where over and vaccinated = 'yes')::int, count(*) filter (where over and health_card = 'yes')::int,
    count(*) filter (where over and works)::int, count(*) filter (where over and network = 'yes')::int,
    count(*) filter (where over and parent_work in ('both', 'one'))::int,
    count(*) filter (where over and again)::int
  from judged where me_role() in ('state_agency', 'coordinator')
  group by 1, 2 order by 1, 2
$$;
revoke all on function outcome_cohorts(text, date, date, date) from public;
grant execute on function outcome_cohorts(text, date, date, date) to mb_app;
alter function outcome_cohorts(text, date, date, date) owner to mb_stats;
