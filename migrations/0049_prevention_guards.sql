-- What 0024 did for plans, reports and bodies, for prevention and courses: a row changes as the application only together with its event.

do $$
declare
  t text;
  kind text;
  key text;
begin
  foreach t in array array['professional', 'training', 'business', 'activity_record', 'member_batch'] loop
    execute format('create trigger follow_event_new after insert on %I for each row execute function follow_event(%L, ''id'', ''version'')', t, t);
    execute format('create trigger follow_event after update on %I for each row when (old.* is distinct from new.*)
      execute function follow_event(%L, ''id'', ''version'')', t, t);
  end loop;
  for t, kind, key in values
    ('professional_named', 'professional', 'id'), ('training_participation', 'training', 'training_id'),
    ('business_sanction', 'business', 'business_id'), ('activity_party', 'activity_record', 'record_id'),
    ('activity_count', 'activity_record', 'record_id'), ('activity_attendance', 'activity_record', 'record_id'),
    ('reach_member', 'member_batch', 'batch_id'), ('course_question', 'course', 'course_id')
  loop
    execute format('create trigger follow_event_new after insert or delete on %I for each row execute function follow_event(%L, %L)', t, kind, key);
    execute format('create trigger follow_event after update on %I for each row when (old.* is distinct from new.*)
      execute function follow_event(%L, %L)', t, kind, key);
  end loop;
end $$;

-- A version of a course is superseded by the adoption of its next one, which is another record.
create function follow_course() returns trigger language plpgsql as $$
begin
  if current_user = 'mb_app' and not exists (select from event_of_now('course', new.id) e where e.seq = new.version)
      and not (tg_op = 'UPDATE' and new.state = 'superseded' and new.version = old.version
        and exists (select from course c, event_of_now('course', c.id) e where c.slug = new.slug and e.type = 'CourseAdopted')) then
    raise exception 'a course changes only together with its event' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger follow_event_new after insert on course for each row execute function follow_course();
create trigger follow_event after update on course for each row when (old.* is distinct from new.*) execute function follow_course();

-- Right answers lie below a question, which lies below its course.
create function follow_right_answer() returns trigger language plpgsql as $$
begin
  if current_user = 'mb_app' and not exists (
      select from course_question q, event_of_now('course', q.course_id) e where q.id = new.question_id) then
    raise exception 'answers are written only together with their event' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger follow_event after insert on course_answer for each row execute function follow_right_answer();

-- Since when reports are asked for: the office moves it with an event, the worker that opens reports begins it.
create function follow_start() returns trigger language plpgsql as $$
begin
  if current_user <> 'mb_app' then
    return new;
  end if;
  if not exists (select from event_of_now('reporting_start', '00000000-0000-7000-8000-000000000015') e
      where e.type = 'ReportingStartSet' and e.facts ->> 'since' = new.since::text) then
    raise exception 'the first day of reports changes only together with its event' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger follow_event after insert or update on reporting_start for each row execute function follow_start();
