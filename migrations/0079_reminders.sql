-- What has to be told in time: the prosecution's word to the Responsible Authority (D38), a hearing that comes near; a child's case that a
-- prosecutor names by its code; and adults in what the funnel says of referrals.

-- D38: the authority is told once of each deadline that passed without a word, and so is the office. No time is started anew by it.
alter table proceeding add column update_told timestamptz;
create index proceeding_update_by on proceeding (update_by) where update_by is not null;
create function tell_late_proceedings(p_now timestamptz) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare
  p record;
  told integer := 0;
begin
  for p in select id, code, office_unit, update_by from proceeding
      where update_by < p_now and update_told is distinct from update_by and track and stage <> 'closed'
      order by update_by limit 200 for update skip locked
  loop
    update proceeding set update_told = p.update_by where id = p.id;
    insert into notice (id, at, role, code, record_kind, record_id, label)
      values (gen_random_uuid(), p_now, 'responsible_authority', 'proceeding_late', 'proceeding', p.id, p.code);
    insert into notice (id, at, unit_id, role, code, record_kind, record_id, label)
      values (gen_random_uuid(), p_now, p.office_unit, 'prosecutor', 'proceeding_late', 'proceeding', p.id, p.code);
    told := told + 1;
  end loop;
  return told;
end $$;
revoke all on function tell_late_proceedings(timestamptz) from public;
grant execute on function tell_late_proceedings(timestamptz) to mb_jobs;

-- A hearing that comes near: whoever manages the case and their deputy, or the head where nobody does; once for each date.
alter table court_hearing add column reminded_at timestamptz;
create index court_hearing_near on court_hearing (hearing_at) where held is null and reminded_at is null;
create function tell_near_hearings(p_now timestamptz, p_days integer) returns integer language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  h record;
  told integer := 0;
begin
  for h in select x.id, x.case_id, c.code, c.unit_id, c.manager_id, c.deputy_id from court_hearing x
        join court_case k on k.id = x.court_id and k.next_hearing_at = x.hearing_at and k.stage <> 'withdrawn'
        join case_file c on c.id = x.case_id and c.closed_at is null
      where x.held is null and x.reminded_at is null and x.hearing_at > p_now and x.hearing_at <= p_now + make_interval(days => p_days)
      order by x.hearing_at limit 200 for update of x skip locked
  loop
    update court_hearing set reminded_at = p_now where id = h.id;
    if h.manager_id is null then
      insert into notice (id, at, unit_id, role, code, record_kind, record_id, label)
        values (gen_random_uuid(), p_now, h.unit_id, 'cpu_head', 'hearing_near', 'case_file', h.case_id, h.code);
    else
      insert into notice (id, at, unit_id, user_id, code, record_kind, record_id, label)
        select gen_random_uuid(), p_now, h.unit_id, who, 'hearing_near', 'case_file', h.case_id, h.code
        from unnest(array[h.manager_id, h.deputy_id]) who where who is not null;
    end if;
    told := told + 1;
  end loop;
  return told;
end $$;
revoke all on function tell_near_hearings(timestamptz, integer) from public;
grant execute on function tell_near_hearings(timestamptz, integer) to mb_jobs;

-- A prosecutor names a child's case by the code that the unit gave: hit or no hit, and nothing of the child. A child with a file of the
-- trafficking track is reached through a referral alone, as before; that it has one is not to be learnt from a code.
create or replace function proceeding_file_of(p_code text) returns table (nrm_id uuid, case_id uuid, subject text) language plpgsql stable
  security definer set search_path = public, pg_temp as $$
begin
  if me_role() = 'responsible_authority' then
    return query select f.id, f.case_id, f.subject from nrm_file f where f.code = p_code and not f.lowered;
  elsif me_role() in ('police', 'border_police', 'prosecutor') then
    return query
      select (select f.id from nrm_file f where f.case_id = c.id and not f.lowered order by f.opened_at desc, f.id desc limit 1), c.id, 'child'
      from case_file c
      where (c.code = p_code or c.id = (select f.case_id from nrm_file f where f.code = p_code and not f.lowered))
        and (exists (select from referral r where r.case_id = c.id and r.to_unit_id = me_unit() and r.state not in ('WITHDRAWN', 'EXPIRED', 'DECLINED'))
          or me_role() = 'prosecutor' and c.code = p_code and c.closed_at is null
            and not exists (select from nrm_file f where f.case_id = c.id and not f.lowered))
      union all
      select f.id, null::uuid, 'adult' from nrm_file f where f.code = p_code and f.subject = 'adult' and f.opened_unit = me_unit();
  end if;
end $$;
-- How often somebody has named a code in vain since then: each such refusal stands in the access record.
create function proceeding_code_misses(p_since timestamptz) returns integer language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from access_record a where a.actor_id = me_user() and a.at >= p_since and a.act = 'refused'
    and a.code = 'proceeding_victim_unknown'
$$;
revoke all on function proceeding_code_misses(timestamptz) from public;
grant execute on function proceeding_code_misses(timestamptz) to mb_app;
-- Whoever keeps the case learns that a proceeding names it, so that a wrong code is noticed.
create function tell_case_linked(p_proceeding uuid, p_case uuid, p_now timestamptz) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  c record;
begin
  select f.code, f.unit_id, f.manager_id into c from case_file f join proceeding_victim v on v.case_id = f.id and v.proceeding_id = p_proceeding
    where f.id = p_case and exists (select 1 from event e where e.record_id = p_proceeding and e.kind = 'proceeding'
      and e.type = 'ProceedingVictimLinked' and e.xid = pg_current_xact_id());
  if c.code is null then
    raise exception 'a case is told of its proceeding only together with the event' using errcode = 'insufficient_privilege';
  end if;
  insert into notice (id, at, unit_id, role, user_id, code, record_kind, record_id, label)
    values (gen_random_uuid(), p_now, c.unit_id, case when c.manager_id is null then 'cpu_head' end, c.manager_id, 'proceeding_linked',
      'case_file', p_case, c.code);
end $$;
revoke all on function tell_case_linked(uuid, uuid, timestamptz) from public;
grant execute on function tell_case_linked(uuid, uuid, timestamptz) to mb_app;

-- Adults have no referrals of a case: what is asked of a provider for them is an action of their own plan. It is served when it is done or
-- the service is given, withdrawn when it is dropped, and silent when its day has passed without either.
grant select (id, nrm_id, service, provider_id, due, status, done_on, at) on assistance_action to mb_stats;
do $$
begin
  if not exists (select from pg_policies where tablename = 'assistance_action' and 'mb_stats' = any (roles)) then
    create policy statistics_read on assistance_action for select to mb_stats using (true);
  end if;
end $$;
create index assistance_action_silent on assistance_action (at, id) where status = 'planned';
grant execute on function me_now() to mb_stats;
grant create on schema public to mb_stats;
set role mb_stats;
create or replace function funnel_after(p_year integer, p_subject text) returns table (what text, key text, n integer)
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
  ), asked as materialized (
    select a.id, a.nrm_id, a.service, a.provider_id, a.due, a.status, a.done_on, (a.at at time zone 'Europe/Tirane')::date as on_day
    from assistance_action a join funnel_file f on f.nrm_id = a.nrm_id
    where f.case_id is null and f.year = p_year and (p_subject is null or f.subject = p_subject)
      and case (select funnel_reader()) when 'exact' then true when 'all' then p_subject is null when 'child' then p_subject = 'child' else false end
  ), given as (
    select a.id, min(g.from_day) as from_day from asked a
      join assistance_service g on g.nrm_id = a.nrm_id and g.service = a.service and g.from_day >= a.on_day group by a.id
  ), r as (
    select q.recipient_kind, case
        when q.state in ('IN_SERVICE', 'COMPLETED') then 'served'
        when q.state = 'DECLINED' then 'declined'
        when q.state in ('SENT', 'EXPIRED') then 'silent'
        when q.state = 'WITHDRAWN' then 'withdrawn' else 'accepted' end as fate,
      extract(epoch from q.service_started_at - q.sent_at) / 86400 as waited
    from f join referral q on q.case_id = f.case_id where f.case_id is not null and q.sent_at >= f.vmt_on::timestamptz
    union all
    select i.kind, case
        when a.status = 'done' or s.from_day is not null then 'served'
        when a.status = 'dropped' then 'withdrawn'
        when a.due < (me_now() at time zone 'Europe/Tirane')::date then 'silent' else 'accepted' end,
      case when a.status <> 'dropped' then least(s.from_day, case when a.status = 'done' then a.done_on end) - a.on_day end
    from asked a join institution i on i.id = a.provider_id left join given s on s.id = a.id
  )
  select 'file', k, v from c cross join lateral (values ('reintegration', reintegration), ('exited', exited), ('again', again),
    ('again_within_year', within)) x (k, v)
  union all select 'referral/' || recipient_kind, fate, count(*)::integer from r group by 1, 2
  union all select 'waited', 'n', count(waited)::integer from r
  union all select 'waited', 'median', round(percentile_cont(0.5) within group (order by waited))::integer from r having count(waited) > 0
$$;
set role mb_owner;
revoke create on schema public from mb_stats;

-- Children who live in the beds of one's own shelter. By the bed: since when, sex, age band, whom to phone, when the worker comes next; and
-- the referral by which the shelter was told what it needs, as long as it is open to it. No name, no case, no placement, no reason.
create function child_stays() returns table (id uuid, started_on date, until_day date, sex text, age_band text, place text, unit_sq text, unit_en text,
    phone text, visit_on date, referral_id uuid, referral_code text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select h.id, l.started_on, l.until_day, h.sex, h.age_band, p.code, u.name_sq, u.name_en, u.phone, l.visit_on, r.id, r.code
  from care_place p join bed_hold h on h.care_place_id = p.id and h.state = 'OCCUPIED'
    join placement_place w on w.bed_hold_id = h.id join placement l on l.id = w.id and l.status = 'in_place'
    join case_file c on c.id = l.case_id join unit u on u.id = c.unit_id
    left join lateral (select q.id, q.code from referral q where q.case_id = l.case_id and q.to_unit_id = p.unit_id and q.access_ended_at is null
      and q.state in ('ACCEPTED', 'IN_SERVICE', 'COMPLETED') order by q.sent_at desc, q.id desc limit 1) r on true
  where me_role() = 'shelter' and p.unit_id = me_unit()
  order by l.started_on desc, h.id limit 400
$$;
revoke all on function child_stays() from public;
grant execute on function child_stays() to mb_app;
