-- Courses are written on screen by the two bodies that set procedures, and published by a second person, as procedures are. Each
-- version is a row of its own with its own questions, so a result stays with the version it was taken against. What was
-- proposed and never adopted is for its writers alone, also once it is withdrawn.

alter table course
  add column proposed_by uuid references app_user,
  add column proposed_at timestamptz,
  add column adopted_by uuid references app_user,
  add column adopted_at timestamptz,
  -- Adopted by somebody else than whoever proposed it.
  add check (adopted_by is null or (proposed_by is not null and adopted_by <> proposed_by)),
  add check ((state = 'adopted') <= (adopted_by is not null)),
  add check (length(title_sq) between 1 and 200 and length(title_en) between 1 and 200),
  add check (pg_column_size(modules) <= 262144);

drop policy published_read on guidance;
create policy published_read on guidance for select to mb_app
  using ((state <> 'proposed' and (proposed_by is null or adopted_by is not null)) or (select leads_prevention()));
drop policy published_read on course;
create policy published_read on course for select to mb_app
  using ((state <> 'proposed' and (proposed_by is null or adopted_by is not null)) or (select leads_prevention()));

grant insert on course, course_question to mb_app;
grant update (state, version, adopted_by, adopted_at) on course to mb_app;
-- Put in and never read: the table stays closed to every role of the application.
grant insert on course_answer to mb_app;
create policy writer_insert on course for insert to mb_app
  with check ((select leads_prevention()) and state = 'proposed' and proposed_by = (select me_user()) and adopted_by is null);
create policy writer_update on course for update to mb_app
  using ((select leads_prevention()))
  with check ((select leads_prevention()) and (adopted_by is null or adopted_by <> proposed_by));
create policy writer_insert on course_question for insert to mb_app
  with check (exists (select 1 from course c where c.id = course_id and c.state = 'proposed' and c.proposed_by = (select me_user())));
create policy writer_insert on course_answer for insert to mb_app
  with check (exists (select 1 from course_question q join course c on c.id = q.course_id
    where q.id = question_id and c.state = 'proposed' and c.proposed_by = (select me_user())));

-- A text that was published is never rewritten: it changes by a further version, and only its state moves.
create function course_keeps_its_text() returns trigger language plpgsql as $$
begin
  if old.adopted_at is not null and (new.modules, new.pass_percent, new.drawn, new.title_sq, new.title_en)
      is distinct from (old.modules, old.pass_percent, old.drawn, old.title_sq, old.title_en) then
    raise exception 'an adopted course is not rewritten';
  end if;
  return new;
end $$;
create trigger keeps_its_text before update on course for each row execute function course_keeps_its_text();

-- Questions with their right answers, for those who write courses: to check what waits and to begin the next version from it.
create function written_questions(p_course uuid)
  returns table (text_sq text, text_en text, options jsonb, keys text[], why_sq text, why_en text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select q.text_sq, q.text_en, q.options, a.keys, a.why_sq, a.why_en
  from course_question q join course_answer a on a.question_id = q.id
  where q.course_id = p_course and leads_prevention() order by q.ordinal
$$;
revoke execute on function written_questions(uuid) from public;
grant execute on function written_questions(uuid) to mb_app;
