-- A measure whose last day is over ends by itself: the worker's round writes it down (mb_jobs has no other write on measures).

create index protection_measure_until on protection_measure (until_day)
  where until_day is not null and status in ('emergency_issued', 'court_confirmed', 'in_force', 'under_review');
grant select on protection_measure to mb_jobs;
grant update (status, ended_on, replaced_by) on protection_measure to mb_jobs;
create policy lapse_read on protection_measure for select to mb_jobs using (until_day is not null);
create policy lapse on protection_measure for update to mb_jobs
  using (until_day is not null and status in ('emergency_issued', 'court_confirmed', 'in_force', 'under_review'))
  with check (status = 'expired' and ended_on = until_day);
grant execute on function save_case(jsonb) to mb_jobs;
