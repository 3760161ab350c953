-- Cases: the pseudonymous row that rules visibility, its own nested facts, and text kept apart by tier.
-- `src/domain/case/policy.ts` says the same in words; test/scopes compares.

-- One number after the other per municipality and year, taken under the row's lock: no race, and a rolled-back opening
-- gives its number back.
create table case_code_counter (
  municipality text not null,
  year smallint not null,
  last integer not null,
  primary key (municipality, year)
);
select protect_table('case_code_counter', 'T2', 'last number given to a case, by municipality and year');

create function next_case_code(p_municipality text, p_year integer) returns text language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  n integer;
  short text;
begin
  insert into case_code_counter (municipality, year, last) values (p_municipality, p_year, 1)
    on conflict (municipality, year) do update set last = case_code_counter.last + 1
    returning last into n;
  select short_code into short from municipality where code = p_municipality;
  return coalesce(short, p_municipality) || '-' || p_year || '-' || lpad(n::text, 4, '0');
end $$;
grant execute on function next_case_code(text, integer) to mb_app;

create table case_file (
  id uuid primary key,
  code text not null unique check (code ~ '^[A-Z0-9]{2}-[0-9]{4}-[0-9]{4,6}$'),
  version integer not null check (version > 0),
  person_id uuid not null references person,
  unit_id uuid not null references unit,
  municipality text not null check (municipality ~ '^[0-9]{2}$'),
  county text not null,
  manager_id uuid,
  manager_is_head boolean not null default false,
  deputy_id uuid,
  status text not null default 'OPEN' check (status in ('OPEN', 'INITIAL_ASSESSMENT', 'CLOSED_NO_RISK', 'COMPREHENSIVE_ASSESSMENT',
    'PLANNING', 'PLAN_ACTIVE', 'REVIEW', 'CLOSURE_PROPOSED', 'CLOSED', 'FOLLOW_UP', 'ARCHIVED')),
  risk_level text check (risk_level in ('low', 'medium', 'high', 'immediate')),
  risk_at timestamptz,
  child_seen_at timestamptz,
  vmt_status text not null default 'none' check (vmt_status in ('none', 'screened_negative', 'at_risk', 'vmt', 'formal_pending', 'vt',
    'not_confirmed', 'declined_formal', 'exited')),
  has_measure boolean not null default false,
  transfer_to uuid,
  concerns text[] not null default '{}',
  opened_at timestamptz not null,
  closed_at timestamptz,
  closure_reason text,
  suspended_at timestamptz,
  episode smallint not null default 1 check (episode > 0),
  episode_at timestamptz not null,
  returned boolean not null default false,
  alerts jsonb not null default '{"doNotPhoneHome": false, "doNotInformFamily": true, "addressProtected": false, "interpreter": null, "assessed": false}',
  -- Assessments, plan, conferences, measures, closure, follow-ups, transfer, reports: ids and codes as the domain folds them.
  detail jsonb not null default '{}',
  check ((status in ('CLOSED', 'CLOSED_NO_RISK', 'FOLLOW_UP', 'ARCHIVED')) = (closed_at is not null)),
  check (status = 'OPEN' or manager_id is not null)
);
create index case_of_unit on case_file (unit_id, opened_at desc, id desc);
create index case_of_manager on case_file (manager_id, opened_at desc, id desc);
create index case_of_person on case_file (person_id);
create index case_newest on case_file (opened_at desc, id desc);
create index case_incoming on case_file (transfer_to, opened_at desc, id desc) where transfer_to is not null;
create index case_for_director on case_file (municipality, opened_at desc, id desc)
  where has_measure or status = 'CLOSURE_PROPOSED';
create index case_trafficking on case_file (opened_at desc, id desc)
  where vmt_status in ('vmt', 'formal_pending', 'vt', 'not_confirmed', 'declined_formal', 'exited');

create table case_file_named (
  id uuid primary key references case_file,
  summary text check (length(summary) <= 8000),
  safe_contact text check (length(safe_contact) <= 2000)
);
create table case_file_sensitive (
  id uuid primary key references case_file
);
create table case_report (
  case_id uuid not null references case_file,
  report_id uuid not null references report,
  at timestamptz not null,
  primary key (case_id, report_id)
);
create index case_of_report on case_report (report_id);
-- Text by tier: one row for each text of a goal, an action, minutes, a review. `subject_id` is the row it belongs to.
create table case_text (
  case_id uuid not null references case_file,
  subject_id uuid not null,
  name text not null check (length(name) <= 40),
  body jsonb not null check (pg_column_size(body) <= 262144),
  at timestamptz not null,
  id uuid primary key
);
create index case_text_of on case_text (case_id, subject_id);
create table case_text_sensitive (like case_text including all);
alter table case_text_sensitive add foreign key (case_id) references case_file;

create table assessment (
  id uuid primary key,
  case_id uuid not null references case_file,
  form text not null check (form in ('initial', 'comprehensive', 'best_interests')),
  form_version smallint not null,
  at timestamptz not null,
  by_id uuid not null,
  episode smallint not null,
  child_seen_at timestamptz
);
create index assessment_of on assessment (case_id, at);
-- Answers as data (decision 6); the tier of a question is the table its answer lies in.
create table answer (
  assessment_id uuid not null references assessment,
  case_id uuid not null references case_file,
  question_key text not null check (length(question_key) <= 60),
  value jsonb not null,
  primary key (assessment_id, question_key)
);
create index answer_of on answer (case_id);
create table answer_named (like answer including all);
create table answer_sensitive (like answer including all);
alter table answer_named add foreign key (assessment_id) references assessment;
alter table answer_sensitive add foreign key (assessment_id) references assessment;

create table plan (
  id uuid primary key,
  case_id uuid not null references case_file,
  number smallint not null check (number > 0),
  status text not null check (status in ('draft', 'approved')),
  drafted_at timestamptz not null,
  approved_at timestamptz,
  approved_by uuid,
  conference_id uuid,
  child_view text,
  check ((status = 'approved') <= (approved_at is not null))
);
create index plan_of on plan (case_id, number);
create table plan_goal (
  id uuid primary key,
  plan_id uuid not null references plan,
  case_id uuid not null references case_file,
  area text not null,
  status text not null default 'open' check (status in ('open', 'met', 'dropped'))
);
create index plan_goal_of on plan_goal (case_id);
create table plan_action (
  id uuid primary key,
  plan_id uuid not null references plan,
  goal_id uuid not null references plan_goal,
  case_id uuid not null references case_file,
  service text not null,
  institution_id uuid references institution,
  due date,
  cost_lek bigint check (cost_lek >= 0),
  funding text check (funding in ('municipality', 'state', 'donor', 'family', 'no_cost', 'gap')),
  status text not null default 'planned' check (status in ('planned', 'under_way', 'done', 'dropped')),
  done_on date
);
create index plan_action_of on plan_action (case_id);
create table service_delivery (
  id uuid primary key,
  case_id uuid not null references case_file,
  action_id uuid,
  service text not null,
  setting text not null,
  beneficiary text not null,
  provider_id uuid not null references institution,
  from_day date not null,
  until_day date,
  cost_lek bigint check (cost_lek >= 0),
  by_id uuid not null,
  at timestamptz not null,
  check (until_day is null or until_day >= from_day)
);
create index service_delivery_of on service_delivery (case_id, from_day);
create table case_note (
  id uuid primary key,
  case_id uuid not null references case_file,
  kind text not null,
  tier text not null check (tier in ('T3', 'T4')),
  happened_on date not null,
  has_words boolean not null,
  by_id uuid not null,
  at timestamptz not null
);
create index case_note_of on case_note (case_id, at);
create table case_conference (
  id uuid primary key,
  case_id uuid not null references case_file,
  held_on date not null,
  child_part text not null,
  family_part text not null,
  decisions text[] not null,
  plan_id uuid,
  by_id uuid not null,
  at timestamptz not null
);
create index case_conference_of on case_conference (case_id, held_on);
create table case_attendance (
  conference_id uuid not null references case_conference,
  case_id uuid not null references case_file,
  institution_id uuid not null references institution,
  present boolean not null,
  absence text,
  primary key (conference_id, institution_id),
  check (present or absence is not null)
);
create index case_attendance_of on case_attendance (case_id);
create index case_attendance_absent on case_attendance (institution_id) where not present;
create table protection_measure (
  id uuid primary key,
  case_id uuid not null references case_file,
  kind text not null check (kind in ('emergency', 'alternative_care', 'specialised_supervision')),
  ground text not null,
  status text not null check (status in ('proposed', 'emergency_issued', 'court_filed', 'in_force', 'refused', 'replaced', 'lifted', 'expired')),
  parents_cooperate text not null,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_by text,
  decided_on date,
  from_day date,
  until_day date,
  ended_on date,
  court_ref text check (length(court_ref) <= 80)
);
create index protection_measure_of on protection_measure (case_id);
create table follow_up (
  id uuid primary key,
  case_id uuid not null references case_file,
  episode smallint not null,
  month smallint not null check (month in (1, 3, 6, 12)),
  due date not null,
  done_at timestamptz,
  seen_on date,
  seen text,
  reexploited text check (reexploited in ('yes', 'no', 'not_known')),
  by_id uuid,
  unique (case_id, episode, month)
);
create table transfer (
  id uuid primary key,
  case_id uuid not null references case_file,
  from_unit_id uuid not null references unit,
  to_unit_id uuid not null references unit,
  requested_by uuid not null,
  requested_at timestamptz not null,
  status text not null check (status in ('pending', 'accepted', 'declined', 'withdrawn')),
  answered_by uuid,
  answered_at timestamptz
);
create index transfer_of on transfer (case_id);
create unique index transfer_one_pending on transfer (case_id) where status = 'pending';
create table case_person_near (
  id uuid primary key,
  case_id uuid not null references case_file,
  name text not null check (length(name) between 1 and 200),
  relationship text not null,
  contact text not null check (contact in ('allowed', 'supervised', 'forbidden', 'not_assessed')),
  lives_with_child boolean,
  phone text check (length(phone) <= 40),
  remark text check (length(remark) <= 2000),
  by_id uuid not null,
  at timestamptz not null
);
create index case_person_near_of on case_person_near (case_id);

select protect_table('case_file', 'T2', 'a child-protection case: codes, ids, times and the scope that rules who sees it');
select protect_table('case_file_named', 'T3', 'what identifies the case to its worker: summary, safe way of contact');
select protect_table('case_file_sensitive', 'T4', 'marks who reads the sensitive tier of a case');
select protect_table('case_report', 'T2', 'which accepted reports a case answers');
select protect_table('case_text', 'T3', 'what was written in a case: goals, minutes, reasons, findings, notes');
select protect_table('case_text_sensitive', 'T4', 'what was written in a case about health, mind, interview or place');
select protect_table('assessment', 'T2', 'which assessment was made when, by whom, under which version of the form');
select protect_table('answer', 'T2', 'answers of assessments that tell nothing of the person');
select protect_table('answer_named', 'T3', 'answers of assessments about the child and the family');
select protect_table('answer_sensitive', 'T4', 'answers of assessments about health, mind, abuse');
select protect_table('plan', 'T2', 'individual protection plans: status, approval');
select protect_table('plan_goal', 'T2', 'goals of a plan by area of life');
select protect_table('plan_action', 'T2', 'actions of a plan: who, until when, cost and source in lek');
select protect_table('service_delivery', 'T2', 'services that a child or family received');
select protect_table('case_note', 'T2', 'that a note was written, of which kind and tier; its text lies in the text tables');
select protect_table('case_conference', 'T2', 'case conferences: day and decisions');
select protect_table('case_attendance', 'T2', 'which institutions came to a conference and which did not');
select protect_table('protection_measure', 'T2', 'protection measures: kind, ground, who decided, dates, status');
select protect_table('follow_up', 'T2', 'visits due and made after closure');
select protect_table('transfer', 'T2', 'hand-overs between units and their answers');
select protect_table('case_person_near', 'T3', 'people near the child and whether contact is allowed');

-- Who sees the row. -------------------------------------------------------------------------------------------------
grant select, insert on case_file, case_file_named, case_file_sensitive to mb_app;
-- A column is granted so that the row can be locked; the policy lets nothing through. Changes go through save_case.
grant update (version) on case_file to mb_app;
create policy see on case_file for select to mb_app using (
  case when (select me_role()) in ('cpw', 'cpu_head') then (select me_unit()) in (unit_id, transfer_to)
    else case (select me_role())
      when 'state_agency' then true
      when 'municipal_director' then municipality = (select me_municipality())
        and (has_measure or (status = 'CLOSURE_PROPOSED' and manager_is_head))
      when 'responsible_authority' then vmt_status in ('vmt', 'formal_pending', 'vt', 'not_confirmed', 'declined_formal', 'exited')
      else false
    end
  end);
create policy open on case_file for insert to mb_app
  with check (unit_id = (select me_unit()) and (select me_role()) in ('cpw', 'cpu_head'));
create policy lock on case_file for update to mb_app using (true) with check (false);

create policy open on case_file_named for insert to mb_app
  with check (exists (select 1 from case_file c where c.id = case_file_named.id));
create policy open on case_file_sensitive for insert to mb_app
  with check (exists (select 1 from case_file c where c.id = case_file_sensitive.id));
grant update (summary, safe_contact) on case_file_named to mb_app;
-- Spelled out and not left to the policy on reading: a statement that forgets its `where` reads nothing and asks no such policy.
create policy change on case_file_named for update to mb_app using (exists (select 1 from case_file c where c.id = case_file_named.id
  and c.unit_id = (select me_unit()) and (select me_role()) in ('cpw', 'cpu_head')));

-- Whoever sees the row (the policy above is part of every look at case_file) reads the tiers by assignment and purpose.
do $$
declare
  t text;
  row_of constant text := 'create policy %s on %I for select to mb_app using (exists (select 1 from case_file c where %s = %I.%I%s))';
  named constant text := $c$ and case (select me_role())
    when 'cpw' then c.unit_id = (select me_unit()) and (select me_user()) in (c.manager_id, c.deputy_id)
    when 'cpu_head' then c.unit_id = (select me_unit())
    when 'state_agency' then (select me_purpose()) in ('monitoring', 'complaint', 'case_review')
    else true end$c$;
  sensitive constant text := $c$ and c.unit_id = (select me_unit()) and ((select me_user()) in (c.manager_id, c.deputy_id)
    or ((select me_role()) = 'cpu_head' and (select me_purpose()) = 'supervision'))$c$;
begin
  foreach t in array array['case_report', 'assessment', 'answer', 'plan', 'plan_goal', 'plan_action', 'service_delivery', 'case_note',
    'case_conference', 'case_attendance', 'protection_measure', 'follow_up', 'transfer'] loop
    execute format('grant select, insert on %I to mb_app', t);
    execute format(row_of, 'see', t, 'c.id', t, 'case_id', '');
  end loop;
  foreach t in array array['case_text', 'answer_named', 'case_person_near'] loop
    execute format('grant select, insert on %I to mb_app', t);
    execute format(row_of, 'see', t, 'c.id', t, 'case_id', named);
  end loop;
  foreach t in array array['case_text_sensitive', 'answer_sensitive'] loop
    execute format('grant select, insert on %I to mb_app', t);
    execute format(row_of, 'see', t, 'c.id', t, 'case_id', sensitive);
  end loop;
  execute format(row_of, 'see', 'case_file_named', 'c.id', 'case_file_named', 'id', named);
  execute format(row_of, 'see', 'case_file_sensitive', 'c.id', 'case_file_sensitive', 'id', sensitive);
  -- Persons are known through the cases, and at the tier, that the reader reaches.
  execute format(row_of, 'through_case', 'person', 'c.person_id', 'person', 'id', '');
  execute format(row_of, 'through_case', 'person_named', 'c.person_id', 'person_named', 'id', named);
  execute format(row_of, 'through_case', 'person_sensitive', 'c.person_id', 'person_sensitive', 'id', sensitive);
  -- Whoever may see the row may add to it; what may be added is the domain's to say, and every addition is an event.
  foreach t in array array['case_report', 'assessment', 'answer', 'plan', 'plan_goal', 'plan_action', 'service_delivery', 'case_note',
    'case_conference', 'case_attendance', 'protection_measure', 'follow_up', 'transfer', 'case_text', 'answer_named', 'case_person_near',
    'case_text_sensitive', 'answer_sensitive'] loop
    execute format('create policy add on %I for insert to mb_app with check (exists (select 1 from case_file c where c.id = %I.case_id))', t, t);
  end loop;
  foreach t in array array['plan', 'plan_goal', 'plan_action', 'protection_measure', 'follow_up', 'transfer'] loop
    execute format('create policy change on %I for update to mb_app using (true) with check (exists (select 1 from case_file c where c.id = %I.case_id))', t, t);
  end loop;
end $$;
grant update (status, approved_at, approved_by, conference_id, child_view) on plan to mb_app;
grant update (status) on plan_goal to mb_app;
grant update (institution_id, due, cost_lek, funding, status, done_on) on plan_action to mb_app;
grant update (status, decided_by, decided_on, from_day, until_day, ended_on, court_ref, parents_cooperate) on protection_measure to mb_app;
grant update (done_at, seen_on, seen, reexploited, by_id) on follow_up to mb_app;
grant update (status, answered_by, answered_at) on transfer to mb_app;

-- The clocks' keeper and the search functions read the pseudonymous row.
grant select on case_file to mb_jobs, mb_search;
create policy system_read on case_file for select to mb_jobs, mb_search using (true);

-- One look at the next running clock of each listed case.
create index clock_next_of_record on clock (record_id, due_at) where stopped_at is null;

-- The same question as in 0001, for the records asked about most answered by statements whose plans are kept.
create or replace function readable(p_kind text, p_id uuid, p_suffix text) returns boolean language plpgsql stable as $$
declare
  t regclass;
  answer boolean;
begin
  case p_kind || p_suffix
    when 'case_file' then return exists (select 1 from case_file where id = p_id);
    when 'case_file_named' then return exists (select 1 from case_file_named where id = p_id);
    when 'case_file_sensitive' then return exists (select 1 from case_file_sensitive where id = p_id);
    when 'report' then return exists (select 1 from report where id = p_id);
    when 'report_named' then return exists (select 1 from report_named where id = p_id);
    when 'referral' then return exists (select 1 from referral where id = p_id);
    else
      t := to_regclass('public.' || quote_ident(p_kind || p_suffix));
      if t is null then
        return false;
      end if;
      execute format('select exists (select 1 from %s where id = $1)', t) into answer using p_id;
      return answer;
  end case;
end $$;

-- The only way to change a case: whole row at once, and only in the transaction that appended the event which says so. So a
-- change can leave the actor's own sight (a transfer declined, a closure approved by the director) and is never silent.
create function save_case(p jsonb) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r case_file := jsonb_populate_record(null::case_file, p);
begin
  if not exists (select 1 from event e where e.record_id = r.id and e.kind = 'case_file' and e.seq = r.version
      and e.xid = pg_current_xact_id()) then
    raise exception 'a case changes only together with its event' using errcode = 'insufficient_privilege';
  end if;
  update case_file set version = r.version, unit_id = r.unit_id, municipality = r.municipality, county = r.county,
    manager_id = r.manager_id, manager_is_head = r.manager_is_head, deputy_id = r.deputy_id, status = r.status,
    risk_level = r.risk_level, risk_at = r.risk_at, child_seen_at = r.child_seen_at, vmt_status = r.vmt_status,
    has_measure = r.has_measure, transfer_to = r.transfer_to, concerns = r.concerns, closed_at = r.closed_at,
    closure_reason = r.closure_reason, suspended_at = r.suspended_at, episode = r.episode, episode_at = r.episode_at,
    returned = r.returned, alerts = r.alerts, detail = r.detail
  where id = r.id and version < r.version;
  if not found then
    raise exception 'case % is newer than what was to be saved', r.id;
  end if;
end $$;
grant execute on function save_case(jsonb) to mb_app;

-- For the register of identifications: the status that the case's guards and scope read, beside its own event.
create function set_case_vmt(p_id uuid, p_version integer, p_status text) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from event e where e.record_id = p_id and e.kind = 'case_file' and e.seq = p_version
      and e.xid = pg_current_xact_id()) then
    raise exception 'a case changes only together with its event' using errcode = 'insufficient_privilege';
  end if;
  update case_file set vmt_status = p_status, version = p_version where id = p_id and version < p_version;
end $$;
grant execute on function set_case_vmt(uuid, integer, text) to mb_app;
