-- Learning: a library of procedures in versions, acknowledged reading, short courses with knowledge tests marked here. Right answers
-- lie in a table that no role of the application reads.

create table guidance (
  id uuid primary key,
  version integer not null default 0,
  slug text not null check (slug ~ '^[a-z0-9-]{3,60}$'),
  number integer not null check (number > 0),
  state text not null check (state in ('shipped', 'proposed', 'adopted', 'superseded')),
  title_sq text not null check (length(title_sq) between 1 and 200),
  title_en text not null check (length(title_en) between 1 and 200),
  body_sq text not null check (length(body_sq) between 1 and 20000),
  body_en text not null check (length(body_en) between 1 and 20000),
  effective_from date not null,
  proposed_by uuid references app_user,
  proposed_at timestamptz,
  adopted_by uuid references app_user,
  adopted_at timestamptz,
  unique (slug, number),
  -- Adopted by somebody else than whoever proposed it.
  check (adopted_by is null or (proposed_by is not null and adopted_by <> proposed_by)),
  check ((state = 'adopted') <= (adopted_by is not null))
);
create table guidance_reading (
  id uuid primary key,
  version integer not null,
  guidance_id uuid not null references guidance,
  user_id uuid not null references app_user,
  institution_id uuid not null references institution,
  at timestamptz not null,
  unique (guidance_id, user_id)
);
select protect_table('guidance', 'T0', 'procedures in versions: what the product ships is its own guidance, not law');
select protect_table('guidance_reading', 'T2', 'which user acknowledged which version of a procedure');
grant select, insert on guidance, guidance_reading to mb_app;
grant update (state, version, adopted_by, adopted_at) on guidance to mb_app;
create policy published_read on guidance for select to mb_app
  using (state <> 'proposed' or (select leads_prevention()));
create policy writer_insert on guidance for insert to mb_app
  with check ((select leads_prevention()) and state = 'proposed' and proposed_by = (select me_user()));
create policy writer_update on guidance for update to mb_app
  using ((select leads_prevention())) with check ((select leads_prevention()) and (adopted_by is null or adopted_by <> proposed_by));
create policy own on guidance_reading for select to mb_app using (user_id = (select me_user()));
create policy own_insert on guidance_reading for insert to mb_app
  with check (user_id = (select me_user()) and institution_id = (select me_institution()));

create table course (
  id uuid primary key,
  version integer not null default 0,
  slug text not null check (slug ~ '^[a-z0-9-]{3,60}$'),
  number integer not null check (number > 0),
  state text not null check (state in ('shipped', 'proposed', 'adopted', 'superseded')),
  topic text not null check (topic ~ '^[a-z_]{2,40}$'),
  title_sq text not null,
  title_en text not null,
  summary_sq text not null,
  summary_en text not null,
  modules jsonb not null,
  pass_percent smallint not null check (pass_percent between 1 and 100),
  drawn smallint not null check (drawn between 1 and 50),
  attempts smallint not null check (attempts between 1 and 20),
  wait_hours smallint not null check (wait_hours between 1 and 720),
  unique (slug, number)
);
create table course_question (
  id uuid primary key,
  course_id uuid not null references course,
  ordinal integer not null,
  text_sq text not null,
  text_en text not null,
  options jsonb not null,
  many boolean not null,
  unique (course_id, ordinal)
);
create table course_answer (
  question_id uuid primary key references course_question,
  keys text[] not null check (cardinality(keys) > 0),
  why_sq text not null,
  why_en text not null
);
create table course_attempt (
  id uuid primary key,
  version integer not null,
  course_id uuid not null references course,
  user_id uuid not null references app_user,
  institution_id uuid not null references institution,
  number integer not null check (number > 0),
  questions uuid[] not null,
  started_at timestamptz not null,
  submitted_at timestamptz,
  percent smallint check (percent between 0 and 100),
  passed boolean,
  unique (course_id, user_id, number),
  check ((submitted_at is null) = (percent is null) and (percent is null) = (passed is null))
);
create index course_attempt_of on course_attempt (user_id, course_id, number desc);
select protect_table('course', 'T0', 'short courses: modules of text, pass mark, attempts');
select protect_table('course_question', 'T0', 'questions of the knowledge tests without their answers');
select protect_table('course_answer', 'T4', 'right answers of the knowledge tests and why; read by the marking functions alone');
select protect_table('course_attempt', 'T2', 'attempts at a knowledge test, for whoever made them');
grant select on course, course_question to mb_app;
create policy published_read on course for select to mb_app using (state <> 'proposed' or (select leads_prevention()));
create policy with_course on course_question for select to mb_app using (exists (select 1 from course c where c.id = course_id));
grant select, insert on course_attempt to mb_app;
grant update (submitted_at, percent, passed, version) on course_attempt to mb_app;
create policy own on course_attempt for select to mb_app using (user_id = (select me_user()));
create policy own_insert on course_attempt for insert to mb_app
  with check (user_id = (select me_user()) and institution_id = (select me_institution()) and submitted_at is null);
create policy own_submit on course_attempt for update to mb_app
  using (user_id = (select me_user()) and submitted_at is null) with check (user_id = (select me_user()));

-- How many of these answers are right: for the owner of an attempt that is still open. A question counts only with all its right
-- options and no other.
create function mark_attempt(p_attempt uuid, p_answers jsonb) returns integer
  language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from course_attempt a cross join lateral unnest(a.questions) q(id)
    join course_answer r on r.question_id = q.id
    join lateral jsonb_array_elements(p_answers) s(said) on (s.said ->> 'questionId')::uuid = q.id
  where a.id = p_attempt and a.user_id = me_user() and a.submitted_at is null
    and (select array_agg(distinct k order by k) from jsonb_array_elements_text(s.said -> 'keys') k)
      = (select array_agg(distinct k order by k) from unnest(r.keys) k)
$$;
-- Right answers and why, once the test is handed in and passed; never before.
create function answers_of_attempt(p_attempt uuid)
  returns table (question_id uuid, keys text[], why_sq text, why_en text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.question_id, r.keys, r.why_sq, r.why_en from course_attempt a join course_answer r on r.question_id = any (a.questions)
  where a.id = p_attempt and a.user_id = me_user() and a.passed order by array_position(a.questions, r.question_id)
$$;
-- The library in figures for those who write it: how many users acknowledged each version, how many passed each course.
create function learning_figures() returns table (kind text, id uuid, users integer, institutions integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  select 'guidance', r.guidance_id, count(distinct r.user_id)::integer, count(distinct r.institution_id)::integer
  from guidance_reading r where leads_prevention() group by 2
  union all
  select 'course', a.course_id, count(distinct a.user_id)::integer, count(distinct a.institution_id)::integer
  from course_attempt a where a.passed and leads_prevention() group by 2
$$;
grant execute on function mark_attempt(uuid, jsonb), answers_of_attempt(uuid), learning_figures() to mb_app;
