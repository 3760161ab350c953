-- Plans as the law prints them: goals, activities, money, deadlines and who answers for them. No child is in them (T0).

-- Every body that a plan can name, under the abbreviation that plans print. Those that use this register are tied to their
-- institution; where several institutions are one such body (municipalities), their kind says so.
create table plan_body (
  code text primary key check (length(code) between 1 and 120),
  name_sq text not null check (length(name_sq) between 1 and 200),
  name_en text not null check (length(name_en) between 1 and 200),
  kind text not null check (kind in ('ministry', 'state', 'justice', 'local', 'coordination', 'service', 'civil', 'international', 'private', 'other')),
  aliases text[] not null default '{}',
  institution_kinds text[] not null default '{}',
  institution_id uuid references institution
);
create table action_plan (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9](-?[a-z0-9]){1,79}$'),
  kind text not null check (kind in ('national', 'framework', 'programme', 'county', 'municipal', 'institution')),
  title_sq text check (length(title_sq) <= 1000),
  title_en text check (length(title_en) <= 1000),
  period_from date,
  period_to date,
  period_said text check (length(period_said) <= 200),
  municipality text references municipality,
  county text references county,
  institution_id uuid references institution,
  parent_id uuid references action_plan,
  -- Lekë for one euro, as the plan itself reckons.
  euro_rate numeric(12, 4) check (euro_rate > 0),
  source_file text check (length(source_file) <= 200),
  status text not null check (status in ('draft', 'approved', 'superseded')),
  -- The approved content that stands; 0 while nothing was approved. Not the version of the record's chain, which is `version`.
  current_version integer not null default 0 check (current_version >= 0),
  approved_at timestamptz,
  approved_by uuid,
  version integer not null default 0,
  check (title_sq is not null or title_en is not null),
  check (period_from <= period_to),
  check ((kind = 'municipal') = (municipality is not null)),
  check ((kind = 'county') = (county is not null)),
  check ((kind = 'institution') = (institution_id is not null)),
  check (status = 'draft' or current_version > 0)
);
create table action_plan_version (
  plan_id uuid not null references action_plan,
  plan_version integer not null check (plan_version > 0),
  status text not null check (status in ('draft', 'approved', 'superseded')),
  -- Title, period and rate of exchange of this version.
  head jsonb not null,
  -- What the printed document says besides its tables: definitions, legal framework, footnotes, conventions of reading.
  document jsonb not null default '{}',
  why text check (length(why) between 1 and 2000),
  author_id uuid,
  created_at timestamptz not null,
  approved_by uuid,
  approved_at timestamptz,
  primary key (plan_id, plan_version),
  check (approved_by is null or approved_by <> author_id)
);
-- At most one version is being written and one stands.
create unique index action_plan_version_draft on action_plan_version (plan_id) where status = 'draft';
create unique index action_plan_version_approved on action_plan_version (plan_id) where status = 'approved';

create table action_plan_node (
  id uuid primary key,
  plan_id uuid not null,
  plan_version integer not null,
  parent_id uuid references action_plan_node on delete cascade deferrable initially deferred,
  kind text not null check (kind in ('pillar', 'goal', 'objective', 'sub_objective', 'activity')),
  -- Order of reading in the whole plan.
  ordinal integer not null check (ordinal >= 0),
  code_printed text check (length(code_printed) <= 60),
  code text check (length(code) <= 60),
  -- The key: printed codes repeat. Survives amendments, so other records name an activity by plan and uid.
  uid text not null check (length(uid) between 1 and 120),
  title_sq text check (length(title_sq) <= 4000),
  title_en text check (length(title_en) <= 4000),
  text_sq text check (length(text_sq) <= 8000),
  sub_items_sq text[] not null default '{}',
  sub_items_en text[] not null default '{}',
  header_missing boolean not null default false,
  source_line integer check (source_line > 0),
  doubt text check (length(doubt) <= 2000),
  -- What else the source prints in this row: raw cells, footnotes, targets, strategies, expected results.
  printed jsonb not null default '{}',
  foreign key (plan_id, plan_version) references action_plan_version on delete cascade,
  unique (plan_id, plan_version, uid),
  unique (plan_id, plan_version, ordinal) deferrable initially deferred,
  check (header_missing or title_sq is not null or title_en is not null)
);
create index action_plan_node_parent on action_plan_node (parent_id);

create table action_plan_activity (
  id uuid primary key references action_plan_node on delete cascade,
  plan_id uuid not null,
  plan_version integer not null,
  deadline_text text check (length(deadline_text) <= 500),
  deadline_from date,
  deadline_to date,
  ongoing boolean not null default false,
  approx boolean not null default false,
  recurrence text check (length(recurrence) <= 200),
  -- The day it falls due, as an interval where the wording is loose ("mid-2009"): surely not late before the first day, surely
  -- late after the last. Both null when there is no bound.
  due_earliest date,
  due_latest date,
  lead text references plan_body,
  responsible_text text check (length(responsible_text) <= 2000),
  -- Whole lekë; null where nothing is printed, which is not nought.
  cost bigint check (cost between 0 and 1000000000000),
  state bigint check (state between 0 and 1000000000000),
  donors bigint check (donors between 0 and 1000000000000),
  gap bigint check (gap between 0 and 1000000000000),
  cost_printed text check (length(cost_printed) <= 60),
  state_printed text check (length(state_printed) <= 60),
  donors_printed text check (length(donors_printed) <= 60),
  gap_printed text check (length(gap_printed) <= 60),
  resources_text text check (length(resources_text) <= 2000),
  check (deadline_from <= deadline_to),
  check (due_earliest <= due_latest)
);
create index action_plan_activity_of on action_plan_activity (plan_id, plan_version);
create table action_plan_responsible (
  node_id uuid not null references action_plan_node on delete cascade,
  plan_id uuid not null,
  plan_version integer not null,
  ordinal integer not null check (ordinal >= 0),
  -- The body; `as_printed` keeps the wording of the cell. Ordinal 0 leads.
  code text not null references plan_body,
  as_printed text not null check (length(as_printed) between 1 and 300),
  institution_code text check (length(institution_code) <= 60),
  primary key (node_id, ordinal)
);
create index action_plan_responsible_of on action_plan_responsible (plan_id, plan_version, code);
create table action_plan_indicator_line (
  node_id uuid not null references action_plan_node on delete cascade,
  plan_id uuid not null,
  plan_version integer not null,
  ordinal integer not null check (ordinal >= 0),
  kind text not null default 'indicator' check (kind in ('indicator', 'target', 'result')),
  text_sq text check (length(text_sq) <= 4000),
  text_en text check (length(text_en) <= 4000),
  primary key (node_id, ordinal),
  check (text_sq is not null or text_en is not null)
);
create index action_plan_indicator_line_of on action_plan_indicator_line (plan_id, plan_version);

-- The plan's own table of costs, each cell as printed: held against the activities, never balanced with them.
create table action_plan_budget_row (
  plan_id uuid not null,
  plan_version integer not null,
  ordinal integer not null,
  kind text not null check (kind in ('pillar', 'total', 'percent')),
  node_uid text,
  name text not null check (length(name) between 1 and 200),
  cells jsonb not null,
  source_line integer,
  primary key (plan_id, plan_version, ordinal),
  foreign key (plan_id, plan_version) references action_plan_version on delete cascade
);
-- Numbers of the plan that stand in no table of costs: reach, counts, shares said in sentences.
create table action_plan_figure (
  plan_id uuid not null,
  plan_version integer not null,
  ordinal integer not null,
  code text not null check (code ~ '^[a-z0-9_]{1,60}$'),
  kind text not null check (kind in ('reach', 'count', 'share', 'money', 'rate')),
  label_sq text not null check (length(label_sq) <= 300),
  label_en text not null check (length(label_en) <= 300),
  value numeric not null,
  unit text not null check (length(unit) <= 40),
  printed_as text check (length(printed_as) <= 500),
  node_uid text,
  source_line integer,
  primary key (plan_id, plan_version, ordinal),
  foreign key (plan_id, plan_version) references action_plan_version on delete cascade
);
-- Who stands behind a programme and where it runs.
create table action_plan_party (
  plan_id uuid not null,
  plan_version integer not null,
  ordinal integer not null,
  role text not null check (role in ('implementer', 'supporter', 'partner', 'place', 'charged')),
  name text not null check (length(name) between 1 and 300),
  municipality text references municipality,
  body_code text references plan_body,
  source_line integer,
  primary key (plan_id, plan_version, ordinal),
  foreign key (plan_id, plan_version) references action_plan_version on delete cascade
);
-- Arithmetic that the plan's own numbers allow: parts that should sum or multiply to another printed number.
create table action_plan_check (
  plan_id uuid not null,
  plan_version integer not null,
  ordinal integer not null,
  kind text not null check (kind in ('sum', 'product')),
  node_uid text,
  parts jsonb not null,
  printed numeric not null,
  printed_as text not null check (length(printed_as) <= 500),
  note_sq text check (length(note_sq) <= 1000),
  note_en text check (length(note_en) <= 1000),
  source_line integer,
  primary key (plan_id, plan_version, ordinal),
  foreign key (plan_id, plan_version) references action_plan_version on delete cascade
);

select protect_table('plan_body', 'T0', 'bodies that plans name, under their printed abbreviations');
select protect_table('action_plan', 'T0', 'action plans and programmes, national to institution');
select protect_table('action_plan_version', 'T0', 'versions of plans: who wrote, who approved, when and why');
select protect_table('action_plan_node', 'T0', 'pillars, goals, objectives and activities of a version of a plan');
select protect_table('action_plan_activity', 'T0', 'deadlines and amounts of activities as printed');
select protect_table('action_plan_responsible', 'T0', 'bodies that answer for an activity or objective, the lead first');
select protect_table('action_plan_indicator_line', 'T0', 'indicators printed beside goals, objectives and activities');
select protect_table('action_plan_budget_row', 'T0', 'rows of the plan''s own table of costs');
select protect_table('action_plan_figure', 'T0', 'other numbers that a plan prints');
select protect_table('action_plan_party', 'T0', 'implementers, supporters and places of a programme');
select protect_table('action_plan_check', 'T0', 'sums and products that a plan''s numbers should satisfy');

-- Whose drafts are open to the bound actor: the coordinator's office sees all, the others those of their own body.
create function plan_is_mine(p_kind text, p_municipality text, p_county text, p_institution uuid) returns boolean
  language sql stable return coalesce(
    me_role() = 'coordinator'
    or (me_role() = 'county_committee' and p_kind = 'county' and p_county = me_county())
    or (me_role() in ('municipal_director', 'cpu_head') and p_kind = 'municipal' and p_municipality = me_municipality())
    or (me_role() not in ('cpw', 'field_team', 'admin', 'dpo', 'public', 'system') and p_kind = 'institution' and p_institution = me_institution()),
    false);
-- Security invoker: what the actor cannot see is not theirs either.
create function plan_draft_is_mine(p_plan uuid, p_version integer) returns boolean language sql stable as $$
  select exists (select from action_plan p join action_plan_version v on v.plan_id = p.id
    where p.id = p_plan and v.plan_version = p_version and v.status = 'draft'
      and plan_is_mine(p.kind, p.municipality, p.county, p.institution_id)) $$;
-- The bodies for which the bound actor's institution answers.
create function my_plan_bodies() returns setof text language sql stable as $$
  select b.code from plan_body b
  where b.institution_id = me_institution()
    or exists (select from institution i where i.id = me_institution() and i.kind = any (b.institution_kinds)) $$;
grant execute on function plan_is_mine(text, text, text, uuid), plan_draft_is_mine(uuid, integer), my_plan_bodies() to mb_app, mb_jobs;

grant select on plan_body to mb_app, mb_jobs;
create policy everyone_reads on plan_body for select to mb_app, mb_jobs using (true);

grant select on action_plan, action_plan_version to mb_app, mb_jobs;
grant insert on action_plan, action_plan_version to mb_app;
grant update (title_sq, title_en, period_from, period_to, period_said, euro_rate, parent_id, status, current_version, approved_at, approved_by,
  version) on action_plan to mb_app;
grant update (status, head, document, why, author_id, created_at, approved_by, approved_at) on action_plan_version to mb_app;
grant delete on action_plan_version to mb_app;
create policy approved_or_mine on action_plan for select to mb_app
  using (status <> 'draft' or plan_is_mine(kind, municipality, county, institution_id));
create policy mine_new on action_plan for insert to mb_app
  with check (status = 'draft' and plan_is_mine(kind, municipality, county, institution_id));
create policy mine_changes on action_plan for update to mb_app
  using (plan_is_mine(kind, municipality, county, institution_id)) with check (plan_is_mine(kind, municipality, county, institution_id));
create policy approved_or_mine on action_plan_version for select to mb_app using (
  (status <> 'draft' and plan_id in (select p.id from action_plan p))
  or plan_id in (select p.id from action_plan p where plan_is_mine(p.kind, p.municipality, p.county, p.institution_id)));
create policy mine_new on action_plan_version for insert to mb_app with check (
  status = 'draft' and plan_id in (select p.id from action_plan p where plan_is_mine(p.kind, p.municipality, p.county, p.institution_id)));
-- What was approved never changes but to be superseded.
create policy mine_changes on action_plan_version for update to mb_app
  using (status <> 'superseded' and plan_id in (select p.id from action_plan p where plan_is_mine(p.kind, p.municipality, p.county, p.institution_id)))
  with check (plan_id in (select p.id from action_plan p where plan_is_mine(p.kind, p.municipality, p.county, p.institution_id)));
create policy mine_ends on action_plan_version for delete to mb_app
  using (status = 'draft' and plan_id in (select p.id from action_plan p where plan_is_mine(p.kind, p.municipality, p.county, p.institution_id)));
create policy jobs_read on action_plan for select to mb_jobs using (true);
create policy jobs_read on action_plan_version for select to mb_jobs using (true);

-- The content of a version is seen with the version, and written only while it is a draft of one's own.
do $$
declare t text;
begin
  foreach t in array array['action_plan_node', 'action_plan_activity', 'action_plan_responsible', 'action_plan_indicator_line',
      'action_plan_budget_row', 'action_plan_figure', 'action_plan_party', 'action_plan_check'] loop
    execute format('grant select on %I to mb_app, mb_jobs', t);
    execute format('grant insert, delete on %I to mb_app', t);
    execute format('create policy with_version on %I for select to mb_app
      using ((plan_id, plan_version) in (select v.plan_id, v.plan_version from action_plan_version v))', t);
    execute format('create policy draft_new on %I for insert to mb_app with check (plan_draft_is_mine(plan_id, plan_version))', t);
    execute format('create policy draft_ends on %I for delete to mb_app using (plan_draft_is_mine(plan_id, plan_version))', t);
    execute format('create policy jobs_read on %I for select to mb_jobs using (true)', t);
  end loop;
end $$;

-- The application can end an approved version, never rewrite it.
create function keep_approved_plan() returns trigger language plpgsql as $$
begin
  if current_user <> 'mb_owner' and old.status <> 'draft' and (old.head, old.document, old.why, old.author_id, old.created_at,
      old.approved_by, old.approved_at) is distinct from (new.head, new.document, new.why, new.author_id, new.created_at,
      new.approved_by, new.approved_at) then
    raise exception 'an approved plan changes only by a new version';
  end if;
  return new;
end $$;
create trigger keep_approved_plan before update on action_plan_version for each row execute function keep_approved_plan();

-- What stands now: the approved version of each plan. With the rights of whoever asks.
create view current_plan_node with (security_invoker = true) as
  select n.*, p.slug as plan_slug from action_plan_node n join action_plan p on p.id = n.plan_id and p.current_version = n.plan_version;
create view current_plan_activity with (security_invoker = true) as
  select n.uid, n.code, n.code_printed, n.ordinal, n.title_sq, n.title_en, n.parent_id, n.source_line, p.slug as plan_slug, a.*
  from action_plan_activity a join action_plan_node n on n.id = a.id
    join action_plan p on p.id = n.plan_id and p.current_version = n.plan_version;
grant select on current_plan_node, current_plan_activity to mb_app, mb_jobs;
