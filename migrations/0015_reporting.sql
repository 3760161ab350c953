-- Reports on plans and on the country: who owes which by when, what was said, and what was published. No child is in them.

-- The first day from which the register asks for reports; older periods are opened by hand.
create table reporting_start (
  only_row boolean primary key default true check (only_row),
  since date not null
);
create table plan_report (
  id uuid primary key,
  kind text not null check (kind ~ '^[a-z_]{4,40}$'),
  rule text check (rule ~ '^D[0-9]{2}$'),
  plan_id uuid references action_plan,
  -- As plans name the author; a committee of a county reports for itself, so the unit is told too.
  body_code text not null references plan_body,
  institution_id uuid not null references institution,
  unit_id uuid references unit,
  county text references county,
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  due_on date not null,
  status text not null default 'DUE' check (status in ('DUE', 'DRAFT', 'SUBMITTED', 'RETURNED', 'ACCEPTED', 'CONSOLIDATED', 'APPROVED', 'PUBLISHED')),
  edition integer not null default 1 check (edition between 1 and 1000),
  submitted_by uuid references app_user,
  submitted_at timestamptz,
  accepted_by uuid references app_user,
  accepted_at timestamptz,
  approved_at timestamptz,
  published_at timestamptz,
  -- Why it was returned, or corrected after it was published.
  reason text check (length(reason) <= 2000),
  opened_at timestamptz not null,
  version integer not null default 0
);
create unique index plan_report_once on plan_report
  (kind, coalesce(plan_id, '00000000-0000-0000-0000-000000000000'), institution_id, coalesce(unit_id, '00000000-0000-0000-0000-000000000000'), period_from, period_to);
create index plan_report_by_author on plan_report (institution_id, due_on);
create index plan_report_by_period on plan_report (plan_id, period_from);
-- What the author says, apart: the office reads it from the day it is handed in.
create table plan_report_content (
  id uuid primary key references plan_report,
  content jsonb not null,
  saved_by uuid references app_user,
  saved_at timestamptz not null
);
-- What was published, for ever: the document in both languages with every figure as it stood.
create table plan_report_edition (
  report_id uuid not null references plan_report,
  edition integer not null check (edition between 1 and 1000),
  document_sq jsonb not null,
  document_en jsonb not null,
  published_by uuid not null references app_user,
  published_at timestamptz not null,
  primary key (report_id, edition)
);
create table plan_report_step (
  report_id uuid not null references plan_report,
  seq integer not null,
  act text not null,
  to_status text not null,
  reason text check (length(reason) <= 2000),
  by_user uuid not null references app_user,
  at timestamptz not null,
  primary key (report_id, seq)
);

select protect_table('reporting_start', 'T0', 'first day from which reports are asked for');
select protect_table('plan_report', 'T1', 'which report is owed by whom, by when, and where it stands');
select protect_table('plan_report_content', 'T1', 'what an institution says in its report');
select protect_table('plan_report_edition', 'T0', 'published reports with their frozen figures');
select protect_table('plan_report_step', 'T1', 'steps of a report');

-- Whose hand may write this report: an officer of the institution (and county) that owes it, never its case workers.
create function report_is_mine(p_institution uuid, p_unit uuid) returns boolean language sql stable return
  coalesce(p_institution = me_institution() and (p_unit is null or p_unit = me_unit())
    and me_role() <> all (array['cpw', 'field_team', 'admin', 'dpo', 'public', 'system']), false);
grant execute on function report_is_mine(uuid, uuid) to mb_app, mb_jobs;

grant select on reporting_start, plan_report, plan_report_content, plan_report_edition, plan_report_step to mb_app, mb_jobs;
grant insert, update on reporting_start to mb_app;
grant insert on plan_report, plan_report_content, plan_report_edition, plan_report_step to mb_app;
grant update (status, edition, submitted_by, submitted_at, accepted_by, accepted_at, approved_at, published_at, reason, version) on plan_report to mb_app;
grant update (content, saved_by, saved_at) on plan_report_content to mb_app;
grant insert on plan_report to mb_jobs;
grant insert on reporting_start to mb_jobs;

create policy everyone_reads on reporting_start for select to mb_app, mb_jobs using (true);
create policy office_sets on reporting_start for insert to mb_app with check ((select me_role()) = 'coordinator');
create policy office_moves on reporting_start for update to mb_app using ((select me_role()) = 'coordinator') with check (true);
create policy keeper on reporting_start for insert to mb_jobs with check (true);

create policy mine_or_office on plan_report for select to mb_app using (
  (select me_role()) = 'coordinator' or report_is_mine(institution_id, unit_id) or published_at is not null);
create policy mine_or_office_moves on plan_report for update to mb_app using (
  (select me_role()) = 'coordinator' or report_is_mine(institution_id, unit_id)) with check (true);
create policy office_opens on plan_report for insert to mb_app with check ((select me_role()) = 'coordinator' and status = 'DUE');
create policy jobs_read on plan_report for select to mb_jobs using (true);
create policy keeper on plan_report for insert to mb_jobs with check (status = 'DUE');

-- The office does not read over an author's shoulder: a draft is the author's.
create policy once_handed_in on plan_report_content for select to mb_app using (exists (select from plan_report r where r.id = plan_report_content.id
  and (report_is_mine(r.institution_id, r.unit_id) or ((select me_role()) = 'coordinator' and r.status not in ('DUE', 'DRAFT')))));
create policy mine_new on plan_report_content for insert to mb_app with check (exists (select from plan_report r where r.id = plan_report_content.id
  and report_is_mine(r.institution_id, r.unit_id)));
create policy mine_changes on plan_report_content for update to mb_app using (exists (select from plan_report r where r.id = plan_report_content.id
  and report_is_mine(r.institution_id, r.unit_id) and r.status in ('DUE', 'DRAFT', 'RETURNED'))) with check (true);
create policy jobs_read on plan_report_content for select to mb_jobs using (true);

-- Published is public.
create policy everyone_reads on plan_report_edition for select to mb_app, mb_jobs using (true);
create policy office_publishes on plan_report_edition for insert to mb_app with check ((select me_role()) = 'coordinator');
create policy with_report on plan_report_step for select to mb_app using (report_id in (select r.id from plan_report r
  where (select me_role()) = 'coordinator' or report_is_mine(r.institution_id, r.unit_id)));
create policy who_moves on plan_report_step for insert to mb_app with check (by_user = (select me_user()) and report_id in (select r.id from plan_report r));
create policy jobs_read on plan_report_step for select to mb_jobs using (true);

-- Institutions (and committees of counties) that stand for a body of plans. Members of one's own institution see no other's
-- users here: only which institutions exist, which is public.
create view plan_author with (security_invoker = true) as
  select b.code as body_code, i.id as institution_id, u.id as unit_id, u.county
  from plan_body b join institution i on i.kind = any (b.institution_kinds) and b.code <> 'KRAT' or i.id = b.institution_id
    left join unit u on false
  union all
  select b.code, u.institution_id, u.id, u.county
  from plan_body b join institution i on i.kind = any (b.institution_kinds) join unit u on u.institution_id = i.id
  where b.code = 'KRAT';
grant select on plan_author to mb_app, mb_jobs;
