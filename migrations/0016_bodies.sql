-- Bodies that coordinate, their meetings and what they recommend. No record here speaks of a child.

-- Institutions as the plans print them, with the role of this register whose people act for them (null: nobody yet).
create table body_institution (
  code text primary key check (code ~ '^[A-ZÇË0-9-]{2,16}$'),
  name_sq text not null check (length(name_sq) between 1 and 200),
  name_en text not null check (length(name_en) between 1 and 200),
  role text check (role ~ '^[a-z_]{2,40}$'),
  level text not null check (level in ('national', 'county', 'municipality'))
);

create table body (
  id uuid primary key,
  code text not null unique check (code ~ '^[A-Z0-9-]{2,16}$'),
  version integer not null default 0,
  kind text not null check (kind in ('committee', 'mechanism', 'authority', 'coordinating_group', 'county_committee',
    'technical_table', 'technical_group', 'advisory_board', 'subgroup', 'coordination')),
  name_sq text not null check (length(name_sq) between 1 and 200),
  name_en text not null check (length(name_en) between 1 and 200),
  parent_id uuid references body check (parent_id <> id),
  county text references county,
  municipality text references municipality,
  -- Survivors and children sit here: they are counted, never named.
  anonymous boolean not null,
  valid_from date,
  valid_to date,
  source text not null check (length(source) between 1 and 300),
  people_counted integer check (people_counted between 0 and 500),
  counted_on date,
  check (valid_to is null or valid_from is null or valid_to >= valid_from),
  check (anonymous or people_counted is null),
  check ((people_counted is null) = (counted_on is null)),
  unique (id, anonymous)
);
create index body_below on body (parent_id);

create table body_member (
  id uuid primary key,
  body_id uuid not null,
  anonymous boolean not null,
  institution_code text not null references body_institution,
  county text,
  municipality text,
  seat text not null check (seat in ('chair', 'secretary', 'member', 'observer')),
  -- The post, never the person.
  office_sq text check (length(office_sq) between 1 and 200),
  office_en text check (length(office_en) between 1 and 200),
  valid_from date,
  valid_to date,
  source text check (length(source) between 1 and 300),
  check (valid_to is null or valid_from is null or valid_to >= valid_from),
  -- A post may give a survivor away as well as a name does.
  constraint nobody_named check (not anonymous or (office_sq is null and office_en is null)),
  foreign key (body_id, anonymous) references body (id, anonymous),
  unique (id, body_id, anonymous)
);
create unique index body_member_once on body_member
  (body_id, institution_code, coalesce(county, ''), coalesce(municipality, '')) where valid_to is null;
create table body_member_named (
  member_id uuid primary key,
  body_id uuid not null,
  anonymous boolean not null,
  official_name text not null check (length(official_name) between 1 and 120),
  constraint nobody_named check (not anonymous),
  foreign key (member_id, body_id, anonymous) references body_member (id, body_id, anonymous)
);
create index body_member_named_of on body_member_named (body_id);

-- What a body must do in each period; the rule (amount, source, verification) stands in `rule`.
create table body_duty (
  body_id uuid not null references body,
  rule text not null check (rule ~ '^D[0-9]{2}$'),
  period text not null check (period in ('quarter', 'half_year', 'year')),
  proof text not null check (proof in ('meeting', 'joint_meeting', 'corrective_measures', 'recommendations')),
  -- Periods that begin earlier are not asked for: this register was not there to see them.
  since date not null,
  primary key (body_id, rule)
);
create table body_obligation (
  id uuid primary key,
  body_id uuid not null references body,
  rule text not null,
  rule_set text not null,
  period_from date not null,
  period_to date not null,
  due_on date not null,
  needed integer not null check (needed between 1 and 50),
  proof text not null,
  verification text not null check (verification in ('V', 'U', 'D')),
  legal_source text not null,
  opened_at timestamptz not null,
  missed_at timestamptz,
  check (period_to >= period_from and due_on >= period_to),
  unique (body_id, rule, period_from)
);
create index body_obligation_due on body_obligation (due_on, id);
create function keep_missed() returns trigger language plpgsql as $$
begin
  if old.missed_at is not null and new.missed_at is distinct from old.missed_at then
    raise exception 'a missed obligation is counted, never reset';
  end if;
  return new;
end $$;
create trigger keep_missed before update on body_obligation for each row execute function keep_missed();

create table body_meeting (
  id uuid primary key,
  code text not null unique check (code ~ '^[A-Z0-9-]{3,40}$'),
  body_id uuid not null references body,
  version integer not null,
  state text not null check (state in ('CONVENED', 'HELD', 'CANCELLED')),
  starts_at timestamptz not null,
  place text not null check (length(place) between 1 and 200),
  agenda text not null check (length(agenda) between 1 and 4000),
  joint_with text[] not null default '{}' check (joint_with <@ array['domestic_violence', 'child_violence', 'gender']),
  held_on date,
  reason text check (length(reason) between 1 and 1000),
  minutes text not null default 'none' check (minutes in ('none', 'draft', 'approved')),
  minutes_by uuid,
  approved_by uuid,
  approved_at timestamptz,
  nothing_to_correct boolean not null default false,
  distributed_at timestamptz,
  people_present integer check (people_present between 0 and 500),
  people_absent integer check (people_absent between 0 and 500),
  people_excused integer check (people_excused between 0 and 500),
  check ((state = 'HELD') = (held_on is not null)),
  check ((state = 'CANCELLED') = (reason is not null)),
  check (minutes = 'none' or state = 'HELD'),
  check ((minutes = 'approved') = (approved_by is not null) and (approved_by is null) = (approved_at is null)),
  constraint another_person check (approved_by is distinct from minutes_by or approved_by is null),
  check (distributed_at is null or minutes = 'approved')
);
create index body_meeting_of on body_meeting (body_id, starts_at desc, id desc);
-- Who was asked to come, and whether they came: seats, counted.
create table body_meeting_seat (
  meeting_id uuid not null references body_meeting,
  member_id uuid not null references body_member,
  body_id uuid not null,
  outcome text check (outcome in ('present', 'absent', 'excused')),
  persons integer check (persons between 0 and 50),
  primary key (meeting_id, member_id)
);
create table body_minutes (
  meeting_id uuid primary key references body_meeting,
  body_id uuid not null,
  text text not null check (length(text) between 1 and 40000),
  decisions text[] not null check (cardinality(decisions) <= 50),
  written_at timestamptz not null
);
create table body_distribution (
  meeting_id uuid not null references body_meeting,
  member_id uuid not null references body_member,
  body_id uuid not null,
  at timestamptz not null,
  primary key (meeting_id, member_id)
);
create table body_recommendation (
  id uuid primary key,
  code text not null unique check (code ~ '^[A-Z0-9-]{3,40}$'),
  body_id uuid not null references body,
  meeting_id uuid not null references body_meeting,
  version integer not null,
  kind text not null check (kind in ('recommendation', 'corrective_measure')),
  text text not null check (length(text) between 1 and 2000),
  owner_code text not null references body_institution,
  owner_county text,
  owner_municipality text,
  made_on date not null,
  due_on date not null,
  status text not null check (status in ('OPEN', 'IN_PROGRESS', 'DONE', 'DROPPED')),
  note text check (length(note) between 1 and 2000),
  status_at timestamptz not null,
  done_on date,
  check ((status = 'DONE') = (done_on is not null)),
  check (status <> 'DROPPED' or note is not null),
  check (due_on >= made_on)
);
create index body_recommendation_of on body_recommendation (body_id, due_on, id);
create index body_recommendation_by_meeting on body_recommendation (meeting_id);
create index body_recommendation_for on body_recommendation (owner_code, due_on, id);

select protect_table('body_institution', 'T0', 'institutions as the plans name them, and the role that acts for each');
select protect_table('body', 'T1', 'coordinating bodies, who stands above whom, since when');
select protect_table('body_member', 'T1', 'seats of institutions in bodies, by post');
select protect_table('body_member_named', 'T2', 'names of officials in seats; of survivors and children never');
select protect_table('body_duty', 'T0', 'what a body must do in each period');
select protect_table('body_obligation', 'T1', 'each period''s obligation with its day and whether it was missed');
select protect_table('body_meeting', 'T1', 'meetings: when, where, what about; no names');
select protect_table('body_meeting_seat', 'T1', 'which seats were invited and came');
select protect_table('body_minutes', 'T2', 'minutes and decisions of meetings');
select protect_table('body_distribution', 'T1', 'who was sent the minutes when');
select protect_table('body_recommendation', 'T1', 'recommendations and corrective measures with owner and day');

-- Institutions that the bound actor speaks for as their reporting officer; ministries have nobody else in this register.
create function answered_codes() returns text[] language sql stable as $$
  select case when me_role() = 'plan_officer' then array(select my_plan_bodies()) else '{}' end
$$;
grant execute on function answered_codes() to mb_app, mb_jobs;

-- Bodies in which the bound actor sits today, in one of these seats (null: any). A definer, since a policy on seats that reads
-- seats would ask itself.
create function sat_bodies(p_seats text[]) returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct m.body_id), '{}')
  from body_member m join body_institution i on i.code = m.institution_code
  where (p_seats is null or m.seat = any (p_seats))
    and (i.role = me_role() and (m.county is null or m.county = me_county())
        and (m.municipality is null or m.municipality = me_municipality())
      or i.code = any ((select answered_codes())::text[]))
    and (m.valid_from is null or m.valid_from <= (now() at time zone 'Europe/Tirane')::date)
    and (m.valid_to is null or m.valid_to >= (now() at time zone 'Europe/Tirane')::date)
$$;
-- Those, and all below them.
create function seen_bodies() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  with recursive down (id) as (
    select unnest(sat_bodies(null))
    union
    select b.id from body b join down d on b.parent_id = d.id
  )
  select coalesce(array_agg(id), '{}') from down
$$;
grant execute on function sat_bodies(text[]), seen_bodies() to mb_app;

do $$
declare t text;
begin
  foreach t in array array['body_institution', 'body_duty'] loop
    execute format('grant select on %I to mb_app, mb_jobs', t);
    execute format('create policy everyone_reads on %I for select to mb_app, mb_jobs using (true)', t);
  end loop;
  execute 'grant select on body to mb_app, mb_jobs';
  execute 'create policy from_seat on body for select to mb_app using (id = any ((select seen_bodies())::uuid[]))';
  execute 'create policy jobs_read on body for select to mb_jobs using (true)';
  foreach t in array array['body_member', 'body_member_named', 'body_obligation', 'body_meeting', 'body_meeting_seat',
      'body_distribution'] loop
    execute format('grant select on %I to mb_app', t);
    execute format('create policy from_seat on %I for select to mb_app using (body_id = any ((select seen_bodies())::uuid[]))', t);
  end loop;
  foreach t in array array['body_member', 'body_obligation', 'body_meeting', 'body_recommendation'] loop
    execute format('grant select on %I to mb_jobs', t);
    execute format('create policy jobs_read on %I for select to mb_jobs using (true)', t);
  end loop;
  -- Chair and secretariat write.
  foreach t in array array['body_member', 'body_member_named', 'body_meeting', 'body_meeting_seat', 'body_minutes',
      'body_distribution', 'body_recommendation'] loop
    execute format('grant insert on %I to mb_app', t);
    execute format($p$create policy run_insert on %I for insert to mb_app
      with check (body_id = any ((select sat_bodies(array['chair', 'secretary']))::uuid[]))$p$, t);
  end loop;
  foreach t in array array['body_member', 'body_meeting_seat', 'body_minutes'] loop
    execute format($p$create policy run_update on %I for update to mb_app
      using (body_id = any ((select sat_bodies(array['chair', 'secretary']))::uuid[]))$p$, t);
  end loop;
end $$;
grant update (version, people_counted, counted_on) on body to mb_app;
create policy run_update on body for update to mb_app
  using (id = any ((select sat_bodies(array['chair', 'secretary']))::uuid[]));
grant update (valid_to) on body_member to mb_app;
grant update (outcome, persons) on body_meeting_seat to mb_app;
grant update (text, decisions, written_at) on body_minutes to mb_app;
grant update (version, state, starts_at, place, agenda, joint_with, held_on, reason, minutes, minutes_by, approved_by, approved_at,
  nothing_to_correct, distributed_at, people_present, people_absent, people_excused) on body_meeting to mb_app;
-- A member who did not write the minutes approves them.
create policy seat_update on body_meeting for update to mb_app
  using (body_id = any ((select sat_bodies(array['chair', 'secretary', 'member']))::uuid[]));

-- Drafts stay among the members; bodies above read what was approved.
grant select on body_minutes to mb_app;
create policy from_seat on body_minutes for select to mb_app using (
  body_id = any ((select sat_bodies(null))::uuid[])
  or body_id = any ((select seen_bodies())::uuid[])
    and exists (select 1 from body_meeting m where m.id = meeting_id and m.minutes = 'approved'));

-- The institution that a recommendation is addressed to reads it wherever it was made.
create function owns_recommendation(p_code text, p_county text, p_municipality text) returns boolean language sql stable as $$
  select p_code = any ((select answered_codes())::text[])
    or (p_county is null or p_county = me_county()) and (p_municipality is null or p_municipality = me_municipality())
      and exists (select 1 from body_institution i where i.code = p_code and i.role = me_role())
$$;
grant execute on function owns_recommendation(text, text, text) to mb_app;
grant select on body_recommendation to mb_app;
create policy from_seat on body_recommendation for select to mb_app using (
  body_id = any ((select seen_bodies())::uuid[]) or owns_recommendation(owner_code, owner_county, owner_municipality));
grant update (version, status, note, status_at, done_on) on body_recommendation to mb_app;
create policy owner_update on body_recommendation for update to mb_app using (
  body_id = any ((select sat_bodies(array['chair', 'secretary']))::uuid[])
  or owns_recommendation(owner_code, owner_county, owner_municipality));

grant insert on body_obligation to mb_jobs;
grant update (missed_at) on body_obligation to mb_jobs;
create policy keeper on body_obligation for insert to mb_jobs with check (missed_at is null);
create policy keeper_misses on body_obligation for update to mb_jobs using (missed_at is null) with check (missed_at is not null);
-- A missed obligation stands in the body's chain too.
grant update (version) on body to mb_jobs;
create policy keeper_follows on body for update to mb_jobs using (version >= 0) with check (version > 0);

-- Meetings as indicators count them, for readers of figures who sit in none of these bodies: by body, of meetings held from
-- p_from until before p_until.
grant select (id, code, kind, county, municipality) on body to mb_stats;
grant select (id, body_id, state, held_on, joint_with, minutes, distributed_at, nothing_to_correct) on body_meeting to mb_stats;
grant select (id, meeting_id, kind) on body_recommendation to mb_stats;
create policy statistics_read on body for select to mb_stats using (true);
create policy statistics_read on body_meeting for select to mb_stats using (true);
create policy statistics_read on body_recommendation for select to mb_stats using (true);
create function meetings_counted(p_from date, p_until date) returns table (code text, kind text, county text, municipality text,
    held integer, joint integer, joint_violence integer, minuted integer, distributed integer, corrected integer, recommended integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  select b.code, b.kind, b.county, b.municipality, count(*)::int,
    count(*) filter (where cardinality(m.joint_with) > 0)::int,
    count(*) filter (where m.joint_with @> array['domestic_violence', 'child_violence'])::int,
    count(*) filter (where m.minutes = 'approved')::int,
    count(*) filter (where m.distributed_at is not null)::int,
    count(*) filter (where m.distributed_at is not null and (m.nothing_to_correct or r.measures > 0))::int,
    coalesce(sum(r.recommendations), 0)::int
  from body_meeting m join body b on b.id = m.body_id
    cross join lateral (select count(*) filter (where x.kind = 'corrective_measure') as measures,
      count(*) filter (where x.kind = 'recommendation') as recommendations from body_recommendation x where x.meeting_id = m.id) r
  where m.state = 'HELD' and m.held_on >= p_from and m.held_on < p_until
  group by b.id, b.code, b.kind, b.county, b.municipality
$$;
grant execute on function meetings_counted(date, date) to mb_app;
alter function meetings_counted(date, date) owner to mb_stats;
