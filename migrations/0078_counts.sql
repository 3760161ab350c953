-- What the trafficking track makes countable: proceedings, doors, returns, safety outside shelters, adults among those who were helped.
-- Counted from the records at the time of asking: there are few of them, and nothing is kept that could differ. Each line of `track_rows`
-- is one thing counted: its part of the figure, what it is a part of, and the codes it can be split by.

-- By what a proceeding can be told apart: articles that stand, stage as it is now, county, whether its victims are children or adults.
create function proceeding_splits(p_id uuid) returns jsonb language sql stable set search_path = public, pg_temp as $$
  select jsonb_build_object('stage', p.stage, 'county', coalesce(p.county, ''),
    'article', coalesce((select jsonb_agg(a.article) from proceeding_article a where a.proceeding_id = p.id and a.until is null), '[]'),
    'subject', coalesce((select jsonb_agg(distinct v.subject) from proceeding_victim v where v.proceeding_id = p.id), '[]'))
  from proceeding p where p.id = p_id
$$;
revoke all on function proceeding_splits(uuid) from public;
-- What a file can be told apart by.
create function track_splits(p_id uuid, p_day date) returns jsonb language sql stable set search_path = public, pg_temp as $$
  select jsonb_build_object('subject', f.subject, 'status', f.status, 'county', coalesce(f.county, ''), 'sex', p.sex,
    'age', age_band(p.born_from, p.born_to, p_day), 'form', to_jsonb(f.forms), 'territory', f.territory, 'structure', f.structure,
    'citizenship', coalesce(p.citizenship, ''))
  from nrm_file f join person p on p.id = f.person_id where f.id = p_id
$$;
revoke all on function track_splits(uuid, date) from public;

-- Each branch runs for its own measure alone.
create function justice_rows(p_measure text, p_from date, p_until date) returns table (by jsonb, n bigint, whole bigint)
  language sql stable set search_path = public, pg_temp as $$
  select proceeding_splits(c.proceeding_id), 1::bigint, null::bigint from proceeding_claim c
    where p_measure = 'awarded' and c.route <> 'state_scheme' and c.awarded > 0 and c.awarded_on >= p_from and c.awarded_on < p_until
  union all
  select proceeding_splits(p.id), 1, null from proceeding p
    where p_measure in ('proactive', 'public_tip') and p.track and p.origin = p_measure and p.opened_on >= p_from and p.opened_on < p_until
  union all
  -- Each proceeding once: the last of its ways out of the investigation that lies in the period.
  select proceeding_splits(x.id), (x.kind = 'moved')::int, 1 from (
    select distinct on (p.id) p.id, s.kind from proceeding p join proceeding_step s on s.proceeding_id = p.id
    where p_measure = 'prosecuted' and p.track and s.on_day >= p_from and s.on_day < p_until
      and (s.kind = 'moved' and s.to_stage = 'charged' or s.kind = 'closed' and s.from_stage in ('report', 'investigation'))
    order by p.id, s.at desc, s.id) x
  union all
  select proceeding_splits(p.id) || jsonb_build_object('measure', m.measures), 1, null from proceeding p cross join lateral (
      select jsonb_agg(distinct m.measure) as measures from proceeding_measure m
      where m.proceeding_id = p.id and m.measure in ('video_link', 'separate_waiting', 'identity_withheld') and m.on_day < p_until
        and (m.until is null or m.until >= p_from)) m
    where p_measure = 'protected' and p.track and m.measures is not null
  union all
  -- That a single person is protected must not follow from a figure: whole fives alone are told.
  select '{}', (w.n / 5) * 5, null from (
      select count(distinct coalesce(f.person_id, c.person_id, v.id)) as n from witness_protection w join proceeding_victim v on v.id = w.victim_id
        left join nrm_file f on f.id = v.nrm_id left join case_file c on c.id = v.case_id
      where p_measure = 'witness' and w.state = 'admitted' and w.on_day < p_until
        and (f.id is not null and exists (select 1 from identification_record i where i.nrm_id = f.id and i.status = 'vt' and i.on_day < p_until)
          or c.vmt_status = 'vt')) w
    where p_measure = 'witness'
  union all
  select proceeding_splits(p.id), 1, null from proceeding p
    where p_measure in ('minors', 'international')
      and exists (select 1 from proceeding_step s where s.proceeding_id = p.id and s.kind = 'moved' and s.to_stage = 'charged'
        and s.on_day >= p_from and s.on_day < p_until)
      and case p_measure when 'international' then p.track and p.origin = 'international' else exists (select 1 from proceeding_article a
        where a.proceeding_id = p.id and a.until is null and a.article in ('124/b', '128/b')) end
  union all
  -- Prosecutions and convictions stand side by side; `step` says which.
  select proceeding_splits(p.id) || jsonb_build_object('step', s.step), 1, null from proceeding p cross join lateral (
      select distinct case s.to_stage when 'charged' then 'charged' else 'convicted' end as step from proceeding_step s
      where s.proceeding_id = p.id and s.kind = 'moved' and s.on_day >= p_from and s.on_day < p_until
        and (s.to_stage = 'charged' or s.to_stage = 'judgment' and p.outcome in ('convicted', 'partly'))) s
    where p_measure = 'child_trafficking' and (exists (select 1 from proceeding_article a where a.proceeding_id = p.id and a.until is null
        and a.article = '128/b') or p.track and exists (select 1 from proceeding_victim v where v.proceeding_id = p.id and v.subject = 'child'))
  union all
  select proceeding_splits(p.id), 1, null from proceeding p
    where p_measure in ('successful', 'proactive_convicted') and p.track and p.outcome in ('convicted', 'partly')
      and (p_measure = 'successful' or p.origin = 'proactive')
      and exists (select 1 from proceeding_step s where s.proceeding_id = p.id and s.kind = 'moved' and s.to_stage = 'final'
        and s.on_day >= p_from and s.on_day < p_until)
  union all
  select track_splits(f.id, p_from), (exists (select 1 from proceeding_aid a join proceeding_victim v on v.id = a.victim_id
        where a.kind = 'lawyer' and a.basis <> 'own' and (v.nrm_id = f.id or v.case_id = f.case_id))
      or exists (select 1 from service_delivery d where d.case_id = f.case_id and d.service = 'legal'))::int, 1 from nrm_file f
    where p_measure = 'child_legal_aid' and f.subject = 'child' and not f.lowered
      and f.opened_at >= p_from::timestamp at time zone 'Europe/Tirane' and f.opened_at < p_until::timestamp at time zone 'Europe/Tirane'
$$;
revoke all on function justice_rows(text, date, date) from public;

create function door_rows(p_measure text, p_from date, p_until date) returns table (by jsonb, n bigint, whole bigint)
  language sql stable set search_path = public, pg_temp as $$
  -- A crossing is regular that wrote down a child in each month of the period that has begun.
  select jsonb_build_object('county', coalesce(m.county, '')),
      (case p_measure when 'crossings_regular' then not exists (
          select 1 from generate_series(p_from::timestamp, least(p_until - 1, (me_now() at time zone 'Europe/Tirane')::date)::timestamp, interval '1 month') g
          where not exists (select 1 from border_daily d where d.crossing = b.id and d.on_day >= g::date and d.on_day < (g + interval '1 month')::date))
        else exists (select 1 from border_daily d where d.crossing = b.id and d.on_day >= p_from and d.on_day < p_until) end)::int, 1
    from border_crossing b left join municipality m on m.code = b.municipality
    where p_measure in ('crossings_regular', 'crossings_used') and p_from <= (me_now() at time zone 'Europe/Tirane')::date
  union all
  select jsonb_build_object('category', d.category, 'direction', d.direction, 'crossing', d.crossing), d.n, null from border_daily d
    where p_measure = 'border_children' and d.on_day >= p_from and d.on_day < p_until
  union all
  select track_splits(f.id, p_from) || jsonb_build_object('sector', i.sector), 1, null from nrm_file f
    cross join lateral (select i.sector from case_report k join inspection i on i.report_id = k.report_id
      where k.case_id = f.case_id and cardinality(i.joint_with) > 0 order by k.at limit 1) i
    where p_measure = 'joint_labour' and not f.lowered and f.forms && array['labour']
      and f.opened_at >= p_from::timestamp at time zone 'Europe/Tirane' and f.opened_at < p_until::timestamp at time zone 'Europe/Tirane'
  union all
  select jsonb_build_object('county', i.county, 'sector', i.sector), 1, null from inspection i
    where p_measure = 'joint_inspections' and cardinality(i.joint_with) > 0 and i.on_day >= p_from and i.on_day < p_until
  union all
  select track_splits(f.id, p_from), 1, null from nrm_file f
    where not f.lowered and case p_measure
        when 'by_inspectors' then f.structure = 'labour_inspector' or f.door = 'inspection'
          or exists (select 1 from case_report k join inspection i on i.report_id = k.report_id where k.case_id = f.case_id)
        when 'by_control' then f.door in ('inspection', 'border') or exists (select 1 from case_report k where k.case_id = f.case_id
          and (exists (select 1 from inspection i where i.report_id = k.report_id) or exists (select 1 from border_check c where c.report_id = k.report_id)))
        when 'consular' then f.door = 'consulate' else false end
      and f.opened_at >= p_from::timestamp at time zone 'Europe/Tirane' and f.opened_at < p_until::timestamp at time zone 'Europe/Tirane'
  union all
  select jsonb_build_object('county', coalesce(u.county, '')), 1, null from transfer t join unit u on u.id = t.from_unit_id
    where p_measure = 'border_transfers' and t.status = 'accepted'
      and t.requested_at >= p_from::timestamp at time zone 'Europe/Tirane' and t.requested_at < p_until::timestamp at time zone 'Europe/Tirane'
      and exists (select 1 from case_report k join report r on r.id = k.report_id join unit b on b.id = r.created_unit and b.kind = 'border_police'
        where k.case_id = t.case_id)
$$;
revoke all on function door_rows(text, date, date) from public;

create function return_rows(p_measure text, p_from date, p_until date) returns table (by jsonb, n bigint, whole bigint)
  language sql stable set search_path = public, pg_temp as $$
  select track_splits(r.nrm_id, p_from) || jsonb_build_object('country', r.country),
      case p_measure
        when 'returned_complete' then (r.notice_on < r.received_on and x.seen)::int
        when 'sent_assisted' then x.helped::int
        when 'returned_checked' then (r.notice_on < r.received_on and r.risk is not null and (r.risk = 'low' or x.safe) and x.managed and x.seen)::int
        when 'sent_by_rules' then (r.risk is not null and x.agreed and (r.subject = 'adult' or x.escorted))::int
        when 'child_prepared' then (r.notice_on < r.received_on and x.helped)::int
        when 'travel_lek' then x.travel
        when 'child_days' then r.handed_on - r.notice_on
        else 1 end,
      case when p_measure in ('returned_complete', 'sent_assisted', 'returned_checked', 'sent_by_rules', 'child_prepared', 'child_days') then 1 end
    from nrm_return r join nrm_file f on f.id = r.nrm_id cross join lateral (
      select exists (select 1 from return_escort e where e.return_id = r.id and e.used) as escorted,
        exists (select 1 from return_escort e where e.return_id = r.id and e.used)
          or exists (select 1 from return_cost c where c.return_id = r.id and c.used and c.source not in ('family', 'gap')) as helped,
        coalesce((select sum(c.amount_lek) from return_cost c where c.return_id = r.id and c.used and c.what = 'travel'
          and c.source not in ('family', 'gap')), 0)::bigint as travel,
        exists (select 1 from return_follow_up u where u.return_id = r.id and u.seen_on is not null) as seen,
        exists (select 1 from safety_plan s where s.nrm_id = r.nrm_id) as safe,
        f.manager_id is not null or exists (select 1 from case_file c where c.id = coalesce(r.handed_case_id, f.case_id) and c.manager_id is not null) as managed,
        case r.subject when 'child' then exists (select 1 from return_determination d where d.return_id = r.id and d.outcome = 'return'
            and d.signed_at is not null)
          else exists (select 1 from return_consent c where c.return_id = r.id and c.who = 'adult' and c.answer = 'given' and c.withdrawn_at is null)
        end as agreed) x
    where not f.lowered and case
      when p_measure in ('returned_assisted', 'returned_vt', 'returned_complete', 'child_prepared') then r.direction = 'incoming'
        and r.received_on >= p_from and r.received_on < p_until
        and case p_measure when 'returned_assisted' then x.helped when 'child_prepared' then r.subject = 'child'
          when 'returned_vt' then exists (select 1 from identification_record i where i.nrm_id = r.nrm_id and i.status = 'vt') else true end
      when p_measure = 'returned_checked' then r.received_on >= p_from and r.received_on < p_until
      when p_measure in ('sent_assisted', 'sent_by_rules', 'travel_lek') then r.direction = 'outgoing'
        and (r.set_off_at at time zone 'Europe/Tirane')::date >= p_from and (r.set_off_at at time zone 'Europe/Tirane')::date < p_until
      when p_measure = 'child_returns' then r.subject = 'child' and r.notice_on >= p_from and r.notice_on < p_until
      when p_measure = 'child_days' then r.subject = 'child' and r.handed_on >= p_from and r.handed_on < p_until
      else false end
  union all
  -- Children whose trafficking crossed a border, or who were announced across one: each file once.
  select track_splits(f.id, p_from), 1, null from nrm_file f
    where p_measure in ('child_cross', 'child_cross_assisted') and f.subject = 'child' and not f.lowered
      and (f.territory = 'cross_border' and f.opened_at >= p_from::timestamp at time zone 'Europe/Tirane'
          and f.opened_at < p_until::timestamp at time zone 'Europe/Tirane'
        or exists (select 1 from nrm_return r where r.nrm_id = f.id and r.notice_on >= p_from and r.notice_on < p_until))
      and (p_measure = 'child_cross' or exists (select 1 from service_delivery d where d.case_id = f.case_id)
        or exists (select 1 from assistance_service s where s.nrm_id = f.id))
  union all
  select jsonb_build_object('country', a.country), 1, null from agreement a
    where p_measure = 'agreements' and a.valid_from < p_until and (a.valid_to is null or a.valid_to >= p_until - 1)
      and (a.ended_on is null or a.ended_on >= p_until)
$$;
revoke all on function return_rows(text, date, date) from public;

create function help_rows(p_measure text, p_from date, p_until date) returns table (by jsonb, n bigint, whole bigint)
  language sql stable set search_path = public, pg_temp as $$
  -- Outside a shelter at the end of the period, or gone from one within it: whether risk and safety plan are written.
  select track_splits(f.id, p_from), (exists (select 1 from assistance_risk k where k.nrm_id = f.id and k.on_day < p_until)
      and exists (select 1 from safety_plan s where s.nrm_id = f.id and s.on_day < p_until))::int, 1
    from nrm_file f where p_measure = 'safe_outside' and not f.lowered and f.opened_at < p_until::timestamp at time zone 'Europe/Tirane'
      and (f.exited_at is null or f.exited_at >= p_until::timestamp at time zone 'Europe/Tirane')
      and not exists (select 1 from shelter_stay s where s.nrm_id = f.id and s.started_on < p_until and (s.ended_on is null or s.ended_on >= p_until))
      and not exists (select 1 from placement l where l.case_id = f.case_id and l.kind = 'shelter' and l.started_on < p_until
        and (l.ended_on is null or l.ended_on >= p_until))
  union all
  select track_splits(x.nrm_id, p_from) || jsonb_build_object('to', x.leaves_to), (exists (select 1 from assistance_risk k where k.nrm_id = x.nrm_id
      and k.on_day <= x.ended_on) and exists (select 1 from safety_plan s where s.nrm_id = x.nrm_id and s.on_day <= x.ended_on))::int, 1
    from (select s.nrm_id, s.ended_on, s.leaves_to from shelter_stay s
        where s.ended_on >= p_from and s.ended_on < p_until and s.leaves_to not in ('other_shelter', 'died')
      union all
      select f.id, l.ended_on, 'family' from placement l join nrm_file f on f.case_id = l.case_id and not f.lowered
        where l.kind = 'shelter' and l.status = 'ended' and l.ended_on >= p_from and l.ended_on < p_until
          and f.opened_at < (l.ended_on + 1)::timestamp at time zone 'Europe/Tirane') x
    where p_measure = 'safe_leaving'
  union all
  -- Adults, a year after help began to be followed: due in the period; who was not seen counts as not well.
  select track_splits(f.id, u.due) || jsonb_build_object('municipality', coalesce(f.municipality, '')),
      (case p_measure when 'adult_reintegrated' then coalesce(g.good, false) and u.reexploited = 'no' and p.sex = 'male' else coalesce(g.good, false) end)::int,
      case p_measure when 'adult_year_after' then 1 end
    from assistance_follow_up u join nrm_file f on f.id = u.nrm_id join person p on p.id = f.person_id cross join lateral (
      select u.job not in ('none', 'not_of_age', 'not_known') or u.network = 'yes' as good) g
    where p_measure in ('adult_year_after', 'adult_reintegrated') and f.subject = 'adult' and u.month = 12 and u.due >= p_from and u.due < p_until
  union all
  select jsonb_build_object('source', t.source), t.received, null from shelter_tranche t
    where p_measure = 'tranches' and t.received_on >= p_from and t.received_on < p_until
  union all
  select '{}', 1, null from child_list l where p_measure = 'child_lists'
    and (l.received_at at time zone 'Europe/Tirane')::date >= p_from and (l.received_at at time zone 'Europe/Tirane')::date < p_until
  union all
  -- Children of whom the labour inspectorate told, and whose case began in the period; then their plans.
  select jsonb_build_object('county', c.county, 'municipality', c.municipality, 'sex', p.sex, 'age', age_band(p.born_from, p.born_to, p_from)), 1, null
    from case_file c join person p on p.id = c.person_id
    where p_measure in ('inspected_children', 'inspected_plans')
      and exists (select 1 from case_report k join report r on r.id = k.report_id where k.case_id = c.id and r.source = 'labour_inspectorate')
      and case p_measure when 'inspected_children' then (c.opened_at at time zone 'Europe/Tirane')::date >= p_from
          and (c.opened_at at time zone 'Europe/Tirane')::date < p_until
        else exists (select 1 from plan l where l.case_id = c.id and (l.approved_at at time zone 'Europe/Tirane')::date >= p_from
          and (l.approved_at at time zone 'Europe/Tirane')::date < p_until) end
  union all
  -- Of the towns with an open case of economic exploitation, those that wrote something into one in the period.
  select '{}', max((exists (select 1 from event e where e.record_id = c.id and e.kind = 'case_file'
      and e.occurred_at >= p_from::timestamp at time zone 'Europe/Tirane' and e.occurred_at < p_until::timestamp at time zone 'Europe/Tirane'))::int), 1
    from case_file c
    where p_measure = 'towns_current' and c.opened_at < p_until::timestamp at time zone 'Europe/Tirane'
      and (c.closed_at is null or c.closed_at >= p_until::timestamp at time zone 'Europe/Tirane')
      and c.concerns && (select array_agg(g.concern) from concern_group g where g.name = 'economic_exploitation')
    group by c.municipality
  union all
  select jsonb_build_object('county', c.county), (p.sex <> 'unknown' and p.born_from is not null and c.risk_level is not null and c.manager_id is not null
      and exists (select 1 from case_report k where k.case_id = c.id))::int, 1
    from case_file c join person p on p.id = c.person_id
    where p_measure = 'cases_complete' and (c.opened_at at time zone 'Europe/Tirane')::date >= p_from
      and (c.opened_at at time zone 'Europe/Tirane')::date < p_until
      and c.concerns && (select array_agg(g.concern) from concern_group g where g.name = 'economic_exploitation')
$$;
revoke all on function help_rows(text, date, date) from public;

-- One figure and its parts. No row leaves: sums alone, and what is small is hidden by whoever shows it.
create function track_figure(p_noun text, p_measure text, p_from date, p_until date, p_split text)
  returns table (key text, n bigint, whole bigint, records bigint)
  language sql stable security definer set search_path = public, pg_temp as $$
  with counted as materialized (
    select * from justice_rows(p_measure, p_from, p_until) where p_noun = 'justice'
    union all select * from door_rows(p_measure, p_from, p_until) where p_noun = 'door'
    union all select * from return_rows(p_measure, p_from, p_until) where p_noun = 'return'
    union all select * from help_rows(p_measure, p_from, p_until) where p_noun = 'help'
  )
  select '', coalesce(sum(c.n), 0)::bigint, sum(c.whole)::bigint, count(*) from counted c having p_split = ''
  union all
  select coalesce(k.key, ''), sum(c.n)::bigint, sum(c.whole)::bigint, count(*) from counted c
    cross join lateral jsonb_array_elements_text(case jsonb_typeof(c.by -> p_split) when 'array' then c.by -> p_split
      else jsonb_build_array(c.by -> p_split) end) k (key)
    where p_split <> '' group by 1
$$;
revoke all on function track_figure(text, text, date, date, text) from public;
grant execute on function track_figure(text, text, date, date, text) to mb_app;

-- Adults are helped like children: services of their own files count where those of a case do.
grant select (id, nrm_id, service, setting, beneficiary, from_day, until_day) on assistance_service to mb_stats;
grant create on schema public to mb_stats;
set role mb_stats;
create or replace view counted_assisted as
  with given as (
    select coalesce(p.same_as, p.id) as root, d.service, d.setting, d.from_day, d.until_day, c.municipality, c.vmt_status, p.sex, p.born_from, p.born_to
    from service_delivery d join case_file c on c.id = d.case_id join person p on p.id = c.person_id
    union all
    select coalesce(p.same_as, p.id), s.service, s.setting, s.from_day, s.until_day, coalesce(c.municipality, f.municipality, ''),
      coalesce(c.vmt_status, f.status), p.sex, p.born_from, p.born_to
    from assistance_service s join nrm_file f on f.id = s.nrm_id join person p on p.id = f.person_id left join case_file c on c.id = f.case_id
  ), helped as (
    select d.root, span.name as span, g::date as month, d.service, d.setting, d.municipality, d.vmt_status, d.sex, d.born_from, d.born_to
    from given d
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
create function roll_assistance_service() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  root uuid := (select coalesce(p.same_as, p.id) from nrm_file f join person p on p.id = f.person_id where f.id = new.nrm_id);
  sign integer := case tg_when when 'BEFORE' then -1 else 1 end;
begin
  perform roll_lock(root, true);
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, sign * n, sign * s from counted_assisted where id = root;
  return case tg_when when 'BEFORE' then new end;
end $$;
create function roll_nrm_place() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  root uuid := (select coalesce(p.same_as, p.id) from person p where p.id = new.person_id);
begin
  perform roll_lock(root, true);
  perform roll_root(root, case tg_when when 'BEFORE' then -1 else 1 end);
  return case tg_when when 'BEFORE' then new end;
end $$;
revoke all on function roll_assistance_service(), roll_nrm_place() from public;
grant execute on function roll_assistance_service(), roll_nrm_place() to mb_owner;
set role mb_owner;
revoke create on schema public from mb_stats;
create trigger roll_before before insert on assistance_service for each row execute function roll_assistance_service();
create trigger roll_in after insert on assistance_service for each row execute function roll_assistance_service();
-- An adult's file that is handed on to another place takes what its person counts for with it; a child's follows its case.
create trigger roll_place_out before update on nrm_file for each row
  when (new.case_id is null and old.municipality is distinct from new.municipality) execute function roll_nrm_place();
create trigger roll_place_in after update on nrm_file for each row
  when (new.case_id is null and old.municipality is distinct from new.municipality) execute function roll_nrm_place();

select rollup_rebuild();
