-- How activities of plans are carried out: status, deliverables, money, instalments. No child is in it (T1).

-- Reporting officers of institutions that a plan names (ministries, directorates): plans and figures, never a person's record.
create or replace function me_refers() returns boolean language sql stable parallel safe return
  coalesce(me_role() <> all (array['coordinator', 'county_committee', 'plan_officer', 'admin', 'dpo', 'public', 'system']), false);

-- One row for each activity of a plan, whatever version of the plan prints it; its chain holds all that happens below it.
create table activity_execution (
  id uuid primary key default gen_random_uuid(),
  plan_id uuid not null references action_plan,
  activity_uid text not null check (length(activity_uid) between 1 and 120),
  status text not null default 'NOT_STARTED' check (status in ('NOT_STARTED', 'IN_PROGRESS', 'COMPLETED', 'SUSPENDED', 'CANCELLED')),
  since date,
  version integer not null default 0,
  unique (plan_id, activity_uid)
);
create table activity_status (
  execution_id uuid not null references activity_execution,
  -- The version of the chain at which the step was taken: the order of the steps.
  seq integer not null,
  status text not null,
  on_day date not null,
  reason text check (length(reason) <= 2000),
  by_unit uuid not null references unit,
  recorded_at timestamptz not null,
  primary key (execution_id, seq)
);
create table activity_deliverable (
  id uuid primary key,
  execution_id uuid not null references activity_execution,
  kind text not null check (kind in ('act', 'document', 'agreement', 'other')),
  title text not null check (length(title) between 1 and 500),
  number text check (length(number) <= 120),
  approved_on date,
  in_force_on date check (in_force_on >= approved_on),
  added_at timestamptz not null
);
create index activity_deliverable_of on activity_deliverable (execution_id);
create table activity_deliverable_file (
  id uuid primary key,
  deliverable_id uuid not null references activity_deliverable,
  execution_id uuid not null references activity_execution,
  name text not null check (length(name) between 1 and 200),
  media text not null check (media in ('application/pdf', 'image/png', 'image/jpeg')),
  size integer not null check (size between 1 and 700000),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bytea not null,
  added_at timestamptz not null
);
create index activity_deliverable_file_of on activity_deliverable_file (execution_id);
-- A split that a user makes; the plan prints one total a source.
create table activity_budget_line (
  id uuid primary key,
  execution_id uuid not null references activity_execution,
  source text not null check (source in ('state', 'donors')),
  account_group text not null check (account_group in ('wages', 'operating', 'investment')),
  year integer not null check (year between 1990 and 2200),
  amount bigint not null check (amount between 0 and 5000000000),
  unique (execution_id, source, account_group, year)
);
create table activity_spending (
  id uuid primary key,
  execution_id uuid not null references activity_execution,
  kind text not null check (kind in ('commitment', 'payment')),
  source text not null check (source in ('state', 'donors')),
  account_group text not null check (account_group in ('wages', 'operating', 'investment')),
  on_day date not null,
  amount bigint not null check (amount between 1 and 5000000000),
  document text not null check (length(document) between 1 and 200),
  payer text check (length(payer) <= 200),
  by_unit uuid not null references unit,
  recorded_at timestamptz not null,
  reversed_at timestamptz,
  reversed_why text check (length(reversed_why) <= 2000),
  check ((reversed_at is null) = (reversed_why is null))
);
create index activity_spending_of on activity_spending (execution_id, on_day);
create table activity_tranche (
  id uuid primary key,
  execution_id uuid not null references activity_execution,
  source text not null check (source in ('state', 'donors')),
  payer text not null check (length(payer) between 1 and 200),
  due_on date not null,
  amount bigint not null check (amount between 1 and 5000000000),
  received_on date,
  received bigint check (received between 0 and 5000000000),
  check ((received_on is null) = (received is null))
);
create index activity_tranche_of on activity_tranche (execution_id, due_on);

select protect_table('activity_execution', 'T1', 'where each activity of a plan stands');
select protect_table('activity_status', 'T1', 'steps of an activity with their days and reasons');
select protect_table('activity_deliverable', 'T1', 'acts, documents and agreements that an activity brought forth');
select protect_table('activity_deliverable_file', 'T1', 'files of deliverables');
select protect_table('activity_budget_line', 'T1', 'users'' splits of an activity''s money; not printed in the plan');
select protect_table('activity_spending', 'T1', 'commitments and payments of an activity');
select protect_table('activity_tranche', 'T1', 'instalments promised and received');

-- Every activity has its row from the moment a version of the plan prints it.
create function activity_is_carried_out() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into activity_execution (plan_id, activity_uid)
    select new.plan_id, n.uid from action_plan_node n where n.id = new.id
    on conflict (plan_id, activity_uid) do nothing;
  return null;
end $$;
create trigger carried_out after insert on action_plan_activity for each row execute function activity_is_carried_out();
insert into activity_execution (plan_id, activity_uid)
  select distinct a.plan_id, n.uid from action_plan_activity a join action_plan_node n on n.id = a.id;

-- 'owner' for whoever answers for the plan, 'responsible' for the bodies that the activity names, null for others.
create function activity_standing(p_plan uuid, p_uid text) returns text language sql stable as $$
  select case
    when exists (select from action_plan p where p.id = p_plan and plan_is_mine(p.kind, p.municipality, p.county, p.institution_id)) then 'owner'
    when exists (select from action_plan p join action_plan_node n on n.plan_id = p.id and n.plan_version = p.current_version and n.uid = p_uid
        join action_plan_responsible r on r.node_id = n.id
      where p.id = p_plan and r.code in (select my_plan_bodies())) then 'responsible' end $$;
grant execute on function activity_standing(uuid, text) to mb_app;

grant select on activity_execution, activity_status, activity_deliverable, activity_deliverable_file, activity_budget_line, activity_spending,
  activity_tranche to mb_app, mb_jobs;
grant update (status, since, version) on activity_execution to mb_app;
grant insert on activity_status, activity_deliverable, activity_deliverable_file, activity_budget_line, activity_spending, activity_tranche to mb_app;
grant update (approved_on, in_force_on) on activity_deliverable to mb_app;
grant update (amount) on activity_budget_line to mb_app;
grant update (reversed_at, reversed_why) on activity_spending to mb_app;
grant update (received_on, received) on activity_tranche to mb_app;

create policy with_plan on activity_execution for select to mb_app using (plan_id in (select p.id from action_plan p));
create policy standing_changes on activity_execution for update to mb_app
  using (activity_standing(plan_id, activity_uid) is not null) with check (activity_standing(plan_id, activity_uid) is not null);
create policy jobs_read on activity_execution for select to mb_jobs using (true);
do $$
declare t text;
begin
  foreach t in array array['activity_status', 'activity_deliverable', 'activity_deliverable_file', 'activity_budget_line', 'activity_spending',
      'activity_tranche'] loop
    execute format('create policy with_activity on %I for select to mb_app using (execution_id in (select e.id from activity_execution e))', t);
    execute format('create policy standing_new on %I for insert to mb_app with check (exists (select from activity_execution e
      where e.id = execution_id and activity_standing(e.plan_id, e.activity_uid) is not null))', t);
    if t not in ('activity_status', 'activity_deliverable_file') then
      execute format('create policy standing_changes on %I for update to mb_app using (exists (select from activity_execution e
        where e.id = execution_id and activity_standing(e.plan_id, e.activity_uid) is not null)) with check (true)', t);
    end if;
    execute format('create policy jobs_read on %I for select to mb_jobs using (true)', t);
  end loop;
end $$;
