-- Figures about plans and reports themselves, the same for every reader: whoever may read only their own report must not count
-- fewer. Counts and sums only.

grant select (id, plan_id, activity_uid) on activity_execution to mb_stats;
grant select (execution_id, seq, status, on_day) on activity_status to mb_stats;
grant select (execution_id, kind, on_day, amount, reversed_at) on activity_spending to mb_stats;
grant select (id, slug, current_version) on action_plan to mb_stats;
grant select (id, plan_id, plan_version, kind, uid) on action_plan_node to mb_stats;
grant select (id, plan_id, plan_version, due_latest, cost, state, donors, gap) on action_plan_activity to mb_stats;
grant select (id, kind, plan_id, institution_id, unit_id, period_from, period_to, due_on, status, submitted_at, published_at) on plan_report to mb_stats;
do $$
declare
  t text;
begin
  foreach t in array array['activity_execution', 'activity_status', 'activity_spending', 'action_plan', 'action_plan_node', 'action_plan_activity',
      'plan_report'] loop
    execute format('create policy statistics_read on %I for select to mb_stats using (true)', t);
  end loop;
end $$;

-- A plan as it stands that day (the first that no longer counts is given): activities, those due, those completed, money.
create function figures_of_plan(p_slug text, p_from date, p_until date)
  returns table (activities integer, due integer, completed integer, due_completed integer, cost bigint, gap bigint, paid bigint)
  language sql stable security definer set search_path = public, pg_temp as $$
  with activity as (
    select e.id, a.due_latest, a.cost, a.gap,
      (select s.status from activity_status s where s.execution_id = e.id and s.on_day < p_until order by s.seq desc limit 1) as status
    from action_plan p join action_plan_node n on n.plan_id = p.id and n.plan_version = p.current_version
      join action_plan_activity a on a.id = n.id join activity_execution e on e.plan_id = p.id and e.activity_uid = n.uid
    where p.slug = p_slug
  )
  select count(*)::integer, (count(*) filter (where due_latest < p_until))::integer, (count(*) filter (where status = 'COMPLETED'))::integer,
    (count(*) filter (where due_latest < p_until and status = 'COMPLETED'))::integer, coalesce(sum(cost), 0)::bigint, coalesce(sum(gap), 0)::bigint,
    coalesce((select sum(s.amount) from activity_spending s where s.execution_id in (select id from activity) and s.kind = 'payment'
      and s.reversed_at is null and s.on_day < p_until), 0)::bigint
  from activity
$$;

-- Reports due in a period, those handed in by their day, those published in it, by kind.
create function figures_of_reports(p_from date, p_until date)
  returns table (kind text, due integer, on_time integer, published integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.kind, (count(*) filter (where r.due_on >= p_from and r.due_on < p_until))::integer,
    (count(*) filter (where r.due_on >= p_from and r.due_on < p_until
      and (r.submitted_at at time zone 'Europe/Tirane')::date <= r.due_on))::integer,
    (count(*) filter (where (r.published_at at time zone 'Europe/Tirane')::date >= p_from
      and (r.published_at at time zone 'Europe/Tirane')::date < p_until))::integer
  from plan_report r group by 1
$$;
grant execute on function figures_of_plan(text, date, date), figures_of_reports(date, date) to mb_app;
alter function figures_of_plan(text, date, date) owner to mb_stats;
alter function figures_of_reports(date, date) owner to mb_stats;
