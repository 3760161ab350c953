-- The yearly analysis of closed cases (D41) tells of closed proceedings, too; it is written by the police directorate's officer for plans.
create function proceeding_closed_told(p_from date, p_to date) returns table (reason text, stage text, n integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  select p.closed_reason, p.closed_from, count(*)::integer from proceeding p
  where p.stage = 'closed' and p.stage_on between p_from and p_to
    and me_role() in ('prosecutor', 'police', 'responsible_authority', 'coordinator', 'plan_officer') group by 1, 2
$$;
revoke all on function proceeding_closed_told(date, date) from public;
grant execute on function proceeding_closed_told(date, date) to mb_app;
