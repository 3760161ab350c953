-- Rows of plans, reports, bodies, the net, local lines, surveys and learning change only together with their event: whoever could type
-- SQL as the application would leave a trace in the ledger, and could not make a state that no command makes.

-- What this very transaction appended to a record's chain; nothing of other transactions is told.
create function event_of_now(p_kind text, p_record uuid) returns table (seq integer, type text, facts jsonb)
  language sql stable security definer set search_path = public, pg_temp as $$
  select e.seq, e.type, e.facts from event e
  where e.record_id = p_record and e.kind = p_kind and e.xid = pg_current_xact_id_if_assigned()
$$;
grant execute on function event_of_now(text, uuid) to mb_app;

-- follow_event(kind, column of the record's id, column of the version or nothing). Asked after the row's own policies and constraints.
-- Only the application is held to it: migrations, reference data and erasure work as the owner.
create function follow_event() returns trigger language plpgsql as $$
declare
  here record;
  row_id uuid;
  row_version integer;
begin
  if tg_op = 'DELETE' then
    here := old;
  else
    here := new;
  end if;
  if current_user <> 'mb_app' then
    return here;
  end if;
  execute format('select ($1).%I', tg_argv[1]) into row_id using here;
  if tg_nargs > 2 then
    execute format('select ($1).%I', tg_argv[2]) into row_version using here;
  end if;
  if not exists (select from event_of_now(tg_argv[0], row_id) e where row_version is null or e.seq = row_version) then
    raise exception 'a row of % changes only together with its event', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return here;
end $$;

do $$
declare
  t text;
  kind text;
  key text;
  -- Rows that are a record of their own: the event stands at the row's version.
  own constant text[] := array['action_plan', 'activity_execution', 'body', 'body_meeting', 'body_recommendation', 'survey', 'net_structure',
    'net_actor', 'net_project', 'local_budget_line', 'local_serve', 'guidance_reading', 'course_attempt'];
begin
  foreach t in array own loop
    execute format('create trigger follow_event_new after insert on %I for each row execute function follow_event(%L, ''id'', ''version'')', t, t);
    execute format('create trigger follow_event after update on %I for each row when (old.* is distinct from new.*)
      execute function follow_event(%L, ''id'', ''version'')', t, t);
  end loop;
  -- Rows below a record: any event of it in the transaction.
  for t, kind, key in values
    ('action_plan_version', 'action_plan', 'plan_id'), ('action_plan_node', 'action_plan', 'plan_id'),
    ('action_plan_activity', 'action_plan', 'plan_id'), ('action_plan_responsible', 'action_plan', 'plan_id'),
    ('action_plan_indicator_line', 'action_plan', 'plan_id'), ('action_plan_budget_row', 'action_plan', 'plan_id'),
    ('action_plan_figure', 'action_plan', 'plan_id'), ('action_plan_party', 'action_plan', 'plan_id'),
    ('action_plan_check', 'action_plan', 'plan_id'),
    ('activity_status', 'activity_execution', 'execution_id'), ('activity_deliverable', 'activity_execution', 'execution_id'),
    ('activity_deliverable_file', 'activity_execution', 'execution_id'), ('activity_budget_line', 'activity_execution', 'execution_id'),
    ('activity_spending', 'activity_execution', 'execution_id'), ('activity_tranche', 'activity_execution', 'execution_id'),
    ('body_member', 'body', 'body_id'), ('body_member_named', 'body', 'body_id'), ('body_meeting_seat', 'body_meeting', 'meeting_id'),
    ('body_minutes', 'body_meeting', 'meeting_id'), ('body_distribution', 'body_meeting', 'meeting_id'),
    ('plan_report_content', 'plan_report', 'id'), ('plan_report_step', 'plan_report', 'report_id'),
    ('plan_report_edition', 'plan_report', 'report_id'), ('indicator_frozen', 'plan_report', 'report_id'),
    ('indicator_value', 'indicator_value', 'id'), ('survey_wave', 'survey', 'survey_id'),
    ('net_name', 'net_structure', 'structure_id'), ('net_position', 'net_structure', 'structure_id'),
    ('net_tenure', 'net_structure', 'structure_id'), ('net_tenure_named', 'net_structure', 'structure_id'),
    ('net_project_actor', 'net_project', 'project_id')
  loop
    execute format('create trigger follow_event_new after insert or delete on %I for each row execute function follow_event(%L, %L)', t, kind, key);
    execute format('create trigger follow_event after update on %I for each row when (old.* is distinct from new.*)
      execute function follow_event(%L, %L)', t, kind, key);
  end loop;
end $$;

-- Counts of answers lie below a wave, which lies below its survey.
create function follow_survey() returns trigger language plpgsql as $$
begin
  if current_user = 'mb_app' and not exists (select from survey_wave w, event_of_now('survey', w.survey_id) e where w.id = new.wave_id) then
    raise exception 'answers are counted only together with their event' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger follow_event after insert on survey_answer_count for each row execute function follow_survey();

-- A procedure is superseded by the adoption of its next version, which is another record.
create function follow_guidance() returns trigger language plpgsql as $$
begin
  if current_user = 'mb_app' and not exists (select from event_of_now('guidance', new.id) e where e.seq = new.version)
      and not (tg_op = 'UPDATE' and new.state = 'superseded' and new.version = old.version
        and exists (select from guidance g, event_of_now('guidance', g.id) e where g.slug = new.slug and e.type = 'GuidanceAdopted')) then
    raise exception 'a procedure changes only together with its event' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger follow_event_new after insert on guidance for each row execute function follow_guidance();
create trigger follow_event after update on guidance for each row when (old.* is distinct from new.*) execute function follow_guidance();

-- A report moves as its event says, along the steps of src/domain/reporting/state.ts, by whom they belong to: authors save and hand
-- in, the office does the rest, and whoever handed in neither returns nor accepts nor approves.
create function keep_report_steps() returns trigger language plpgsql as $$
declare
  e record;
begin
  if current_user <> 'mb_app' then
    return new;
  end if;
  if tg_op = 'INSERT' then
    if new.version <> 0 or new.status <> 'DUE' or new.edition <> 1 or coalesce(new.submitted_by, new.accepted_by) is not null
        or coalesce(new.submitted_at, new.accepted_at, new.approved_at, new.published_at) is not null or new.reason is not null then
      raise exception 'a report begins as due' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end if;
  select n.facts ->> 'act' as act, n.facts ->> 'from' as "from", n.facts ->> 'to' as "to", (n.facts ->> 'edition')::integer as edition into e
    from event_of_now('plan_report', new.id) n where n.seq = new.version and n.type = 'ReportMoved';
  if e.act is null or new.version <> old.version + 1 or e."from" <> old.status or e."to" <> new.status or e.edition <> new.edition
      or (e.act, old.status, new.status) not in (('save', 'DUE', 'DRAFT'), ('save', 'DRAFT', 'DRAFT'), ('save', 'RETURNED', 'DRAFT'),
        ('submit', 'DRAFT', 'SUBMITTED'), ('return', 'SUBMITTED', 'RETURNED'), ('accept', 'SUBMITTED', 'ACCEPTED'),
        ('consolidate', 'ACCEPTED', 'CONSOLIDATED'), ('approve', 'CONSOLIDATED', 'APPROVED'), ('publish', 'APPROVED', 'PUBLISHED'),
        ('correct', 'PUBLISHED', 'DRAFT'))
      or new.edition <> old.edition + (e.act = 'correct')::integer
      or not (case when e.act in ('save', 'submit') then report_is_mine(new.institution_id, new.unit_id) else me_role() = 'coordinator' end)
      or (e.act in ('return', 'accept', 'approve') and old.submitted_by is not distinct from me_user())
      or (new.submitted_by, new.submitted_at) is distinct from (old.submitted_by, old.submitted_at)
        and (e.act <> 'submit' or new.submitted_by is distinct from me_user())
      or (new.accepted_by, new.accepted_at) is distinct from (old.accepted_by, old.accepted_at)
        and (e.act <> 'accept' or new.accepted_by is distinct from me_user())
      or new.approved_at is distinct from old.approved_at and e.act <> 'approve'
      or new.published_at is distinct from old.published_at and e.act <> 'publish' then
    raise exception 'a report moves only as its event says' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger keep_report_steps_new after insert on plan_report for each row execute function keep_report_steps();
create trigger keep_report_steps after update on plan_report for each row when (old.* is distinct from new.*) execute function keep_report_steps();

-- What was published, and its figures, come into being only when their report is published.
create function keep_publication() returns trigger language plpgsql as $$
begin
  if current_user = 'mb_app' and not (me_role() = 'coordinator' and exists (select from event_of_now('plan_report', new.report_id) e
      where e.facts ->> 'act' = 'publish' and (e.facts ->> 'edition')::integer = new.edition)) then
    raise exception 'figures are frozen only when their report is published' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

-- Each edition of a report keeps the figures that it was published with.
alter table indicator_frozen add column edition integer not null default 1 check (edition between 1 and 1000);
alter table indicator_frozen alter column edition drop default;
alter table indicator_frozen drop constraint indicator_frozen_report_id_indicator_id_key;
alter table indicator_frozen add unique (report_id, edition, indicator_id);
create trigger keep_publication after insert on indicator_frozen for each row execute function keep_publication();
create trigger keep_publication after insert on plan_report_edition for each row execute function keep_publication();

-- A meeting changes as its event says: each kind of event has its columns, and a member who neither chairs nor keeps the papers
-- approves minutes and nothing else.
create function keep_meeting_steps() returns trigger language plpgsql as $$
declare
  what text;
  changed text[];
  allowed text[];
begin
  if current_user <> 'mb_app' then
    return new;
  end if;
  select e.type into what from event_of_now('body_meeting', new.id) e where e.seq = new.version;
  changed := array(select o.key from jsonb_each(to_jsonb(old)) o join jsonb_each(to_jsonb(new)) n using (key) where o.value is distinct from n.value);
  allowed := case what
    when 'MeetingMoved' then array['starts_at', 'place', 'agenda']
    when 'MeetingCancelled' then array['state', 'reason']
    when 'MeetingHeld' then array['state', 'held_on', 'people_present', 'people_absent', 'people_excused']
    when 'MinutesWritten' then array['minutes', 'minutes_by', 'nothing_to_correct']
    when 'MinutesApproved' then array['minutes', 'approved_by', 'approved_at']
    when 'MinutesDistributed' then array['distributed_at']
    else '{}' end || array['version'];
  if new.version <> old.version + 1 or not changed <@ allowed
      or (what <> 'MinutesApproved' and not new.body_id = any (sat_bodies(array['chair', 'secretary'])))
      or (what = 'MeetingCancelled' and new.state <> 'CANCELLED') or (what = 'MeetingHeld' and new.state <> 'HELD')
      or (what in ('MeetingCancelled', 'MeetingHeld', 'MeetingMoved') and old.state <> 'CONVENED')
      or (what = 'MinutesWritten' and (new.minutes <> 'draft' or old.minutes = 'approved' or new.minutes_by is distinct from me_user()))
      or (what = 'MinutesApproved' and (new.minutes <> 'approved' or old.minutes <> 'draft' or new.approved_by is distinct from me_user())) then
    raise exception 'a meeting changes only as its event says' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger keep_meeting_steps after update on body_meeting for each row when (old.* is distinct from new.*) execute function keep_meeting_steps();

-- Where an activity stands is what its newest step says.
create function keep_activity_status() returns trigger language plpgsql as $$
begin
  if current_user = 'mb_app' and not exists (select from event_of_now('activity_execution', new.id) e
      where e.type = 'ActivityStatusSet' and e.facts ->> 'to' = new.status) then
    raise exception 'the status of an activity changes only as its event says' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger keep_activity_status after update on activity_execution for each row
  when (old.status is distinct from new.status or old.since is distinct from new.since) execute function keep_activity_status();

-- Who acts for a body that a plan names: its officers, never those who keep accounts or watch over data, nor its case workers.
create or replace function activity_standing(p_plan uuid, p_uid text) returns text language sql stable as $$
  select case
    when exists (select from action_plan p where p.id = p_plan and plan_is_mine(p.kind, p.municipality, p.county, p.institution_id)) then 'owner'
    when me_role() = any (array['cpw', 'field_team', 'admin', 'dpo', 'public', 'system']) then null
    when exists (select from action_plan p join action_plan_node n on n.plan_id = p.id and n.plan_version = p.current_version and n.uid = p_uid
        join action_plan_responsible r on r.node_id = n.id
      where p.id = p_plan and r.code in (select my_plan_bodies())) then 'responsible' end $$;
