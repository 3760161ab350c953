-- Indicators: what can be counted from records is counted once, in the views below, and kept as running totals. Whatever changes
-- a record writes the difference it makes (rollup_delta) in the same transaction; a job folds the differences into the totals;
-- readers add both (decision 21). Each view is the only definition of its measures: triggers, totals and a recount all read it.

-- Running totals ----------------------------------------------------------------------------------------------------
create table rollup_delta (
  measure text not null, month date not null, municipality text not null, sex text not null, age text not null,
  a text not null, b text not null, n bigint not null, s bigint not null
);
create table rollup (
  measure text not null, month date not null, municipality text not null, sex text not null, age text not null,
  a text not null, b text not null, n bigint not null, s bigint not null,
  primary key (measure, month, municipality, sex, age, a, b)
);
-- What stands at the end of a period is the sum of everything before it: whole years of it lie ready.
create table rollup_year (
  measure text not null, month date not null, municipality text not null, sex text not null, age text not null,
  a text not null, b text not null, n bigint not null, s bigint not null,
  primary key (measure, month, municipality, sex, age, a, b)
);
create table rollup_total (
  measure text not null, month date not null, a text not null, b text not null, n bigint not null, s bigint not null,
  primary key (measure, month, a, b)
);
select protect_table('rollup_delta', 'T1', 'differences that records made and that are not folded yet: counts by month, place, sex, age');
select protect_table('rollup', 'T1', 'running totals by month, municipality, sex and age');
select protect_table('rollup_year', 'T1', 'running totals of what stands, by whole years');
select protect_table('rollup_total', 'T1', 'running totals of the nation by month');
grant select, insert, delete on rollup_delta to mb_stats;
grant select, insert, update, delete on rollup, rollup_year, rollup_total to mb_stats;
create policy counting on rollup_delta to mb_stats using (true) with check (true);
create policy counting on rollup to mb_stats using (true) with check (true);
create policy counting on rollup_year to mb_stats using (true) with check (true);
create policy counting on rollup_total to mb_stats using (true) with check (true);

-- Groups of concerns, from the shipped list: which are economic exploitation.
create table concern_group (
  concern text primary key,
  name text not null
);
select protect_table('concern_group', 'T0', 'which group each concern of a child belongs to');
grant select on concern_group to mb_app, mb_stats;
create policy everyone_reads on concern_group for select to mb_app, mb_stats using (true);

-- What counting needs to see, besides what 0008 gave: codes, days and links; no name, no text.
do $$
declare
  t text;
  columns text;
begin
  for t, columns in values
    ('report', 'source, channel, state, concerns, children'),
    ('report_child', 'sex'),
    ('person', 'sex, born_from, born_to, citizenship'),
    ('case_file', 'version, person_id, risk_level, vmt_status, closure_reason, manager_id'),
    ('event', 'facts'),
    ('protection_measure', 'kind, proposed_at'),
    ('clock', 'id')
  loop
    execute format('grant select (%s) on %I to mb_stats', columns, t);
  end loop;
  for t, columns in values
    ('case_report', 'case_id, report_id, at'),
    ('screening', 'id, case_id, report_id, set_code, setting, result, at'),
    ('identification_record', 'id, case_id, person_id, status, on_day, structure, forms, territory, prior_trafficking, screening_id, at'),
    ('service_delivery', 'id, case_id, service, setting, beneficiary, from_day, until_day'),
    ('referral', 'id, case_id, from_unit_id, recipient_kind, service, state, sent_at, ack_due_at, acknowledged_at, decided_at, service_started_at, decline_reason'),
    ('follow_up', 'id, case_id, month, due, done_at, seen_on, seen, reexploited'),
    ('assessment', 'id, case_id, form, at'),
    ('plan', 'id, case_id, status, approved_at'),
    ('plan_goal', 'id, case_id, area'),
    ('case_conference', 'id, case_id, held_on'),
    ('case_attendance', 'conference_id, case_id, institution_id, present'),
    ('institution', 'id, kind'),
    ('consent', 'id, case_id, purpose, capacity, given_at'),
    ('transfer', 'id, case_id, status, requested_at'),
    ('hotspot', 'id, municipality, active'),
    ('integrity_tip', 'id, on_day, measure, measured_on')
  loop
    execute format('grant select (%s) on %I to mb_stats', columns, t);
    execute format('create policy statistics_read on %I for select to mb_stats using (true)', t);
  end loop;
end $$;
create index person_by_root on person ((coalesce(same_as, id)));

-- Measures that are read as they stand.
create function rollup_stands(p_measure text) returns boolean language sql immutable parallel safe return
  p_measure in ('case_open', 'case_open_group', 'file', 'hotspot');
create function tirana_month(p timestamptz) returns date language sql stable parallel safe return
  date_trunc('month', p at time zone 'Europe/Tirane')::date;
create function first_of_month(p date) returns date language sql immutable parallel safe return
  make_date(extract(year from p)::integer, extract(month from p)::integer, 1);
-- Age at the beginning of the year, since only the year of birth is kept without a name; in doubt the younger.
create function age_band(p_from smallint, p_to smallint, p_day date) returns text language sql immutable parallel safe return
  case
    when p_from is null or p_to is null then 'unknown'
    when extract(year from p_day) - 1 - p_from <= 5 then '0-5'
    when extract(year from p_day) - 1 - p_to >= 18 then '18+'
    when extract(year from p_day) - 1 - p_to >= 14 and extract(year from p_day) - 1 - p_from <= 17 then '14-17'
    when extract(year from p_day) - 1 - p_to >= 6 and extract(year from p_day) - 1 - p_from <= 13 then '6-13'
    else 'unknown'
  end;
create function is_trafficking(p_status text) returns boolean language sql immutable parallel safe return
  p_status in ('vmt', 'formal_pending', 'vt', 'not_confirmed', 'declined_formal', 'exited');
grant execute on function rollup_stands(text) to mb_stats;
grant execute on function tirana_month(timestamptz), first_of_month(date), age_band(smallint, smallint, date), is_trafficking(text) to mb_stats;

-- One view a table: each row of it is one contribution of one record. `id` is the record's own key. ---------------------
create view counted_report as
  select r.id, null::uuid as case_id, x.measure, tirana_month(r.occurred_at) as month, coalesce(r.municipality, '') as municipality,
    ''::text as sex, ''::text as age, x.a, x.b, 1::bigint as n, x.s
  from report r cross join lateral (
    select 'report', r.source, r.channel, r.children::bigint
    union all select 'report_state', r.state, r.source, 0
    union all select 'report_concern', c, r.source, 0 from unnest(r.concerns) c
    union all select distinct 'report_group', g.name, r.source, 0::bigint from concern_group g where g.concern = any (r.concerns)
  ) x (measure, a, b, s);

-- Closings and reopenings of a case: the row knows the first episode; of later ones the chain tells, up to the row's version.
create view counted_case as
  select c.id, c.id as case_id, x.measure, tirana_month(x.at) as month, c.municipality, p.sex,
    age_band(p.born_from, p.born_to, tirana_month(x.at)) as age, coalesce(x.a, '') as a, coalesce(x.b, '') as b, x.n, 0::bigint as s
  from case_file c join person p on p.id = c.person_id cross join lateral (
    with happened as (
      select 'closed' as what, c.closed_at as at, c.closure_reason as reason, false as again where c.episode = 1 and c.closed_at is not null
      union all
      select 'closed', e.occurred_at, e.facts ->> 'reason', exists (select from event r where r.record_id = c.id and r.kind = 'case_file'
          and r.type = 'CaseReopened' and r.seq > e.seq and r.seq <= c.version and r.occurred_at <= e.occurred_at + interval '12 months')
        from event e where c.episode > 1 and e.record_id = c.id and e.kind = 'case_file' and e.type = 'CaseClosed' and e.seq <= c.version
      union all
      select 'reopened', e.occurred_at, case when (e.facts ->> 'returned')::boolean then 'returned' end, false
        from event e where c.episode > 1 and e.record_id = c.id and e.kind = 'case_file' and e.type = 'CaseReopened' and e.seq <= c.version
    ), grp as (select distinct g.name from concern_group g where g.concern = any (c.concerns))
    select 'case_opened', c.opened_at, c.risk_level, '', 1::bigint
    union all select 'case_opened_concern', c.opened_at, k, '', 1 from unnest(c.concerns) k
    union all select 'case_opened_group', c.opened_at, grp.name, '', 1 from grp
    union all select 'case_' || what, at, reason, case when again then 'reopened' else '' end, 1 from happened
    union all select 'case_open', c.opened_at, '', '', 1
    union all select 'case_open', at, '', '', case what when 'closed' then -1 else 1 end from happened
    union all select 'case_open_group', c.opened_at, grp.name, '', 1 from grp
    union all select 'case_open_group', at, grp.name, '', case what when 'closed' then -1 else 1 end from happened, grp
  ) x (measure, at, a, b, n);

-- Files of victims that are open now, and which of the things that a file must hold each has.
create view counted_file as
  select c.id, c.id as case_id, 'file'::text as measure, tirana_month(c.opened_at) as month, c.municipality, p.sex,
    age_band(p.born_from, p.born_to, tirana_month(c.opened_at)) as age, x.a, ''::text as b, 1::bigint as n, 0::bigint as s
  from case_file c join person p on p.id = c.person_id cross join lateral (
    select c.risk_level is not null as risk, c.manager_id is not null as manager,
      exists (select from plan where plan.case_id = c.id and plan.status = 'approved') as planned,
      exists (select from plan_goal g where g.case_id = c.id and g.area = 'safety') as safety
  ) f cross join lateral (
    select 'all' union all select 'risk' where f.risk union all select 'manager' where f.manager union all select 'plan' where f.planned
    union all select 'safety' where f.safety union all select 'complete' where f.risk and f.manager and f.planned and f.safety
  ) x (a)
  where c.closed_at is null and is_trafficking(c.vmt_status);

create view counted_screening as
  select s.id, s.case_id, x.measure, tirana_month(s.at) as month, coalesce(c.municipality, r.municipality, '') as municipality,
    coalesce(p.sex, '') as sex, case when p.id is null then '' else age_band(p.born_from, p.born_to, tirana_month(s.at)) end as age,
    x.a, s.result as b, 1::bigint as n, 0::bigint as s
  from screening s left join case_file c on c.id = s.case_id left join person p on p.id = c.person_id left join report r on r.id = s.report_id
    cross join lateral (values ('screening', s.setting), ('screening_set', s.set_code)) x (measure, a);

create view counted_service as
  select d.id, d.case_id, x.measure, first_of_month(d.from_day) as month, c.municipality, p.sex,
    age_band(p.born_from, p.born_to, d.from_day) as age, d.service as a, x.b, 1::bigint as n, 0::bigint as s
  from service_delivery d join case_file c on c.id = d.case_id join person p on p.id = c.person_id
    cross join lateral (values ('service', d.setting), ('service_for', d.beneficiary)) x (measure, b);

create view counted_referral as
  select r.id, r.case_id, x.measure, tirana_month(x.at) as month, coalesce(c.municipality, u.municipality, '') as municipality,
    coalesce(p.sex, '') as sex, case when p.id is null then '' else age_band(p.born_from, p.born_to, tirana_month(x.at)) end as age,
    coalesce(x.a, '') as a, coalesce(x.b, '') as b, 1::bigint as n, x.s
  from referral r join unit u on u.id = r.from_unit_id left join case_file c on c.id = r.case_id left join person p on p.id = c.person_id
    cross join lateral (
      select 'referral', r.sent_at, u.kind, r.recipient_kind, 0::bigint
      union all select 'referral_service', r.sent_at, r.service, r.state, 0
      union all select 'referral_ack', r.sent_at, case when r.acknowledged_at is null then 'none'
        when r.acknowledged_at <= r.ack_due_at then 'in_time' else 'late' end, r.recipient_kind, 0 where r.ack_due_at is not null
      union all select 'referral_declined', r.decided_at, r.decline_reason, r.service, 0 where r.state = 'DECLINED' and r.decided_at is not null
      union all select 'referral_wait', r.service_started_at, lpad(least(w.days, 999)::text, 3, '0'), r.service, w.days
        from (select greatest(0, extract(day from r.service_started_at - r.sent_at)::bigint) as days) w where r.service_started_at is not null
    ) x (measure, at, a, b, s);

create view counted_measure as
  select m.id, m.case_id, x.measure, x.month, c.municipality, p.sex, age_band(p.born_from, p.born_to, x.month) as age, m.kind as a, x.b,
    1::bigint as n, 0::bigint as s
  from protection_measure m join case_file c on c.id = m.case_id join person p on p.id = c.person_id cross join lateral (
    select 'measure', first_of_month(coalesce(m.from_day, m.decided_on)), m.ground
      where m.status not in ('proposed', 'refused') and coalesce(m.from_day, m.decided_on) is not null
    union all select 'measure_proposed', tirana_month(m.proposed_at), m.status
  ) x (measure, month, b);

create view counted_follow_up as
  select f.id, f.case_id, x.measure, first_of_month(f.due) as month, c.municipality, p.sex, age_band(p.born_from, p.born_to, f.due) as age,
    x.a, x.b, 1::bigint as n, 0::bigint as s
  from follow_up f join case_file c on c.id = f.case_id join person p on p.id = c.person_id cross join lateral (
    select 'follow_up', f.month::text, case when f.done_at is null then 'open' when f.seen_on <= f.due then 'in_time' else 'late' end
    union all select 'follow_up_found', f.month::text, coalesce(f.reexploited, 'not_known') where f.done_at is not null
    union all select 'outcome_12', coalesce(f.seen, 'not_seen'), coalesce(f.reexploited, 'not_known') where f.month = 12 and is_trafficking(c.vmt_status)
  ) x (measure, a, b);

create view counted_clock as
  select k.id, null::uuid as case_id, 'clock'::text as measure, tirana_month(k.started_at) as month, coalesce(k.municipality, '') as municipality,
    ''::text as sex, ''::text as age, k.rule as a,
    case when k.breaches > 0 or k.stopped_at > k.due_at then 'missed' when k.stopped_at is null then 'running' else 'kept' end as b,
    1::bigint as n, 0::bigint as s
  from clock k where k.statutory;

create view counted_work as
  select w.id, w.case_id, w.measure, w.month, c.municipality, p.sex, age_band(p.born_from, p.born_to, w.month) as age, w.a, w.b,
    1::bigint as n, 0::bigint as s
  from (
    select id, case_id, 'assessment' as measure, tirana_month(at) as month, form as a, '' as b from assessment
    union all select id, case_id, 'plan_approved', tirana_month(approved_at), '', '' from plan where approved_at is not null
    union all select id, case_id, 'conference', first_of_month(held_on), '', '' from case_conference
    union all select id, case_id, 'consent', tirana_month(given_at), purpose, capacity from consent
    union all select id, case_id, 'transfer', tirana_month(requested_at), status, '' from transfer
  ) w join case_file c on c.id = w.case_id join person p on p.id = c.person_id;

create view counted_attendance as
  select a.conference_id as id, a.institution_id, a.case_id, 'attendance'::text as measure, first_of_month(k.held_on) as month, c.municipality,
    ''::text as sex, ''::text as age, i.kind as a, case when a.present then 'present' else 'absent' end as b, 1::bigint as n, 0::bigint as s
  from case_attendance a join case_conference k on k.id = a.conference_id join case_file c on c.id = a.case_id
    join institution i on i.id = a.institution_id;

create view counted_hotspot as
  select h.id, null::uuid as case_id, 'hotspot'::text as measure, date '2000-01-01' as month, h.municipality, ''::text as sex, ''::text as age,
    ''::text as a, ''::text as b, 1::bigint as n, 0::bigint as s
  from hotspot h where h.active;

-- That somebody told of an official, and what was done: how often in the nation, nothing else.
create view counted_tip as
  select t.id, null::uuid as case_id, x.measure, first_of_month(x.on_day) as month, ''::text as municipality, ''::text as sex, ''::text as age,
    x.a, ''::text as b, 1::bigint as n, 0::bigint as s
  from integrity_tip t cross join lateral (values ('tip', t.on_day, ''), ('tip_measure', t.measured_on, t.measure)) x (measure, on_day, a)
  where x.on_day is not null and x.a is not null;

-- Persons count once: by the canonical person (`id` here), whatever the number of records. -------------------------------
create view counted_identified as
  with first as (
    select distinct on (coalesce(p.same_as, p.id)) coalesce(p.same_as, p.id) as root, i.case_id, i.on_day, i.status, i.structure,
      i.forms, i.territory, i.screening_id, p.sex, p.born_from, p.born_to, p.citizenship
    from identification_record i join person p on p.id = i.person_id where i.status in ('vmt', 'vt')
    order by coalesce(p.same_as, p.id), i.on_day, i.at, i.id
  )
  select f.root as id, x.measure, first_of_month(f.on_day) as month, c.municipality, f.sex, age_band(f.born_from, f.born_to, f.on_day) as age,
    coalesce(x.a, '') as a, coalesce(x.b, '') as b, 1::bigint as n, x.s
  from first f join case_file c on c.id = f.case_id
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
  select coalesce(p.same_as, p.id), 'identified_again', first_of_month(i.on_day), c.municipality, p.sex, age_band(p.born_from, p.born_to, i.on_day),
    i.status, '', 1, 0
  from identification_record i join person p on p.id = i.person_id join case_file c on c.id = i.case_id
  where i.status in ('vmt', 'vt') and i.prior_trafficking;

-- Helped in a quarter, half-year, year: once in each, however many services; a service without an end counts where it began.
create view counted_assisted as
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
  -- Food and things are also told together: who got both was helped once.
  select root, 'assisted_service/' || span, month, min(municipality), min(sex), min(age_band(born_from, born_to, month)), kind,
    case when bool_or(is_trafficking(vmt_status)) then 'trafficking' when bool_or(vmt_status = 'at_risk') then 'at_risk' else '' end, 1, 0
  from helped cross join lateral (select service union all select 'food_or_material' where service in ('food', 'material')) k (kind)
  group by root, span, month, kind;

-- Children whom field teams met, once in each quarter, half-year and year; a child not yet registered counts as reported.
create view counted_field_child as
  with met as (
    select coalesce(p.same_as, p.id, k.id) as who, coalesce(p.same_as, p.id) as root, k.id as child, span.name as span,
      make_date(extract(year from d.day)::integer, ((extract(month from d.day)::integer - 1) / span.months) * span.months + 1, 1) as month,
      u.municipality, coalesce(p.sex, k.sex) as sex
    from report_child k join report r on r.id = k.report_id join unit u on u.id = r.created_unit and u.kind = 'field_team'
      left join person p on p.id = k.person_id
      cross join lateral (select (r.occurred_at at time zone 'Europe/Tirane')::date as day) d
      cross join (values ('quarter', 3), ('half', 6), ('year', 12)) span (name, months)
  )
  select root as id, 'field_child/' || span as measure, month, coalesce(min(municipality), '') as municipality, min(sex) as sex, ''::text as age,
    ''::text as a, ''::text as b, 1::bigint as n, 0::bigint as s
  from met where root is not null group by root, span, month
  union all
  select child, 'field_child/' || span, month, coalesce(municipality, ''), sex, '', '', '', 1, 0 from met where root is null;

do $$
declare
  v text;
begin
  foreach v in array array['counted_report', 'counted_case', 'counted_file', 'counted_screening', 'counted_service', 'counted_referral',
    'counted_measure', 'counted_follow_up', 'counted_clock', 'counted_work', 'counted_attendance', 'counted_hotspot', 'counted_tip',
    'counted_identified', 'counted_assisted', 'counted_field_child'] loop
    execute format('alter view %I owner to mb_stats', v);
  end loop;
end $$;

-- Emitting. Whoever changes what a person is (sex, birth) or where a case lies waits for those who count by it, and they for
-- him. A thousand locks for all persons, so that a load of many cases at once does not need one for each.
create function roll_lock(p_person uuid, p_alone boolean) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  drawer constant integer := hashtext(p_person::text) & 1023;
begin
  if p_person is null then
    return;
  elsif p_alone then
    perform pg_advisory_xact_lock(1300, drawer);
  else
    perform pg_advisory_xact_lock_shared(1300, drawer);
  end if;
end $$;
create function roll_person_of(p_case uuid) returns uuid language sql stable security definer set search_path = public, pg_temp return
  (select coalesce(p.same_as, p.id) from case_file c join person p on p.id = c.person_id where c.id = p_case);
create function roll_root(p_root uuid, p_sign integer) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, p_sign * n, p_sign * s from counted_identified where id = p_root;
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, p_sign * n, p_sign * s from counted_assisted where id = p_root;
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, p_sign * n, p_sign * s from counted_field_child where id = p_root;
end $$;

-- One trigger function a table, made from the same pattern: after an insert and around an update, the record's own contributions.
do $$
declare
  t record;
begin
  for t in select * from (values
    ('report', 'counted_report', 'id = $.id', ''),
    ('clock', 'counted_clock', 'id = $.id', ''),
    ('hotspot', 'counted_hotspot', 'id = $.id', ''),
    ('integrity_tip', 'counted_tip', 'id = $.id', ''),
    ('screening', 'counted_screening', 'id = $.id', 'roll_person_of(new.case_id)'),
    ('referral', 'counted_referral', 'id = $.id', 'roll_person_of(new.case_id)'),
    ('protection_measure', 'counted_measure', 'id = $.id', 'roll_person_of(new.case_id)'),
    ('follow_up', 'counted_follow_up', 'id = $.id', 'roll_person_of(new.case_id)'),
    ('assessment', 'counted_work', 'id = $.id and measure = ''assessment''', 'roll_person_of(new.case_id)'),
    ('case_conference', 'counted_work', 'id = $.id and measure = ''conference''', 'roll_person_of(new.case_id)'),
    ('consent', 'counted_work', 'id = $.id and measure = ''consent''', 'roll_person_of(new.case_id)'),
    ('transfer', 'counted_work', 'id = $.id and measure = ''transfer''', 'roll_person_of(new.case_id)'),
    ('case_attendance', 'counted_attendance', 'id = $.conference_id and institution_id = $.institution_id', 'roll_person_of(new.case_id)'),
    ('plan_goal', 'counted_file', 'id = $.case_id', 'roll_person_of(new.case_id)')
  ) as x (tab, view, which, person) loop
    execute format($f$
      create function %1$I() returns trigger language plpgsql security definer set search_path = public, pg_temp as $b$
      begin
        %5$s
        if tg_when = 'BEFORE' then
          insert into rollup_delta select measure, month, municipality, sex, age, a, b, -n, -s from %2$I where %3$s;
          return new;
        end if;
        insert into rollup_delta select measure, month, municipality, sex, age, a, b, n, s from %2$I where %4$s;
        return null;
      end $b$ $f$, 'roll_' || t.tab, t.view, replace(t.which, '$.', case t.tab when 'plan_goal' then 'new.' else 'old.' end),
      replace(t.which, '$.', 'new.'), case t.person when '' then '' else format('perform roll_lock(%s, false);', t.person) end);
    execute format('create trigger roll_in after insert on %I for each row execute function %I()', t.tab, 'roll_' || t.tab);
  end loop;
end $$;
-- A goal may complete a file: what the file counted for before is taken away first.
create trigger roll_before before insert on plan_goal for each row execute function roll_plan_goal();

create trigger roll_out before update on report for each row
  when (old.state is distinct from new.state or old.municipality is distinct from new.municipality) execute function roll_report();
create trigger roll_on after update on report for each row
  when (old.state is distinct from new.state or old.municipality is distinct from new.municipality) execute function roll_report();
create trigger roll_out before update on clock for each row when ((old.stopped_at, old.due_at, old.breaches > 0, old.municipality)
  is distinct from (new.stopped_at, new.due_at, new.breaches > 0, new.municipality)) execute function roll_clock();
create trigger roll_on after update on clock for each row when ((old.stopped_at, old.due_at, old.breaches > 0, old.municipality)
  is distinct from (new.stopped_at, new.due_at, new.breaches > 0, new.municipality)) execute function roll_clock();
do $$
declare
  t text;
begin
  foreach t in array array['hotspot', 'integrity_tip', 'screening', 'referral', 'protection_measure', 'follow_up', 'transfer'] loop
    execute format('create trigger roll_out before update on %I for each row when (old.* is distinct from new.*) execute function %I()', t, 'roll_' || t);
    execute format('create trigger roll_on after update on %I for each row when (old.* is distinct from new.*) execute function %I()', t, 'roll_' || t);
  end loop;
end $$;

-- A plan counts when approved, and may complete a file.
create function roll_plan() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  sign integer := case tg_when when 'BEFORE' then -1 else 1 end;
begin
  perform roll_lock(roll_person_of(new.case_id), false);
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, sign * n, sign * s from counted_work where id = new.id and measure = 'plan_approved';
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, sign * n, sign * s from counted_file where id = new.case_id;
  return case tg_when when 'BEFORE' then new end;
end $$;
create trigger roll_before before insert or update on plan for each row execute function roll_plan();
create trigger roll_in after insert or update on plan for each row execute function roll_plan();

-- A service counts by itself and may make its person one who was helped; an identification may make it a victim.
create function roll_service_delivery() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  root uuid := roll_person_of(new.case_id);
begin
  perform roll_lock(root, true);
  if tg_when = 'BEFORE' then
    insert into rollup_delta select measure, month, municipality, sex, age, a, b, -n, -s from counted_assisted where id = root;
    return new;
  end if;
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, n, s from counted_service where id = new.id;
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, n, s from counted_assisted where id = root;
  return null;
end $$;
create trigger roll_before before insert on service_delivery for each row execute function roll_service_delivery();
create trigger roll_in after insert on service_delivery for each row execute function roll_service_delivery();
create function roll_identified() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  root uuid := roll_person_of(new.case_id);
  sign integer := case tg_when when 'BEFORE' then -1 else 1 end;
begin
  perform roll_lock(root, true);
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, sign * n, sign * s from counted_identified where id = root;
  return case tg_when when 'BEFORE' then new end;
end $$;
create trigger roll_before before insert on identification_record for each row execute function roll_identified();
create trigger roll_in after insert on identification_record for each row execute function roll_identified();
-- The first report of a case says how its victim was found.
create trigger roll_before before insert on case_report for each row execute function roll_identified();
create trigger roll_in after insert on case_report for each row execute function roll_identified();

-- A referral out of the case of a victim: that victim was referred.
create function roll_referred() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  root uuid := roll_person_of(new.case_id);
  sign integer := case tg_when when 'BEFORE' then -1 else 1 end;
begin
  perform roll_lock(root, true);
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, sign * n, sign * s from counted_identified where id = root and measure = 'identified_referred';
  return case tg_when when 'BEFORE' then new end;
end $$;
create trigger roll_before_case before insert on referral for each row when (new.case_id is not null) execute function roll_referred();
create trigger roll_in_case after insert on referral for each row when (new.case_id is not null) execute function roll_referred();

-- A reported child becomes a person: from then on it counts with whatever else that person was met for.
create function roll_report_child() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  sign integer := case tg_when when 'BEFORE' then -1 else 1 end;
  who uuid;
begin
  for who in select distinct coalesce(p.same_as, p.id) from person p
      where p.id in (new.person_id, case when tg_op = 'UPDATE' then old.person_id end) order by 1 loop
    perform roll_lock(who, true);
    insert into rollup_delta select measure, month, municipality, sex, age, a, b, sign * n, sign * s from counted_field_child where id = who;
  end loop;
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, sign * n, sign * s from counted_field_child where id = new.id;
  return case tg_when when 'BEFORE' then new end;
end $$;
create trigger roll_before before insert on report_child for each row when (new.person_id is not null) execute function roll_report_child();
create trigger roll_in after insert on report_child for each row execute function roll_report_child();
create trigger roll_out before update on report_child for each row when (old.person_id is distinct from new.person_id) execute function roll_report_child();
create trigger roll_on after update on report_child for each row when (old.person_id is distinct from new.person_id) execute function roll_report_child();

-- Everything that is counted by where a case lies and whose it is.
create function roll_whole_case(p_case uuid, p_sign integer) returns void language plpgsql security definer set search_path = public, pg_temp as $$
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
  loop
    insert into rollup_delta values (r.measure, r.month, r.municipality, r.sex, r.age, r.a, r.b, p_sign * r.n, p_sign * r.s);
  end loop;
end $$;
create function roll_case_file() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  sign integer := case tg_when when 'BEFORE' then -1 else 1 end;
  moved boolean := tg_op = 'UPDATE' and (old.municipality, old.person_id, old.vmt_status) is distinct from (new.municipality, new.person_id, new.vmt_status);
  one uuid;
  root uuid;
begin
  if moved then
    for root in select coalesce(p.same_as, p.id) from person p where p.id in (old.person_id, new.person_id) order by 1 loop
      perform roll_lock(root, true);
      perform roll_root(root, sign);
    end loop;
    perform roll_whole_case(new.id, sign);
  else
    perform roll_lock((select coalesce(p.same_as, p.id) from person p where p.id = new.person_id), false);
    insert into rollup_delta select measure, month, municipality, sex, age, a, b, sign * n, sign * s from counted_case where id = new.id;
    insert into rollup_delta select measure, month, municipality, sex, age, a, b, sign * n, sign * s from counted_file where id = new.id;
  end if;
  return case tg_when when 'BEFORE' then new end;
end $$;
create trigger roll_in after insert on case_file for each row execute function roll_case_file();
create trigger roll_out before update on case_file for each row when (
  (old.municipality, old.person_id, old.vmt_status, old.closed_at, old.closure_reason, old.episode, old.concerns, old.risk_level, old.manager_id is null)
  is distinct from (new.municipality, new.person_id, new.vmt_status, new.closed_at, new.closure_reason, new.episode, new.concerns, new.risk_level, new.manager_id is null))
  execute function roll_case_file();
create trigger roll_on after update on case_file for each row when (
  (old.municipality, old.person_id, old.vmt_status, old.closed_at, old.closure_reason, old.episode, old.concerns, old.risk_level, old.manager_id is null)
  is distinct from (new.municipality, new.person_id, new.vmt_status, new.closed_at, new.closure_reason, new.episode, new.concerns, new.risk_level, new.manager_id is null))
  execute function roll_case_file();

-- Corrected sex, birth or citizenship, and persons found to be one: everything counted by them moves.
create function roll_person() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  sign integer := case tg_when when 'BEFORE' then -1 else 1 end;
  root uuid;
  one uuid;
begin
  for root in select distinct r from unnest(array[coalesce(old.same_as, old.id), coalesce(new.same_as, new.id)]) r order by 1 loop
    perform roll_lock(root, true);
    perform roll_root(root, sign);
  end loop;
  for one in select id from case_file where person_id = new.id loop
    perform roll_whole_case(one, sign);
  end loop;
  return case tg_when when 'BEFORE' then new end;
end $$;
create trigger roll_out before update on person for each row when ((old.sex, old.born_from, old.born_to, old.citizenship, old.same_as)
  is distinct from (new.sex, new.born_from, new.born_to, new.citizenship, new.same_as)) execute function roll_person();
create trigger roll_on after update on person for each row when ((old.sex, old.born_from, old.born_to, old.citizenship, old.same_as)
  is distinct from (new.sex, new.born_from, new.born_to, new.citizenship, new.same_as)) execute function roll_person();

do $$
declare
  f regprocedure;
begin
  for f in select oid::regprocedure from pg_proc where pronamespace = 'public'::regnamespace and proname like 'roll\_%' loop
    execute format('grant execute on function %s to mb_stats', f);
    execute format('alter function %s owner to mb_stats', f);
  end loop;
end $$;

-- Folding, reading, counting anew. -----------------------------------------------------------------------------------
create function rollup_fold() returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  folded bigint;
begin
  if not pg_try_advisory_xact_lock(13, 1) then
    return 0;
  end if;
  with gone as (
    delete from rollup_delta returning *
  ), fine as (
    insert into rollup select measure, month, municipality, sex, age, a, b, sum(n), sum(s) from gone group by 1, 2, 3, 4, 5, 6, 7
      having sum(n) <> 0 or sum(s) <> 0
    on conflict (measure, month, municipality, sex, age, a, b) do update set n = rollup.n + excluded.n, s = rollup.s + excluded.s
  ), years as (
    insert into rollup_year select measure, date_trunc('year', month)::date, municipality, sex, age, a, b, sum(n), sum(s) from gone
      where rollup_stands(measure) group by 1, 2, 3, 4, 5, 6, 7 having sum(n) <> 0 or sum(s) <> 0
    on conflict (measure, month, municipality, sex, age, a, b) do update set n = rollup_year.n + excluded.n, s = rollup_year.s + excluded.s
  ), whole as (
    insert into rollup_total select measure, month, a, b, sum(n), sum(s) from gone group by 1, 2, 3, 4 having sum(n) <> 0 or sum(s) <> 0
    on conflict (measure, month, a, b) do update set n = rollup_total.n + excluded.n, s = rollup_total.s + excluded.s
  )
  select count(*) into folded from gone;
  return folded;
end $$;

-- The nation's totals of these measures, folded and unfolded.
create function rollup_totals(p_measures text[], p_from date, p_until date)
  returns table (measure text, a text, b text, n bigint, s bigint) language sql stable security definer
  set search_path = public, pg_temp as $$
  select measure, a, b, sum(n)::bigint, sum(s)::bigint from (
    select t.measure, t.a, t.b, t.n, t.s from rollup_total t where t.measure = any (p_measures) and t.month >= p_from and t.month < p_until
    union all
    select d.measure, d.a, d.b, d.n, d.s from rollup_delta d where d.measure = any (p_measures) and d.month >= p_from and d.month < p_until
  ) x group by 1, 2, 3 having sum(n) <> 0 or sum(s) <> 0
$$;
-- The same by municipality, sex or age ('' for none of them), of these ages only where given. From 2000-01-01 on is «as it
-- stands»: only for such measures, of which whole years lie ready.
create function rollup_split(p_measures text[], p_from date, p_until date, p_by text, p_ages text[])
  returns table (measure text, key text, a text, b text, n bigint, s bigint) language plpgsql stable security definer
  set search_path = public, pg_temp as $$
declare
  stands constant boolean := p_from = date '2000-01-01';
  months constant date := case when stands then date_trunc('year', p_until)::date else p_from end;
begin
  if stands and exists (select from unnest(p_measures) m where not rollup_stands(m)) then
    raise exception 'a measure of % is not kept as it stands', p_measures;
  end if;
  return query
    select x.measure, case p_by when 'municipality' then x.municipality when 'sex' then x.sex when 'age' then x.age else '' end,
      x.a, x.b, sum(x.n)::bigint, sum(x.s)::bigint from (
      select t.measure, t.municipality, t.sex, t.age, t.a, t.b, t.n, t.s from rollup t
        where t.measure = any (p_measures) and t.month >= months and t.month < p_until and (p_ages is null or t.age = any (p_ages))
      union all
      select t.measure, t.municipality, t.sex, t.age, t.a, t.b, t.n, t.s from rollup_year t
        where stands and t.measure = any (p_measures) and t.month < months and (p_ages is null or t.age = any (p_ages))
      union all
      select d.measure, d.municipality, d.sex, d.age, d.a, d.b, d.n, d.s from rollup_delta d
        where d.measure = any (p_measures) and d.month >= p_from and d.month < p_until and (p_ages is null or d.age = any (p_ages))
    ) x group by 1, 2, 3, 4 having sum(x.n) <> 0 or sum(x.s) <> 0;
end $$;
-- Everything counted from the records themselves: what the running totals must equal.
create function rollup_recount() returns table (measure text, month date, municipality text, sex text, age text, a text, b text, n bigint, s bigint)
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
  ) x group by 1, 2, 3, 4, 5, 6, 7 having sum(n) <> 0 or sum(s) <> 0
$$;
grant execute on function rollup_fold() to mb_jobs;
grant execute on function rollup_totals(text[], date, date), rollup_split(text[], date, date, text, text[]) to mb_app;
do $$
declare
  f text;
begin
  foreach f in array array['rollup_fold()', 'rollup_totals(text[], date, date)', 'rollup_split(text[], date, date, text, text[])', 'rollup_recount()'] loop
    execute format('grant execute on function %s to mb_stats', f);
    execute format('alter function %s owner to mb_stats', f);
  end loop;
end $$;

-- What its owner gave away it is given back by the new one.
set role mb_stats;
grant execute on function rollup_recount() to mb_owner;
set role mb_owner;

-- Running totals made anew from the records: for a register that was filled before it counted, and when a list changes by
-- which is counted. Whoever writes meanwhile waits.
create function rollup_rebuild() returns void language plpgsql set search_path = public, pg_temp as $$
begin
  lock table rollup_delta in exclusive mode;
  delete from rollup_delta;
  delete from rollup;
  delete from rollup_year;
  delete from rollup_total;
  insert into rollup select * from rollup_recount();
  insert into rollup_year select measure, date_trunc('year', month)::date, municipality, sex, age, a, b, sum(n), sum(s) from rollup
    where rollup_stands(measure) group by 1, 2, 3, 4, 5, 6, 7;
  insert into rollup_total select measure, month, a, b, sum(n), sum(s) from rollup group by 1, 2, 3, 4;
end $$;
grant execute on function rollup_rebuild() to mb_owner;
select rollup_rebuild();

-- The catalogue ------------------------------------------------------------------------------------------------------
create table indicator (
  id text primary key check (id ~ '^S[0-9]{3}-[A-Za-z0-9.-]{2,40}$'),
  ordinal integer not null,
  plan text not null,
  pillar text not null,
  level text not null,
  node_ref text not null,
  node_uid text,
  wording_en text not null check (length(wording_en) between 1 and 500),
  wording_sq text check (length(wording_sq) between 1 and 1000),
  unit text not null,
  disaggregations text[] not null,
  source_said text not null,
  mode text not null check (mode in ('AUTO', 'REG', 'DOC', 'EXT', 'SURV', 'REV')),
  kind text not null check (kind in ('counted', 'collected', 'external')),
  frequency text not null,
  reporters text[] not null,
  note text not null,
  computation text not null
);
create index indicator_of_plan on indicator (plan, ordinal);
create table indicator_baseline (
  id text primary key,
  indicator_id text references indicator,
  kind text not null check (kind in ('baseline', 'target')),
  subject_en text not null,
  subject_sq text not null,
  value numeric not null,
  bound text not null check (bound in ('exactly', 'at_least', 'at_most', 'change')),
  unit text not null,
  period text not null,
  source text not null
);
select protect_table('indicator', 'T0', 'the indicators of the plans: wording, unit, source, frequency, who reports');
select protect_table('indicator_baseline', 'T0', 'figures that the plans start from and aim at, with their source');

-- Figures that institutions bring, each with what shows it; a correction is a further version.
create table indicator_value (
  id uuid not null,
  version integer not null check (version > 0),
  stands boolean not null,
  indicator_id text not null references indicator,
  kind text not null check (kind in ('collected', 'external')),
  period_from date not null,
  period_to date not null,
  value numeric not null check (value between -1e15 and 1e15),
  unit text not null,
  breakdown jsonb not null check (pg_column_size(breakdown) <= 16384),
  evidence text not null check (length(evidence) between 1 and 1000),
  reason text check (length(reason) <= 500),
  institution_id uuid not null references institution,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (id, version),
  check (period_to >= period_from)
);
create unique index indicator_value_stands on indicator_value (id) where stands;
create unique index indicator_value_once on indicator_value (indicator_id, institution_id, period_from, period_to) where stands;
create index indicator_value_of on indicator_value (indicator_id, period_from);
select protect_table('indicator_value', 'T1', 'figures entered by institutions, with evidence; every version stays');
grant select, insert on indicator_value to mb_app;
grant update (stands) on indicator_value to mb_app;
create policy signed_in_reads on indicator_value for select to mb_app using ((select me_role()) not in ('public'));
create policy institution_reports on indicator_value for insert to mb_app
  with check (institution_id = (select me_institution()) and recorded_by = (select me_user()) and (select me_role()) not in ('admin', 'dpo', 'public'));
create policy institution_corrects on indicator_value for update to mb_app
  using (institution_id = (select me_institution()) and (select me_role()) not in ('admin', 'dpo', 'public'));

-- What a published report said. Never changed: a correction is a further report.
create table indicator_frozen (
  id uuid primary key,
  report_id uuid not null,
  indicator_id text not null references indicator,
  period_from date not null,
  period_to date not null,
  value numeric,
  numerator numeric,
  denominator numeric,
  breakdown jsonb not null check (pg_column_size(breakdown) <= 131072),
  kind text not null check (kind in ('counted', 'collected', 'external')),
  query text,
  query_version integer,
  records bigint not null check (records >= 0),
  operational boolean not null,
  frozen_by uuid not null,
  frozen_at timestamptz not null,
  unique (report_id, indicator_id)
);
create index indicator_frozen_of on indicator_frozen (indicator_id, period_from);
select protect_table('indicator_frozen', 'T1', 'figures as a report published them: value, period, version of the query, number of records, who froze them');
grant select, insert on indicator_frozen to mb_app;
create policy everyone_reads on indicator_frozen for select to mb_app using (true);
create policy freezer_writes on indicator_frozen for insert to mb_app
  with check (frozen_by = (select me_user()) and (select me_role()) not in ('admin', 'dpo', 'public'));

-- Surveys: an instrument, its waves, and counts of answers; nobody who answered is in here. ---------------------------------
create table survey (
  id uuid primary key,
  kind text not null check (kind in ('population', 'school', 'staff', 'satisfaction', 'actors', 'at_risk')),
  title_sq text not null check (length(title_sq) between 1 and 200),
  title_en text not null check (length(title_en) between 1 and 200),
  instrument text not null check (length(instrument) between 1 and 200),
  instrument_version text not null check (length(instrument_version) between 1 and 40),
  population text not null check (length(population) between 1 and 300),
  indicator_ids text[] not null,
  questions jsonb not null check (pg_column_size(questions) <= 65536),
  institution_id uuid not null references institution,
  created_at timestamptz not null,
  version integer not null
);
create index survey_newest on survey (created_at desc, id desc);
create table survey_wave (
  id uuid primary key,
  survey_id uuid not null references survey,
  ordinal integer not null check (ordinal > 0),
  period_from date not null,
  period_to date not null,
  method text not null check (length(method) between 1 and 300),
  sample integer not null check (sample between 1 and 1000000),
  answered integer not null check (answered between 0 and sample),
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  unique (survey_id, ordinal),
  check (period_to >= period_from)
);
create table survey_answer_count (
  wave_id uuid not null references survey_wave,
  question text not null,
  answer text not null,
  n integer not null check (n between 0 and 1000000),
  primary key (wave_id, question, answer)
);
select protect_table('survey', 'T1', 'surveys: instrument and its version, population, questions');
select protect_table('survey_wave', 'T1', 'when a survey was held, how, and how many answered');
select protect_table('survey_answer_count', 'T1', 'how many gave which answer; nobody who answered');
grant select, insert on survey, survey_wave, survey_answer_count to mb_app;
grant update (version) on survey to mb_app;
create policy signed_in_reads on survey for select to mb_app using ((select me_role()) not in ('public'));
create policy signed_in_reads on survey_wave for select to mb_app using ((select me_role()) not in ('public'));
create policy institution_asks on survey for insert to mb_app
  with check (institution_id = (select me_institution()) and (select me_role()) not in ('admin', 'dpo', 'public'));
create policy institution_asks_on on survey for update to mb_app
  using (institution_id = (select me_institution()) and (select me_role()) not in ('admin', 'dpo', 'public'));
create policy own_survey on survey_wave for insert to mb_app with check (recorded_by = (select me_user())
  and exists (select 1 from survey s where s.id = survey_id and s.institution_id = (select me_institution())));
create policy with_wave on survey_answer_count for select to mb_app using (exists (select 1 from survey_wave w where w.id = wave_id));
create policy own_survey on survey_answer_count for insert to mb_app with check (exists (select 1 from survey_wave w
  join survey s on s.id = w.survey_id where w.id = wave_id and s.institution_id = (select me_institution())));

do $$
declare t text;
begin
  foreach t in array array['indicator', 'indicator_baseline'] loop
    execute format('grant select on %I to mb_app, mb_jobs', t);
    execute format('create policy everyone_reads on %I for select to mb_app, mb_jobs using (true)', t);
  end loop;
end $$;
