-- Supervision and load: who stands in while a worker is out of office, cases handed over together, talks of supervision, and
-- reviews of sampled files.

-- Out of office -----------------------------------------------------------------------------------------------------------
create table worker_absence (
  id uuid primary key,
  version integer not null check (version > 0),
  unit_id uuid not null references unit,
  worker_id uuid not null references app_user,
  deputy_id uuid not null references app_user,
  from_day date not null,
  until_day date not null,
  kind text not null check (kind in ('leave', 'sick', 'training', 'other')),
  named_by uuid not null,
  -- First day on which it holds no more, where it ended early.
  ended_on date,
  check (worker_id <> deputy_id),
  check (until_day >= from_day and until_day - from_day < 120)
);
create index absence_of_worker on worker_absence (worker_id, until_day);
create index absence_of_deputy on worker_absence (deputy_id, until_day);
select protect_table('worker_absence', 'T2', 'days on which a worker is out of office, and who stands in');
grant select, insert, update (ended_on, version) on worker_absence to mb_app;
create policy of_unit on worker_absence for select to mb_app
  using (unit_id = (select me_unit()) and (select me_role()) in ('cpw', 'cpu_head'));
create policy name on worker_absence for insert to mb_app
  with check (unit_id = (select me_unit()) and named_by = (select me_user())
    and ((select me_role()) = 'cpu_head' or ((select me_role()) = 'cpw' and worker_id = (select me_user()))));
create policy back on worker_absence for update to mb_app
  using (unit_id = (select me_unit()) and ((select me_role()) = 'cpu_head' or worker_id = (select me_user())));

-- The calendar of Tirana decides, so that standing in ends with its last day though nobody does anything. Both must still work in
-- the unit.
create function stood_in_for() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(a.worker_id), '{}') from worker_absence a join app_user d on d.id = a.deputy_id
  where a.deputy_id = me_user() and me_role() in ('cpw', 'cpu_head') and a.unit_id = me_unit() and d.unit_id = a.unit_id and d.active
    and (now() at time zone 'Europe/Tirane')::date between a.from_day and a.until_day
    and (a.ended_on is null or (now() at time zone 'Europe/Tirane')::date < a.ended_on)
$$;
create function stand_in_of(p_worker uuid, p_unit uuid) returns uuid language sql stable security definer
  set search_path = public, pg_temp as $$
  select a.deputy_id from worker_absence a join app_user d on d.id = a.deputy_id
  where a.worker_id = p_worker and a.unit_id = p_unit and d.unit_id = a.unit_id and d.active and d.role in ('cpw', 'cpu_head')
    and (now() at time zone 'Europe/Tirane')::date between a.from_day and a.until_day
    and (a.ended_on is null or (now() at time zone 'Europe/Tirane')::date < a.ended_on)
  order by a.from_day limit 1
$$;
grant execute on function stood_in_for() to mb_app, mb_search;
grant execute on function stand_in_of(uuid, uuid) to mb_app, mb_jobs;

-- Whoever stands in reads what the worker reads. One more way in beside those of 0005; where nobody is stood in for it costs one
-- look at an empty list a statement. A head names who is away and who stands in: standing in gives a head the sensitive tier no sooner than
-- saying what for does.
do $$
declare
  t text;
  key text;
  own text;
begin
  for t, key, own in values
    ('case_file_named', 'id', 'c.id'), ('case_file_sensitive', 'id', 'c.id'), ('case_text', 'case_id', 'c.id'),
    ('case_text_sensitive', 'case_id', 'c.id'), ('answer_named', 'case_id', 'c.id'), ('answer_sensitive', 'case_id', 'c.id'),
    ('case_person_near', 'case_id', 'c.id'), ('person_named', 'id', 'c.person_id'), ('person_sensitive', 'id', 'c.person_id')
  loop
    execute format($p$create policy stands_in on %1$I for select to mb_app using (
      cardinality((select stood_in_for())) > 0 and exists (select 1 from case_file c where %3$s = %1$I.%2$I
        and c.unit_id = (select me_unit()) and c.manager_id = any ((select stood_in_for())::uuid[]))%4$s)$p$, t, key, own,
      case when t like '%sensitive' then ' and ((select me_role()) = ''cpw'' or (select me_purpose()) = ''supervision'')' else '' end);
  end loop;
end $$;

-- The functions of lists and searches hold the caller's scope themselves (0007, 0011): they learn the new way in word for word.
grant create on schema public to mb_search;
do $$
declare
  f text;
  told text;
  was text;
begin
  foreach f in array array['list_cases', 'case_faces', 'search_persons'] loop
    select pg_get_functiondef(p.oid) into was from pg_proc p where p.proname = f and p.pronamespace = 'public'::regnamespace;
    told := replace(was, E'  place uuid := me_unit();\n', E'  place uuid := me_unit();\n  away uuid[] := case when me_role() in (''cpw'', ''cpu_head'') then stood_in_for() else ''{}'' end;\n');
    if told = was then
      raise exception '% is not as it was', f;
    end if;
    was := told;
    told := replace(told, 'acting = ''cpw'' and who in (c.manager_id, c.deputy_id)',
      'acting = ''cpw'' and (who in (c.manager_id, c.deputy_id) or c.manager_id = any (away))');
    told := replace(told, 'c.deputy_id = who and', '(c.deputy_id = who or c.manager_id = any (away)) and');
    if told = was then
      raise exception '% is not as it was', f;
    end if;
    execute 'set role mb_search';
    execute told;
    execute 'set role mb_owner';
  end loop;
end $$;
revoke create on schema public from mb_search;

-- Cases handed over together: the act; each case has its own event ---------------------------------------------------------
create table hand_over (
  id uuid primary key,
  version integer not null check (version > 0),
  unit_id uuid not null references unit,
  leaver_id uuid references app_user,
  by_id uuid not null,
  at timestamptz not null,
  moved integer not null check (moved >= 0)
);
create index hand_over_of on hand_over (unit_id, at desc);
select protect_table('hand_over', 'T2', 'acts by which a head handed several cases to others: how many, who left, when');
grant select, insert on hand_over to mb_app;
create policy of_unit on hand_over for select to mb_app using (unit_id = (select me_unit()) and (select me_role()) = 'cpu_head');
create policy act on hand_over for insert to mb_app
  with check (unit_id = (select me_unit()) and by_id = (select me_user()) and (select me_role()) = 'cpu_head');

-- How many cases rest with somebody, for the administrator who is to close the account and reads no case.
create function cases_carried(p_user uuid) returns integer language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from case_file c
  where c.manager_id = p_user and c.status not in ('ARCHIVED', 'CLOSED_NO_RISK') and me_role() in ('admin', 'cpu_head')
    and (me_role() = 'admin' or c.unit_id = me_unit())
$$;
grant execute on function cases_carried(uuid) to mb_app;

-- Supervision --------------------------------------------------------------------------------------------------------------
create table supervision_session (
  id uuid primary key,
  version integer not null check (version > 0),
  unit_id uuid not null references unit,
  supervisor_id uuid not null references app_user,
  worker_id uuid not null references app_user,
  held_on date not null,
  topics text[] not null check (cardinality(topics) between 1 and 12),
  next_on date check (next_on > held_on),
  -- The worker says that the agreements are as spoken.
  confirmed_at timestamptz,
  told_on date,
  check (supervisor_id <> worker_id)
);
create index supervision_of_worker on supervision_session (worker_id, held_on desc);
create index supervision_of_unit on supervision_session (unit_id, held_on desc);
create index supervision_next on supervision_session (next_on) where next_on is not null and told_on is null;
create table supervision_case (
  session_id uuid not null references supervision_session,
  case_id uuid not null references case_file,
  primary key (session_id, case_id)
);
create table supervision_session_named (
  id uuid primary key references supervision_session,
  agreements text not null check (length(agreements) between 1 and 8000),
  remarks text check (length(remarks) <= 8000)
);
select protect_table('supervision_session', 'T2', 'talks of supervision: who with whom, when, on what, when again; read by the two');
select protect_table('supervision_case', 'T2', 'cases spoken of in supervision; read by the two');
select protect_table('supervision_session_named', 'T3', 'what was agreed in supervision; read by the two');
grant select, insert, update (confirmed_at, version) on supervision_session to mb_app;
grant select, insert on supervision_case, supervision_session_named to mb_app;
create policy the_two on supervision_session for select to mb_app using ((select me_user()) in (supervisor_id, worker_id));
create policy hold on supervision_session for insert to mb_app
  with check (supervisor_id = (select me_user()) and unit_id = (select me_unit()) and (select me_role()) = 'cpu_head');
create policy confirm on supervision_session for update to mb_app using (worker_id = (select me_user()));
do $$
declare
  t text;
  key text;
begin
  for t, key in values ('supervision_case', 'session_id'), ('supervision_session_named', 'id') loop
    execute format('create policy the_two on %1$I for select to mb_app using (exists (select 1 from supervision_session s where s.id = %1$I.%2$I))', t, key);
    execute format('create policy hold on %1$I for insert to mb_app with check (exists (select 1 from supervision_session s
      where s.id = %1$I.%2$I and s.supervisor_id = (select me_user())))', t, key);
  end loop;
end $$;
grant select, update (told_on) on supervision_session to mb_jobs;
create policy tell on supervision_session to mb_jobs using (true);

-- For others only how many: the head's own unit, the director's municipality, everywhere for whoever watches over the country.
create function supervision_counts(p_from date, p_until date)
  returns table (unit_id uuid, municipality text, sessions integer, workers integer, staff integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.municipality, count(s.id)::integer, count(distinct s.worker_id)::integer,
    (select count(*)::integer from app_user w where w.unit_id = u.id and w.role = 'cpw' and w.active)
  from unit u left join supervision_session s on s.unit_id = u.id and s.held_on >= p_from and s.held_on < p_until
  where u.kind = 'cpu' and u.active and (me_role() in ('state_agency', 'coordinator') or (me_role() = 'cpu_head' and u.id = me_unit())
    or (me_role() = 'municipal_director' and u.municipality = me_municipality()))
  group by u.id, u.municipality
$$;
grant execute on function supervision_counts(date, date) to mb_app;

-- Reviews of sampled files --------------------------------------------------------------------------------------------------
create table case_review_draw (
  id uuid primary key,
  version integer not null check (version > 0),
  -- Null where the State Agency drew over several units.
  unit_id uuid references unit,
  municipality text,
  drawn_by uuid not null references app_user,
  drawn_at timestamptz not null,
  seed text not null check (length(seed) between 8 and 80),
  size integer not null check (size between 1 and 200),
  population integer not null check (population >= size),
  strata integer not null check (strata > 0),
  due_on date not null
);
create index case_review_draw_of on case_review_draw (unit_id, drawn_at desc);
create table case_review (
  id uuid primary key,
  draw_id uuid not null references case_review_draw,
  case_id uuid not null references case_file,
  stratum text not null check (length(stratum) <= 80),
  reviewer_id uuid not null references app_user,
  assessment_id uuid references assessment,
  done_at timestamptz,
  met smallint check (met >= 0),
  asked smallint check (asked >= met),
  unique (draw_id, case_id),
  check ((assessment_id is null) = (done_at is null))
);
create index case_review_of_case on case_review (case_id);
create table case_review_action (
  id uuid primary key,
  review_id uuid not null references case_review,
  case_id uuid not null references case_file,
  -- Its place among the asked for: `mend<n>` are its words.
  n smallint not null check (n between 0 and 19),
  kind text not null check (kind in ('assessment', 'plan', 'child_heard', 'family', 'services', 'safety', 'deadlines', 'writing', 'other')),
  owner_id uuid not null references app_user,
  due_on date not null,
  done_on date
);
create index case_review_action_of on case_review_action (case_id);
select protect_table('case_review_draw', 'T2', 'samples of files drawn for review: seed, size, of how many, by whom, until when');
select protect_table('case_review', 'T2', 'which file was drawn, who reviews it, when it was done, how many items were met');
select protect_table('case_review_action', 'T2', 'what a review asks to be mended in a file, by whom, until when; its words lie with the texts of the case');
grant select, insert on case_review_draw, case_review, case_review_action to mb_app;
grant update (assessment_id, done_at, met, asked) on case_review to mb_app;
grant update (done_on) on case_review_action to mb_app;
create policy see on case_review_draw for select to mb_app using ((select me_role()) = 'state_agency'
  or (unit_id = (select me_unit()) and (select me_role()) = 'cpu_head'));
create policy draw on case_review_draw for insert to mb_app with check (drawn_by = (select me_user())
  and ((select me_role()) = 'state_agency' or ((select me_role()) = 'cpu_head' and unit_id = (select me_unit()))));
create policy with_case on case_review for select to mb_app using ((select me_role()) in ('cpw', 'cpu_head', 'state_agency')
  and (select true from case_file k where k.id = case_id));
create policy draw on case_review for insert to mb_app with check (reviewer_id = (select me_user()) and assessment_id is null
  and exists (select 1 from case_review_draw d where d.id = draw_id and d.drawn_by = (select me_user()))
  and (select true from case_file k where k.id = case_id));
create policy review on case_review for update to mb_app using (reviewer_id = (select me_user()));
create policy with_case on case_review_action for select to mb_app using ((select me_role()) in ('cpw', 'cpu_head', 'state_agency')
  and (select true from case_file k where k.id = case_id));
create policy ask on case_review_action for insert to mb_app
  with check (exists (select 1 from case_review r where r.id = review_id and r.case_id = case_review_action.case_id
    and r.reviewer_id = (select me_user())));
create policy mend on case_review_action for update to mb_app using ((select me_role()) in ('cpw', 'cpu_head')
  and (select true from case_file_named k where k.id = case_id));

-- Rows change only together with their event (0024).
do $$
declare
  t text;
  made text;
  changed text;
begin
  foreach t in array array['worker_absence', 'hand_over', 'supervision_session', 'case_review_draw'] loop
    execute format('create trigger follow_event_new after insert on %1$I for each row execute function follow_event(%1$L, ''id'', ''version'')', t);
    execute format('create trigger follow_event after update on %1$I for each row when (old.* is distinct from new.*)
      execute function follow_event(%1$L, ''id'', ''version'')', t);
  end loop;
  for t, made, changed in values
    ('supervision_case', '''supervision_session'', ''session_id''', null),
    ('supervision_session_named', '''supervision_session'', ''id''', null),
    ('case_review', '''case_review_draw'', ''draw_id''', '''case_file'', ''case_id'''),
    ('case_review_action', '''case_file'', ''case_id''', '''case_file'', ''case_id''')
  loop
    execute format('create trigger follow_event_new after insert on %I for each row execute function follow_event(%s)', t, made);
    if changed is not null then
      execute format('create trigger follow_event after update on %I for each row when (old.* is distinct from new.*)
        execute function follow_event(%s)', t, changed);
    end if;
  end loop;
end $$;

-- What was agreed in a talk may name somebody: it can be erased lawfully as other records with names can (0039).
do $$
declare
  was text := pg_get_functiondef('erase_names(text, text, uuid, uuid)'::regprocedure);
  told text := replace(was, $f$    when 'local_budget_line' then$f$, $f$    when 'supervision_session' then
      update supervision_session_named set agreements = '–', remarks = null where id = p_id;
    when 'local_budget_line' then$f$);
begin
  if told = was then
    raise exception 'erase_names is not as it was';
  end if;
  execute told;
end $$;
