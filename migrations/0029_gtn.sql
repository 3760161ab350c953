-- The technical group (GTN): meetings called, invitations without names, attendance by institution, what was resolved.

create table conference_call (
  id uuid primary key,
  case_id uuid not null references case_file,
  planned_at timestamptz not null,
  -- A room, said by whoever calls; checked for the child's names before it is kept.
  place text not null check (length(place) between 1 and 120),
  state text not null check (state in ('open', 'held', 'no_quorum', 'cancelled')),
  postponed smallint not null default 0,
  reason text,
  by_id uuid not null,
  at timestamptz not null
);
create index conference_call_of on conference_call (case_id);
create unique index conference_call_one_open on conference_call (case_id) where state = 'open';
create index conference_call_next on conference_call (planned_at) where state = 'open';

-- What the called unit gets: the case's code, the place and the time. Its own chain takes the answers.
create table conference_invitation (
  id uuid primary key,
  conference_id uuid not null references conference_call,
  case_id uuid not null references case_file,
  case_code text not null,
  unit_id uuid not null references unit,
  institution_id uuid not null references institution,
  -- Who calls, so that the invited know whom to ask.
  from_unit_id uuid not null references unit,
  planned_at timestamptz not null,
  place text not null check (length(place) between 1 and 120),
  state text not null check (state in ('open', 'held', 'no_quorum', 'cancelled')),
  answer text check (answer in ('comes', 'deputy', 'cannot')),
  answered_at timestamptz,
  answered_by uuid,
  version integer not null default 0,
  unique (conference_id, unit_id)
);
create index conference_invitation_to on conference_invitation (unit_id, planned_at desc, id desc);
create index conference_invitation_of on conference_invitation (case_id);

create table conference_resolution (
  id uuid primary key,
  case_id uuid not null references case_file,
  conference_id uuid not null references case_conference,
  service text not null,
  institution_id uuid not null references institution,
  due date not null,
  action_id uuid references plan_action,
  at timestamptz not null
);
create index conference_resolution_of on conference_resolution (case_id);

alter table case_conference
  add column quorate boolean not null default true,
  add column sealed boolean not null default false,
  add column child_why_not text,
  add column family_why_not text,
  alter column child_part drop not null,
  alter column family_part drop not null,
  add check (not quorate or (child_part is not null and family_part is not null));
alter table case_attendance
  add column deputy boolean not null default false,
  add check (present or not deputy);
create index case_attendance_by_institution on case_attendance (institution_id, conference_id);

select protect_table('conference_call', 'T2', 'meetings of the technical group that were called: when, where, what became of them');
select protect_table('conference_invitation', 'T2', 'which unit is called to which meeting of the technical group, and its answer; no name');
select protect_table('conference_resolution', 'T2', 'what meetings resolved: which institution, which service, until when');

grant select, insert on conference_call, conference_invitation, conference_resolution to mb_app;
grant update (planned_at, place, state, postponed, reason) on conference_call to mb_app;
grant update (planned_at, place, state, answer, answered_at, answered_by, version) on conference_invitation to mb_app;
grant update (action_id) on conference_resolution to mb_app;

do $$
declare
  t text;
begin
  foreach t in array array['conference_call', 'conference_resolution'] loop
    execute format('create policy see on %I for select to mb_app using (exists (select 1 from case_file c where c.id = %I.case_id))', t, t);
    execute format('create policy add on %I for insert to mb_app with check (exists (select 1 from case_file c where c.id = %I.case_id))', t, t);
    execute format('create policy change on %I for update to mb_app using (exists (select 1 from case_file c where c.id = %I.case_id))
      with check (exists (select 1 from case_file c where c.id = %I.case_id))', t, t, t);
  end loop;
end $$;
-- The called unit sees its own invitation and nothing of the case; whoever sees the case sees all of its invitations.
create policy see on conference_invitation for select to mb_app using (
  unit_id = (select me_unit()) or exists (select 1 from case_file c where c.id = conference_invitation.case_id));
create policy add on conference_invitation for insert to mb_app
  with check (answer is null and exists (select 1 from case_file c where c.id = conference_invitation.case_id));
create policy change on conference_invitation for update to mb_app using (
    unit_id = (select me_unit()) or exists (select 1 from case_file c where c.id = conference_invitation.case_id))
  with check (unit_id = (select me_unit()) or exists (select 1 from case_file c where c.id = conference_invitation.case_id));

-- Two who may write the row write different columns of it: time and place are the caller's, the answer is the called unit's.
create function guard_invitation() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  -- Moved, the meeting is asked about anew; nobody else may answer for the unit.
  if new.answer is not null and new.answer is distinct from old.answer and old.unit_id is distinct from me_unit() then
    raise exception 'only the unit that is called answers' using errcode = 'insufficient_privilege';
  end if;
  if (new.planned_at, new.place, new.state) is distinct from (old.planned_at, old.place, old.state)
      and not exists (select 1 from case_file c where c.id = old.case_id) then
    raise exception 'only whoever called the meeting moves it' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger guard_invitation before update on conference_invitation for each row when (current_user = 'mb_app')
  execute function guard_invitation();
