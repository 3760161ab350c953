-- What an adult wrote of themselves (0077) has a date after which it is erased, like a report that led to nothing.
alter table erasure_order drop constraint erasure_order_record_kind_check,
  add constraint erasure_order_record_kind_check check (record_kind in ('case_file', 'report', 'data_request', 'nrm_file', 'self_report'));

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
      select r.code, 'self_report', s.id, 'V-' || upper(right(s.id::text, 8)), (s.closed_at at time zone 'Europe/Tirane')::date, r.years, null
      from self_report s join r on r.code = 'self_report' where s.state = 'CLOSED'
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
