-- What the records of case work make countable: what became of needs, how people live, a year after, courts, disclosures, rights
-- explained, placements, complaints, talks of supervision and reviews of files. One view a table says what a record contributes.

do $$
declare
  t text;
  columns text;
begin
  for t, columns in values
    ('outcome_status', 'at'), ('case_file', 'unit_id'), ('service_delivery', 'beneficiary'),
    ('court_case', 'id'), ('disclosure', 'id, case_id, at, kind, to_kind'), ('rights_information', 'id, case_id, on_day, format, audience'),
    ('placement', 'id, case_id, kind, status, started_on'), ('complaint', 'id, municipality, by_whom, discrimination, received_at'),
    ('supervision_session', 'id, unit_id, held_on'), ('case_review', 'id, case_id, done_at, met, asked')
  loop
    execute format('grant select (%s) on %I to mb_stats', columns, t);
  end loop;
  foreach t in array array['disclosure', 'rights_information', 'placement', 'complaint', 'supervision_session', 'case_review'] loop
    if not exists (select from pg_policy p where p.polrelid = t::regclass and p.polname = 'statistics_read') then
      execute format('create policy statistics_read on %I for select to mb_stats using (true)', t);
    end if;
  end loop;
end $$;

grant create on schema public to mb_stats;
set role mb_stats;
-- Whose need it was, where it was a victim's: met needs of victims and of their children.
create or replace view counted_need as
  select n.id, n.case_id, x.measure, first_of_month(x.day) as month, c.municipality, p.sex, age_band(p.born_from, p.born_to, x.day) as age,
    x.a, x.b, 1::bigint as n, x.s
  from case_need n join case_file c on c.id = n.case_id join person p on p.id = c.person_id cross join lateral (
    select 'need'::text, n.found_on, n.kind, n.state, 0::bigint
    union all select 'need_for', n.found_on, n.kind, n.beneficiary, 0
    union all select 'need_ended', n.state_on, n.kind, n.state, 0 where n.state in ('MET', 'PARTLY_MET', 'NOT_MET', 'REFUSED')
    union all select 'need_lek', n.state_on, n.kind, '', (n.outcome ->> 'amountLek')::bigint
      where n.state in ('MET', 'PARTLY_MET') and n.outcome ? 'amountLek'
    union all select 'need_of_victim', n.state_on,
        case when n.kind = 'enrolment' and n.outcome ->> 'level' = 'preschool' then 'preschool' else n.kind end, n.beneficiary, 0
      where n.state = 'MET' and is_trafficking(c.vmt_status)
  ) x (measure, day, a, b, s);

-- How somebody lived in a quarter, half-year, year: by the newest snapshot of it, each person once.
create view counted_lived as
  with lived as (
    select distinct on (root, span, month) root, span, month, municipality, sex, born_from, born_to, vmt_status, school, vaccinated, health_card,
      job, job_secure, parent_work
    from (
      select coalesce(p.same_as, p.id) as root, span.name as span,
        make_date(extract(year from o.taken_on)::integer, ((extract(month from o.taken_on)::integer - 1) / span.months) * span.months + 1, 1) as month,
        c.municipality, c.vmt_status, p.sex, p.born_from, p.born_to, o.*
      from (select id, case_id, taken_on, at, school, vaccinated, health_card, job, job_secure, parent_work from outcome_status
          where corrected_by is null) o
        join case_file c on c.id = o.case_id join person p on p.id = c.person_id
        cross join (values ('quarter', 3), ('half', 6), ('year', 12)) span (name, months)
    ) taken
    order by root, span, month, taken_on desc, at desc, id
  )
  select l.root as id, 'lived/' || l.span as measure, l.month, l.municipality, l.sex, age_band(l.born_from, l.born_to, l.month) as age, x.a,
    case when is_trafficking(l.vmt_status) then 'trafficking' when l.vmt_status = 'at_risk' then 'at_risk' else '' end as b,
    1::bigint as n, 0::bigint as s
  from lived l cross join lateral (
    select 'all'
    union all select 'job' where l.job not in ('none', 'not_of_age', 'not_known')
    union all select 'job_public' where l.job = 'public'
    union all select 'job_private' where l.job not in ('public', 'none', 'not_of_age', 'not_known')
    union all select 'job_secure' where l.job_secure
    union all select 'school' where l.school in ('primary', 'lower_secondary', 'upper_secondary', 'vocational', 'second_chance', 'higher')
    union all select 'preschool' where l.school = 'preschool'
    union all select 'no_school' where l.school = 'none'
    union all select 'lacks_health' where l.vaccinated = 'no' or l.health_card = 'no'
    union all select 'parent_works' where l.parent_work in ('both', 'one')
  ) x (a);

-- A year after closure: by the snapshot of the twelfth month. Home is a family, a protected setting or school; work is a job or
-- somebody to turn to; good is the one for a child and the other for an adult.
create view counted_year_after as
  select f.id, f.case_id, x.measure, first_of_month(f.due) as month, c.municipality, p.sex, age_band(p.born_from, p.born_to, f.due) as age,
    x.a, x.b, 1::bigint as n, 0::bigint as s
  from follow_up f join case_file c on c.id = f.case_id join person p on p.id = c.person_id
    left join outcome_status o on o.case_id = f.case_id and o.episode = f.episode and o.occasion = 'month_12' and o.corrected_by is null
    cross join lateral (
      select case when o.id is null then 'no_snapshot' when o.living in ('both_parents', 'one_parent', 'kinship', 'guardian', 'foster', 'residential',
            'shelter') or o.school in ('preschool', 'primary', 'lower_secondary', 'upper_secondary', 'vocational', 'second_chance', 'higher')
          then 'yes' else 'no' end as home,
        case when o.id is null then 'no_snapshot' when o.job not in ('none', 'not_of_age', 'not_known') or o.network = 'yes'
          then 'yes' else 'no' end as work,
        case when is_trafficking(c.vmt_status) then 'trafficking' else '' end as who,
        age_band(p.born_from, p.born_to, f.due) = '18+' as adult
    ) g cross join lateral (
      select 'year_after'::text, case when g.adult then g.work else g.home end, g.who
      union all select 'year_after_home', g.home, g.who
      union all select 'year_after_work', g.work, g.who
      union all select 'reintegrated', p.sex, g.who
        where case when g.adult then g.work else g.home end = 'yes' and f.reexploited is distinct from 'yes'
    ) x (measure, a, b)
  where f.month = 12;

create view counted_court as
  select k.id, k.case_id, x.measure, first_of_month(x.day) as month, c.municipality, p.sex, age_band(p.born_from, p.born_to, x.day) as age,
    k.matter as a, x.b, 1::bigint as n, x.s
  from court_case k join case_file c on c.id = k.case_id join person p on p.id = c.person_id cross join lateral (
    select 'court_filed'::text, k.filed_on, ''::text, 0::bigint where k.filed_on is not null and k.stage <> 'withdrawn'
    union all select 'court_decided', k.decided_on, k.outcome, greatest(0, k.decided_on - k.filed_on)::bigint
      where k.decided_on is not null and k.outcome is not null
  ) x (measure, day, b, s);
create view counted_disclosure as
  select d.id, d.case_id, 'disclosure'::text as measure, tirana_month(d.at) as month, c.municipality, p.sex,
    age_band(p.born_from, p.born_to, tirana_month(d.at)) as age, d.kind as a, d.to_kind as b, 1::bigint as n, 0::bigint as s
  from disclosure d join case_file c on c.id = d.case_id join person p on p.id = c.person_id;
create view counted_rights as
  select r.id, r.case_id, 'rights_explained'::text as measure, first_of_month(r.on_day) as month, c.municipality, p.sex,
    age_band(p.born_from, p.born_to, r.on_day) as age, r.format as a,
    case when is_trafficking(c.vmt_status) then 'trafficking' else '' end as b, 1::bigint as n, 0::bigint as s
  from rights_information r join case_file c on c.id = r.case_id join person p on p.id = c.person_id;
create view counted_placement as
  select q.id, q.case_id, 'placement'::text as measure, first_of_month(q.started_on) as month, c.municipality, p.sex,
    age_band(p.born_from, p.born_to, q.started_on) as age, q.kind as a,
    case when is_trafficking(c.vmt_status) then 'trafficking' else '' end as b, 1::bigint as n, 0::bigint as s
  from placement q join case_file c on c.id = q.case_id join person p on p.id = c.person_id where q.started_on is not null;
create view counted_case_review as
  select r.id, r.case_id, x.measure, tirana_month(r.done_at) as month, c.municipality, p.sex,
    age_band(p.born_from, p.born_to, tirana_month(r.done_at)) as age,
    case when is_trafficking(c.vmt_status) then 'trafficking' else '' end as a, ''::text as b, 1::bigint as n, x.s
  from case_review r join case_file c on c.id = r.case_id join person p on p.id = c.person_id
    cross join lateral (values ('review_done', 0::bigint), ('review_met', coalesce(r.met, 0)::bigint), ('review_asked', coalesce(r.asked, 0)::bigint)) x (measure, s)
  where r.done_at is not null;
-- Of no case: complaints and talks of supervision have a place and nobody's sex or age.
create view counted_complaint as
  select k.id, null::uuid as case_id, 'complaint'::text as measure, tirana_month(k.received_at) as month, coalesce(k.municipality, '') as municipality,
    ''::text as sex, ''::text as age, k.by_whom as a, k.discrimination as b, 1::bigint as n, 0::bigint as s
  from complaint k;
create view counted_supervision as
  select t.id, null::uuid as case_id, 'supervision'::text as measure, first_of_month(t.held_on) as month, coalesce(u.municipality, '') as municipality,
    ''::text as sex, ''::text as age, ''::text as a, ''::text as b, 1::bigint as n, 0::bigint as s
  from supervision_session t join unit u on u.id = t.unit_id;

create or replace view counted_of_case as
  select id, case_id, measure, month, municipality, sex, age, a, b, n, s from counted_need
  union all select id, case_id, measure, month, municipality, sex, age, a, b, n, s from counted_outcome
  union all select id, case_id, measure, month, municipality, sex, age, a, b, n, s from counted_reopening
  union all select id, case_id, measure, month, municipality, sex, age, a, b, n, s from counted_year_after
  union all select id, case_id, measure, month, municipality, sex, age, a, b, n, s from counted_court
  union all select id, case_id, measure, month, municipality, sex, age, a, b, n, s from counted_disclosure
  union all select id, case_id, measure, month, municipality, sex, age, a, b, n, s from counted_rights
  union all select id, case_id, measure, month, municipality, sex, age, a, b, n, s from counted_placement
  union all select id, case_id, measure, month, municipality, sex, age, a, b, n, s from counted_case_review;

-- Kinds of help that are told together: the first plans' words and the needs that the sources name later. Who got several was helped once.
create or replace view counted_assisted as
  with helped as (
    select coalesce(p.same_as, p.id) as root, span.name as span, g::date as month, d.service, d.setting, c.municipality, c.vmt_status, p.sex,
      p.born_from, p.born_to
    from service_delivery d join case_file c on c.id = d.case_id join person p on p.id = c.person_id
      cross join (values ('quarter', 3), ('half', 6), ('year', 12)) span (name, months)
      cross join lateral generate_series(
        make_date(extract(year from d.from_day)::integer, ((extract(month from d.from_day)::integer - 1) / span.months) * span.months + 1, 1)::timestamp,
        least(coalesce(d.until_day, d.from_day), d.from_day + 3660)::timestamp, make_interval(months => span.months)) g
  )
  select root as id, 'assisted/' || span as measure, month, min(municipality) as municipality, min(sex) as sex,
    min(age_band(born_from, born_to, month)) as age,
    case when bool_or(is_trafficking(vmt_status)) then 'trafficking' when bool_or(vmt_status = 'at_risk') then 'at_risk' else '' end as a,
    case when bool_or(setting = 'shelter') then 'shelter' else 'community' end as b, 1::bigint as n, 0::bigint as s
  from helped group by root, span, month
  union all
  select root, 'assisted_service/' || span, month, min(municipality), min(sex), min(age_band(born_from, born_to, month)), kind,
    case when bool_or(is_trafficking(vmt_status)) then 'trafficking' when bool_or(vmt_status = 'at_risk') then 'at_risk' else '' end, 1, 0
  from helped cross join lateral (
    select service
    union all select 'food_or_material' where service in ('food', 'material', 'material_package', 'books')
    union all select 'any_material' where service in ('material', 'material_package', 'books')
    union all select 'any_school' where service in ('education', 'books', 'enrolment', 'attendance', 'second_chance', 'after_school')
    union all select 'any_medical' where service in ('medical', 'vaccination', 'free_medicine')
    union all select 'any_vocational' where service in ('vocational', 'parent_training')
  ) k (kind)
  group by root, span, month, kind;

create or replace function roll_root(p_root uuid, p_sign integer) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, p_sign * n, p_sign * s from counted_identified where id = p_root;
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, p_sign * n, p_sign * s from counted_assisted where id = p_root;
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, p_sign * n, p_sign * s from counted_field_child where id = p_root;
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, p_sign * n, p_sign * s from counted_lived where id = p_root;
end $$;
-- A snapshot counts by itself, may be a person's newest, and may be the one of the twelfth month.
create or replace function roll_outcome_status() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  root uuid := roll_person_of(new.case_id);
  sign integer := case tg_when when 'BEFORE' then -1 else 1 end;
begin
  perform roll_lock(root, true);
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, sign * n, sign * s from counted_outcome where id = new.id;
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, sign * n, sign * s from counted_lived where id = root;
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, sign * n, sign * s from counted_year_after where case_id = new.case_id;
  return case tg_when when 'BEFORE' then new end;
end $$;
grant execute on function roll_outcome_status() to mb_owner;
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
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_lived
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_of_case
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_complaint
    union all select measure, month, municipality, sex, age, a, b, n, s from counted_supervision
  ) x group by 1, 2, 3, 4, 5, 6, 7 having sum(n) <> 0 or sum(s) <> 0
$$;
set role mb_owner;
revoke create on schema public from mb_stats;

-- A snapshot may push another aside: what its person counted for before is taken away first.
create trigger roll_before before insert on outcome_status for each row execute function roll_outcome_status();
do $$
declare
  t record;
begin
  for t in select * from (values
    ('court_case', 'counted_court', 'roll_court_case', 'roll_person_of(new.case_id)'),
    ('disclosure', 'counted_disclosure', 'roll_disclosure', 'roll_person_of(new.case_id)'),
    ('rights_information', 'counted_rights', 'roll_rights_information', 'roll_person_of(new.case_id)'),
    ('placement', 'counted_placement', 'roll_placement', 'roll_person_of(new.case_id)'),
    ('case_review', 'counted_case_review', 'roll_case_review', 'roll_person_of(new.case_id)'),
    ('follow_up', 'counted_year_after', 'roll_year_after', 'roll_person_of(new.case_id)'),
    ('complaint', 'counted_complaint', 'roll_complaint', ''),
    ('supervision_session', 'counted_supervision', 'roll_supervision_session', '')
  ) as x (tab, view, name, person) loop
    execute format($f$
      create function %1$I() returns trigger language plpgsql security definer set search_path = public, pg_temp as $b$
      begin
        %3$s
        if tg_when = 'BEFORE' then
          insert into rollup_delta select measure, month, municipality, sex, age, a, b, -n, -s from %2$I where id = old.id;
          return new;
        end if;
        insert into rollup_delta select measure, month, municipality, sex, age, a, b, n, s from %2$I where id = new.id;
        return null;
      end $b$ $f$, t.name, t.view, case t.person when '' then '' else format('perform roll_lock(%s, false);', t.person) end);
    execute format('create trigger roll_%s_in after insert on %I for each row execute function %I()', t.view, t.tab, t.name);
    execute format('create trigger roll_%s_out before update on %I for each row when (old.* is distinct from new.*) execute function %I()', t.view, t.tab, t.name);
    execute format('create trigger roll_%s_on after update on %I for each row when (old.* is distinct from new.*) execute function %I()', t.view, t.tab, t.name);
    execute format('grant execute on function %I() to mb_stats', t.name);
    execute format('alter function %I() owner to mb_stats', t.name);
  end loop;
end $$;

-- Well-being told twice (form «wellbeing»): of the children whose newest answers lie in the period and who answered before, how many are better.
-- Only numbers are read, never words; nobody's answers leave.
grant select (assessment_id, case_id, question_key, value) on answer_named to mb_stats;
create policy statistics_read on answer_named for select to mb_stats using (jsonb_typeof(value) = 'number');
create function wellbeing_progress(p_from date, p_until date) returns table (children bigint, better bigint)
  language sql stable security definer set search_path = public, pg_temp as $$
  with told as (
    select a.case_id, a.at, avg((v.value #>> '{}')::numeric) as score
    from assessment a join answer_named v on v.assessment_id = a.id
    where a.form = 'wellbeing' and jsonb_typeof(v.value) = 'number'
      and v.question_key in ('health', 'sleep_home', 'safe_home', 'safe_out', 'school', 'friends', 'carers')
    group by a.id, a.case_id, a.at
  ), newest as (
    select distinct on (case_id) case_id, at, score from told
    where (at at time zone 'Europe/Tirane')::date >= p_from and (at at time zone 'Europe/Tirane')::date < p_until
    order by case_id, at desc
  ), compared as (
    select n.score > b.score as better from newest n
      join lateral (select t.score from told t where t.case_id = n.case_id and t.at < n.at order by t.at limit 1) b on true
  )
  select count(*), count(*) filter (where better) from compared
$$;
revoke all on function wellbeing_progress(date, date) from public;
grant execute on function wellbeing_progress(date, date) to mb_app;
alter function wellbeing_progress(date, date) owner to mb_stats;

select rollup_rebuild();
