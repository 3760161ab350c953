-- Complaints by a child, a guardian or a victim against any institution, on a route of their own: the State Agency's officer hears
-- them, the People's Advocate those about the Agency itself. The institution complained of sees the question put to it, no more.

create table complaint (
  id uuid primary key,
  version integer not null check (version > 0),
  state text not null check (state in ('RECEIVED', 'ACKNOWLEDGED', 'UNDER_INQUIRY', 'DECIDED', 'CLOSED')),
  route text not null check (route in ('state_agency', 'peoples_advocate')),
  body text not null check (body ~ '^[a-z_]{2,40}$'),
  institution_id uuid references institution,
  unit_id uuid references unit,
  municipality text references municipality,
  by_whom text not null check (by_whom in ('child', 'guardian', 'victim', 'other')),
  channel text not null check (channel in ('web', 'staff')),
  discrimination text not null check (discrimination in ('yes', 'no', 'unknown')),
  ground text check (ground ~ '^[a-z_]{2,40}$'),
  language text not null check (language in ('sq', 'en')),
  -- True where somebody said who they are or how to answer them.
  identity boolean not null,
  -- Staff who wrote it down for somebody; they see no more of it.
  entered_by uuid,
  officer_id uuid,
  named uuid[] not null default '{}' check (cardinality(named) <= 40),
  received_at timestamptz not null,
  -- D52 and D53 as they stood when it came; null while a rule is off. Never moved.
  take_warn timestamptz,
  take_by timestamptz,
  decide_warn timestamptz,
  decide_by timestamptz,
  taken_at timestamptz,
  inquiry_at timestamptz,
  decided_at timestamptz,
  outcome text check (outcome in ('upheld', 'partly', 'not_upheld', 'out_of_remit')),
  closed_at timestamptz,
  advocate text not null default 'none' check (advocate in ('none', 'open', 'reported')),
  advocate_on date,
  advocate_reported_at timestamptz,
  recommendations smallint check (recommendations between 0 and 40),
  check ((unit_id is null) = (institution_id is null)),
  check (ground is null or discrimination <> 'no'),
  check ((outcome is null) = (decided_at is null)),
  check (state not in ('DECIDED', 'CLOSED') or decided_at is not null)
);
create index complaint_open on complaint (route, decide_by, id) where state <> 'CLOSED';
create index complaint_by_time on complaint (route, received_at desc, id desc);
create table complaint_named (
  id uuid primary key references complaint,
  narrative text not null check (length(narrative) between 1 and 10000),
  body_said text check (length(body_said) between 1 and 200),
  answer text check (length(answer) between 1 and 8000),
  measures text check (length(measures) between 1 and 8000),
  passed_to text check (length(passed_to) between 1 and 400),
  advocate_reference text check (length(advocate_reference) between 1 and 200),
  findings text check (length(findings) between 1 and 8000),
  advocate_said jsonb check (pg_column_size(advocate_said) <= 65536)
);
create table complaint_sensitive (
  id uuid primary key references complaint,
  sealed bytea check (octet_length(sealed) <= 16384)
);
create table complaint_receipt (
  -- Of the code and the secret together, 20 signs made by chance: nobody finds them from it, so it needs no key.
  hash bytea primary key check (octet_length(hash) = 32),
  complaint_id uuid not null unique references complaint
);
-- What the institution is asked: a record of its own, so that its reader learns nothing else.
create table complaint_question (
  id uuid primary key,
  version integer not null check (version > 0),
  complaint_id uuid not null references complaint,
  unit_id uuid not null references unit,
  not_for uuid[] not null default '{}' check (cardinality(not_for) <= 40),
  asked_at timestamptz not null,
  answer_warn timestamptz,
  answer_by timestamptz,
  answered_at timestamptz,
  answered_by uuid
);
create index complaint_question_of on complaint_question (complaint_id);
create index complaint_question_to on complaint_question (unit_id, asked_at desc, id desc);
create table complaint_question_named (
  id uuid primary key references complaint_question,
  question text not null check (length(question) between 1 and 8000),
  answer text check (length(answer) between 1 and 8000)
);
select protect_table('complaint', 'T2', 'complaints without words or names: whom about, state, ground, times');
select protect_table('complaint_named', 'T3', 'what happened, what was decided and answered, what the People''s Advocate found');
select protect_table('complaint_sensitive', 'T4', 'who complains and how to answer them safely, sealed');
select protect_table('complaint_receipt', 'T2', 'hashes of the codes and secrets that open an answer');
select protect_table('complaint_question', 'T2', 'questions put to an institution complained of: units and times');
select protect_table('complaint_question_named', 'T3', 'the question put to an institution and its answer');
grant select, insert on complaint, complaint_named, complaint_sensitive, complaint_question, complaint_question_named to mb_app;
grant insert on complaint_receipt to mb_app;
grant update (state, officer_id, taken_at, inquiry_at, decided_at, outcome, closed_at, advocate, advocate_on, advocate_reported_at,
  recommendations, version) on complaint to mb_app;
grant update (answer, measures, passed_to, advocate_reference, findings, advocate_said) on complaint_named to mb_app;
grant update (answered_at, answered_by, version) on complaint_question to mb_app;
grant update (answer) on complaint_question_named to mb_app;

-- The hearing office, the Advocate once an inquiry stands; never the institution meant, nobody named, not who wrote it down.
create policy office_reads on complaint for select to mb_app using (
  institution_id is distinct from (select me_institution()) and entered_by is distinct from (select me_user())
  and not ((select me_user()) = any (named))
  and ((route = 'state_agency' and (select me_role()) = 'state_agency')
    or ((route = 'peoples_advocate' or advocate <> 'none') and (select me_role()) = 'peoples_advocate')));
create policy anyone_complains on complaint for insert to mb_app with check (
  state = 'RECEIVED' and officer_id is null and named = '{}' and advocate = 'none' and outcome is null
  and (select me_role()) is not null
  and entered_by is not distinct from (case when (select me_role()) = 'public' then null else (select me_user()) end));
create policy office_acts on complaint for update to mb_app using (
  institution_id is distinct from (select me_institution()) and entered_by is distinct from (select me_user())
  and not ((select me_user()) = any (named))
  and ((route = 'state_agency' and (select me_role()) = 'state_agency')
    or ((route = 'peoples_advocate' or advocate <> 'none') and (select me_role()) = 'peoples_advocate')));
create policy with_complaint on complaint_named for select to mb_app
  using (exists (select from complaint c where c.id = complaint_named.id));
create policy with_complaint_new on complaint_named for insert to mb_app with check (true);
create policy office_answers on complaint_named for update to mb_app
  using (exists (select from complaint c where c.id = complaint_named.id));
-- Who it was: for the one officer who has it in hand.
create policy officer_reads on complaint_sensitive for select to mb_app
  using (exists (select from complaint c where c.id = complaint_sensitive.id and c.officer_id = (select me_user())));
create policy with_complaint_new on complaint_sensitive for insert to mb_app with check (true);
create policy with_complaint_new on complaint_receipt for insert to mb_app with check (true);

create policy office_reads on complaint_question for select to mb_app
  using (exists (select from complaint c where c.id = complaint_question.complaint_id));
create policy institution_reads on complaint_question for select to mb_app
  using (unit_id = (select me_unit()) and not ((select me_user()) = any (not_for))
    and (select me_role()) <> all (array['admin', 'dpo', 'cpw', 'field_team', 'public', 'system']));
create policy officer_asks on complaint_question for insert to mb_app
  with check (exists (select from complaint c where c.id = complaint_question.complaint_id and c.officer_id = (select me_user())));
create policy institution_answers on complaint_question for update to mb_app
  using (unit_id = (select me_unit()) and not ((select me_user()) = any (not_for))
    and (select me_role()) <> all (array['admin', 'dpo', 'cpw', 'field_team', 'public', 'system']));
create policy with_question on complaint_question_named for select to mb_app
  using (exists (select from complaint_question x where x.id = complaint_question_named.id));
create policy officer_asks on complaint_question_named for insert to mb_app
  with check (exists (select from complaint_question x where x.id = complaint_question_named.id));
create policy institution_answers on complaint_question_named for update to mb_app
  using (exists (select from complaint_question x where x.id = complaint_question_named.id and x.unit_id = (select me_unit())));

create trigger follow_event_new after insert on complaint for each row execute function follow_event('complaint', 'id', 'version');
create trigger follow_event after update on complaint for each row when (old.* is distinct from new.*)
  execute function follow_event('complaint', 'id', 'version');
create trigger follow_event_new after insert on complaint_question for each row execute function follow_event('complaint_question', 'id', 'version');
create trigger follow_event after update on complaint_question for each row when (old.* is distinct from new.*)
  execute function follow_event('complaint_question', 'id', 'version');
do $$
declare
  t text;
begin
  foreach t in array array['complaint', 'complaint_question'] loop
    execute format('create trigger follow_event_new after insert on %I_named for each row execute function follow_event(%L, ''id'')', t, t);
    execute format('create trigger follow_event after update on %I_named for each row when (old.* is distinct from new.*)
      execute function follow_event(%L, ''id'')', t, t);
  end loop;
end $$;
create trigger follow_event_new after insert on complaint_sensitive for each row execute function follow_event('complaint', 'id');
create trigger follow_event_new after insert on complaint_receipt for each row execute function follow_event('complaint', 'complaint_id');

-- Whom the complaint names loses sight of it, whoever writes that down; so this is no update of their own.
create function name_in_complaint(p_id uuid, p_version integer) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  given uuid[];
begin
  select array(select value::uuid from jsonb_array_elements_text(e.facts -> 'userIds') value) into given from event e
    where e.record_id = p_id and e.kind = 'complaint' and e.seq = p_version and e.type = 'ComplaintNamed' and e.xid = pg_current_xact_id();
  if given is null then
    raise exception 'nobody is named in a complaint without its event' using errcode = 'insufficient_privilege';
  end if;
  update complaint set named = named || given, officer_id = case when officer_id = any (given) then null else officer_id end,
    version = p_version where id = p_id;
  update complaint_question set not_for = not_for || given where complaint_id = p_id;
end $$;
grant execute on function name_in_complaint(uuid, integer) to mb_app;

-- What a receipt and its secret open together: how far it is, and the answer. Nothing of who hears it.
create function read_complaint(p_hash bytea)
  returns table (state text, received_at timestamptz, decide_by timestamptz, decided_at timestamptz, outcome text, answer text,
    passed_to text, advocate text) language sql stable security definer set search_path = public, pg_temp as $$
  select c.state, c.received_at, c.decide_by, c.decided_at, c.outcome, n.answer, n.passed_to, c.advocate
  from complaint_receipt r join complaint c on c.id = r.complaint_id join complaint_named n on n.id = c.id
  where r.hash = p_hash
$$;
grant execute on function read_complaint(bytea) to mb_app;

-- Counts without persons; whoever shows them hides what is small.
create function complaint_counts(p_from timestamptz, p_until timestamptz, p_now timestamptz)
  returns table (body text, ground text, outcome text, late boolean, n integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.body, case c.discrimination when 'yes' then coalesce(c.ground, 'other') else 'none' end, coalesce(c.outcome, 'open'),
    coalesce(coalesce(c.decided_at, p_now) > c.decide_by, false), count(*)::integer
  from complaint c where c.received_at >= p_from and c.received_at < p_until
    and me_role() in ('state_agency', 'peoples_advocate', 'coordinator', 'county_committee') group by 1, 2, 3, 4
$$;
grant execute on function complaint_counts(timestamptz, timestamptz, timestamptz) to mb_app;

-- Lawful erasure: the words and the seal go, what counts stays.
create function erase_complaint(p_kind text, p_id uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from event e where e.record_id = p_id and e.kind = p_kind and e.type = 'Erased' and e.xid = pg_current_xact_id()) then
    raise exception 'nothing is erased without its event' using errcode = 'insufficient_privilege';
  end if;
  if p_kind = 'complaint' then
    update complaint_named set narrative = '–', body_said = null, answer = case when answer is null then null else '–' end,
      measures = null, passed_to = null, advocate_reference = null, findings = null, advocate_said = null where id = p_id;
    update complaint_sensitive set sealed = null where id = p_id;
    delete from complaint_receipt where complaint_id = p_id;
  else
    update complaint_question_named set question = '–', answer = case when answer is null then null else '–' end where id = p_id;
  end if;
  execute format('update %I set version = (select h.version from record_head h where h.record_id = $1 and h.kind = $2) where id = $1', p_kind)
    using p_id, p_kind;
end $$;
grant execute on function erase_complaint(text, uuid) to mb_retention;
create function records_of_complaint(p_id uuid) returns table (kind text, id uuid) language sql stable security definer
  set search_path = public, pg_temp as $$
    select 'complaint', c.id from complaint c where c.id = p_id
    union all
    select 'complaint_question', x.id from complaint_question x where x.complaint_id = p_id
$$;
grant execute on function records_of_complaint(uuid) to mb_retention;
