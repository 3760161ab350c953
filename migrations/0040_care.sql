-- Registers of alternative care: facilities, foster families, their beds in real time, what inspections found, and the emergency
-- teams of the municipalities with their duty roster. No row here names a child or a case: whoever holds a bed gives its sex and age
-- band and nothing else.

create function care_keeper(p_unit uuid) returns boolean language sql stable parallel safe as $$
  select coalesce(p_unit = me_unit() and me_role() in ('shelter', 'day_centre', 'cpw', 'cpu_head', 'municipal_director'), false)
$$;
grant execute on function care_keeper(uuid) to mb_app;

create table care_place (
  id uuid primary key,
  version integer not null check (version > 0),
  kind text not null check (kind in ('facility', 'foster_family')),
  -- Printed code; of a foster family the only thing that those who do not keep it read.
  code text not null unique check (code ~ '^[A-Z]{2}-[0-9]{2}-[0-9]{3,5}$'),
  name_sq text check (length(name_sq) between 1 and 200),
  name_en text check (length(name_en) between 1 and 200),
  facility_kind text check (facility_kind in ('residential', 'emergency', 'shelter', 'small_group_home', 'transit')),
  institution_id uuid references institution,
  -- Whose staff answers holds: the facility's own unit, of a family the unit that keeps it.
  unit_id uuid not null references unit,
  municipality text not null references municipality,
  county text not null references county,
  status text not null check (status in ('applied', 'assessed', 'approved', 'refused', 'suspended', 'closed')),
  -- [{sex: female|male|any, bands: […], places: n}, …]; capacity is their sum.
  beds jsonb not null check (jsonb_typeof(beds) = 'array' and pg_column_size(beds) <= 8192),
  capacity smallint not null check (capacity between 0 and 400),
  siblings boolean not null default false,
  licence_number text check (length(licence_number) between 1 and 120),
  licence_from date,
  licence_to date check (licence_to >= licence_from),
  applied_on date,
  assessed_on date,
  assessor_id uuid,
  recommended boolean,
  approved_on date,
  approver_id uuid,
  training_hours smallint not null default 0 check (training_hours between 0 and 2000),
  -- Until when the next inspection or review is due.
  check_due date,
  status_reason text check (status_reason ~ '^[a-z_]{2,40}$'),
  check ((kind = 'facility') = (facility_kind is not null)),
  check (kind = 'foster_family' or (institution_id is not null and name_sq is not null and name_en is not null
    and licence_number is not null and licence_from is not null and status in ('approved', 'suspended', 'closed'))),
  check (kind = 'facility' or (name_sq is null and name_en is null and applied_on is not null)),
  check (approver_id is null or assessor_id is null or approver_id <> assessor_id)
);
create index care_place_in on care_place (municipality, kind);
create index care_place_of_unit on care_place (unit_id);
create index care_place_due on care_place (check_due) where status in ('approved', 'suspended');
create table care_place_named (
  id uuid primary key references care_place,
  -- Of a family who they are; of a facility who answers.
  names text not null check (length(names) between 1 and 200),
  phone text check (length(phone) between 3 and 40)
);
create table care_place_sensitive (
  id uuid primary key references care_place,
  sealed bytea not null check (octet_length(sealed) <= 16384)
);

create table bed_hold (
  id uuid primary key,
  version integer not null check (version > 0),
  care_place_id uuid not null references care_place,
  sex text not null check (sex in ('female', 'male')),
  age_band text not null check (age_band in ('under_3', '3_5', '6_11', '12_14', '15_17', 'adult')),
  state text not null check (state in ('HELD', 'CONFIRMED', 'OCCUPIED', 'RELEASED', 'REFUSED', 'EXPIRED')),
  held_by_unit uuid not null references unit,
  held_by_id uuid not null,
  held_at timestamptz not null,
  -- A bed held or promised is free again after this, whether or not anybody has written so.
  expires_at timestamptz,
  changed_at timestamptz not null,
  reason text check (reason ~ '^[a-z_]{2,40}$'),
  check ((state in ('HELD', 'CONFIRMED')) = (expires_at is not null))
);
create index bed_hold_live on bed_hold (care_place_id) where state in ('HELD', 'CONFIRMED', 'OCCUPIED');
create index bed_hold_of on bed_hold (care_place_id, changed_at desc);
create index bed_hold_by on bed_hold (held_by_unit, changed_at desc);
create index bed_hold_waiting on bed_hold (held_by_id) where state = 'HELD';
create index bed_hold_lapsing on bed_hold (expires_at) where expires_at is not null;
-- For whom a bed is: kept apart, because the facility reads the hold and must not read this.
create table bed_hold_placement (
  id uuid primary key references bed_hold,
  placement_id uuid not null unique
);

-- Inspections, assessments, reviews and courses of whatever is in these registers.
create table care_visit (
  id uuid primary key,
  version integer not null check (version > 0),
  subject_kind text not null check (subject_kind in ('care_place', 'emergency_team')),
  subject_id uuid not null,
  kind text not null check (kind in ('inspection', 'assessment', 'review', 'training')),
  on_day date not null,
  by_id uuid not null,
  by_unit uuid not null references unit,
  standards text check (length(standards) between 1 and 60),
  -- {code of the standard: 0 to 3, …}
  scores jsonb not null default '{}' check (jsonb_typeof(scores) = 'object' and pg_column_size(scores) <= 8192),
  outcome text check (outcome in ('meets', 'with_conditions', 'fails', 'recommended', 'not_recommended', 'continue', 'suspend')),
  hours smallint check (hours between 1 and 400),
  topic text check (topic ~ '^[a-z_]{2,40}$'),
  next_due date check (next_due > on_day)
);
create index care_visit_of on care_visit (subject_id, on_day desc);
create table care_visit_named (
  id uuid primary key references care_visit,
  subject_id uuid not null,
  findings text not null check (length(findings) between 1 and 4000)
);
create index care_visit_named_of on care_visit_named (subject_id);

create table emergency_team (
  id uuid primary key,
  version integer not null check (version > 0),
  municipality text not null references municipality,
  county text not null references county,
  unit_id uuid not null references unit,
  name_sq text not null check (length(name_sq) between 1 and 200),
  name_en text not null check (length(name_en) between 1 and 200),
  phone text check (length(phone) between 3 and 40),
  act_number text check (length(act_number) between 1 and 120),
  act_date date,
  -- Hours of the day that are to be staffed, Tirana's time; the same means: always.
  covers_from time not null default '00:00',
  covers_to time not null default '00:00',
  check_due date,
  active boolean not null default true
);
create index emergency_team_in on emergency_team (municipality);
create table emergency_member (
  id uuid primary key,
  team_id uuid not null references emergency_team,
  name text not null check (length(name) between 1 and 120),
  profession text not null check (profession in ('child_protection_worker', 'social_worker', 'psychologist', 'police', 'health', 'lawyer', 'other')),
  phone text check (length(phone) between 3 and 40),
  active boolean not null default true
);
create index emergency_member_of on emergency_member (team_id);
create table emergency_duty (
  id uuid primary key,
  team_id uuid not null references emergency_team,
  member_id uuid not null references emergency_member,
  from_at timestamptz not null,
  to_at timestamptz not null,
  cancelled boolean not null default false,
  check (to_at > from_at and to_at <= from_at + interval '7 days')
);
create index emergency_duty_of on emergency_duty (team_id, from_at);
create index emergency_duty_by on emergency_duty (member_id, from_at);

select protect_table('care_place', 'T2', 'facilities and foster families: kind, licence or approval, capacity by sex and age band, no name of a family, no address');
select protect_table('care_place_named', 'T3', 'names and telephone of foster families, and of who answers in a facility');
select protect_table('care_place_sensitive', 'T4', 'addresses of facilities and foster families, sealed');
select protect_table('bed_hold', 'T2', 'beds held, promised and occupied: sex, age band, holding unit, times; nothing of whom they are for');
select protect_table('bed_hold_placement', 'T2', 'which placement a bed is for; not for the facility');
select protect_table('care_visit', 'T2', 'inspections, assessments, reviews and courses: day, standards, scores, outcome');
select protect_table('care_visit_named', 'T3', 'findings of inspections, assessments and reviews');
select protect_table('emergency_team', 'T2', 'emergency teams of municipalities: hours to be staffed, telephone on duty');
select protect_table('emergency_member', 'T2', 'names of officials in emergency teams');
select protect_table('emergency_duty', 'T2', 'duty roster of emergency teams');

grant select, insert on care_place, care_place_named, care_place_sensitive, bed_hold, bed_hold_placement, care_visit, care_visit_named,
  emergency_team, emergency_member, emergency_duty to mb_app;
grant update (version, name_sq, name_en, facility_kind, institution_id, unit_id, status, beds, capacity, siblings, licence_number, licence_from,
  licence_to, assessed_on, assessor_id, recommended, approved_on, approver_id, training_hours, check_due, status_reason) on care_place to mb_app;
grant update (names, phone) on care_place_named to mb_app;
grant update (sealed) on care_place_sensitive to mb_app;
grant update (version, state, expires_at, changed_at, reason) on bed_hold to mb_app;
grant update (version, name_sq, name_en, phone, act_number, act_date, covers_from, covers_to, check_due, active) on emergency_team to mb_app;
grant update (name, profession, phone, active) on emergency_member to mb_app;
grant update (cancelled) on emergency_duty to mb_app;

-- Facilities: whoever may look for a bed. Families: their own municipality from the first day, the others once approved, without names.
create policy see on care_place for select to mb_app using (
  care_keeper(unit_id)
  or ((select me_role()) in ('cpw', 'cpu_head', 'municipal_director') and (kind = 'facility' or status in ('approved', 'suspended', 'closed')
    or municipality = (select me_municipality())))
  or (select me_role()) = 'state_agency'
  or ((select me_role()) = 'responsible_authority' and kind = 'facility'));
create policy add on care_place for insert to mb_app with check (
  (kind = 'facility' and (select me_role()) = 'state_agency')
  or (kind = 'foster_family' and (select me_role()) in ('cpw', 'cpu_head') and unit_id = (select me_unit())
    and municipality = (select me_municipality()) and status = 'applied'));
create policy change on care_place for update to mb_app using (
  (kind = 'facility' and ((select me_role()) = 'state_agency' or care_keeper(unit_id)))
  or (kind = 'foster_family' and ((select me_role()) in ('cpw', 'cpu_head') and unit_id = (select me_unit())
    or (select me_role()) = 'municipal_director' and municipality = (select me_municipality()))));

-- Whose bed it is to give back or to fill: the unit that held it.
create function holds_bed(p_hold uuid, p_unit uuid) returns boolean language sql stable as $$
  select coalesce(p_unit = me_unit() and me_role() in ('cpw', 'cpu_head'), false)
$$;
grant execute on function holds_bed(uuid, uuid) to mb_app;
create function keeps_care_place(p_id uuid) returns boolean language sql stable as $$
  select exists (select 1 from care_place p where p.id = p_id and care_keeper(p.unit_id))
$$;
grant execute on function keeps_care_place(uuid) to mb_app;
create policy see on bed_hold for select to mb_app using (
  holds_bed(id, held_by_unit) or keeps_care_place(care_place_id) or (select me_role()) = 'state_agency');
create policy add on bed_hold for insert to mb_app with check (
  held_by_unit = (select me_unit()) and held_by_id = (select me_user())
  and (state = 'HELD' and (select me_role()) in ('cpw', 'cpu_head') and exists (select 1 from care_place p where p.id = care_place_id)
    or state = 'OCCUPIED' and keeps_care_place(care_place_id)));
create policy change on bed_hold for update to mb_app using (holds_bed(id, held_by_unit) or keeps_care_place(care_place_id));
create policy see on bed_hold_placement for select to mb_app using (
  exists (select 1 from bed_hold h where h.id = bed_hold_placement.id and holds_bed(h.id, h.held_by_unit)));
create policy add on bed_hold_placement for insert to mb_app with check (
  exists (select 1 from bed_hold h where h.id = bed_hold_placement.id and holds_bed(h.id, h.held_by_unit)));

-- Who needs the door now: whoever was promised a bed there, as long as it stands.
create function care_need(p_place uuid) returns boolean language sql stable as $$
  select exists (select 1 from bed_hold h where h.care_place_id = p_place and h.state in ('CONFIRMED', 'OCCUPIED')
    and h.held_by_id = me_user() and holds_bed(h.id, h.held_by_unit))
$$;
grant execute on function care_need(uuid) to mb_app;
create policy see on care_place_named for select to mb_app using (exists (select 1 from care_place p where p.id = care_place_named.id
  and (care_keeper(p.unit_id)
    or (p.kind = 'facility' and (select me_role()) = 'state_agency')
    or (p.kind = 'foster_family' and (select me_role()) = 'state_agency' and (select me_purpose()) in ('monitoring', 'complaint', 'case_review'))
    or (p.kind = 'foster_family' and (select me_role()) = 'municipal_director' and p.municipality = (select me_municipality()))
    or care_need(p.id))));
create policy see on care_place_sensitive for select to mb_app using (exists (select 1 from care_place p where p.id = care_place_sensitive.id
  and (care_keeper(p.unit_id) or care_need(p.id))));
do $$
declare
  t text;
begin
  foreach t in array array['care_place_named', 'care_place_sensitive'] loop
    execute format('create policy add on %I for insert to mb_app with check (exists (select 1 from care_place p where p.id = %I.id
      and (care_keeper(p.unit_id) or (p.kind = ''facility'' and (select me_role()) = ''state_agency''))))', t, t);
    execute format('create policy change on %I for update to mb_app using (exists (select 1 from care_place p where p.id = %I.id
      and (care_keeper(p.unit_id) or (p.kind = ''facility'' and (select me_role()) = ''state_agency''))))', t, t);
  end loop;
end $$;

-- Never more than there are beds, whoever writes and however many at once: the place's row is locked before counting. A hold that has
-- lapsed by the time of the new one no longer counts.
create function guard_bed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  place care_place;
  taken integer;
begin
  select * into place from care_place p where p.id = new.care_place_id for update;
  if tg_op = 'UPDATE' then
    if (new.care_place_id, new.sex, new.age_band, new.held_by_unit, new.held_by_id, new.held_at)
        is distinct from (old.care_place_id, old.sex, old.age_band, old.held_by_unit, old.held_by_id, old.held_at)
      or (old.state, new.state) not in (('HELD', 'CONFIRMED'), ('HELD', 'REFUSED'), ('HELD', 'RELEASED'), ('HELD', 'EXPIRED'),
        ('CONFIRMED', 'OCCUPIED'), ('CONFIRMED', 'RELEASED'), ('CONFIRMED', 'EXPIRED'), ('OCCUPIED', 'RELEASED')) then
      raise exception 'a bed goes from % to % by no act', old.state, new.state using errcode = 'insufficient_privilege';
    end if;
    if new.state in ('CONFIRMED', 'REFUSED') and not care_keeper(place.unit_id) then
      raise exception 'only whoever keeps the beds answers for them' using errcode = 'insufficient_privilege';
    end if;
    if new.state in ('CONFIRMED', 'OCCUPIED') and old.expires_at <= new.changed_at then
      raise exception 'this hold has lapsed' using errcode = 'check_violation';
    end if;
    if new.state = 'EXPIRED' and old.expires_at > new.changed_at then
      raise exception 'this hold still stands' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  select count(*) into taken from bed_hold h where h.care_place_id = new.care_place_id and h.state in ('HELD', 'CONFIRMED', 'OCCUPIED')
    and (h.expires_at is null or h.expires_at > new.held_at);
  if taken >= place.capacity or place.status <> 'approved' then
    raise exception 'no bed is free' using errcode = 'check_violation';
  end if;
  -- Nobody keeps the beds of the country from the others: the number is holdsAtOnce of reference/al/care.json.
  if new.state = 'HELD' then
    perform pg_advisory_xact_lock(hashtextextended(new.held_by_id::text, 43040));
    select count(*) into taken from bed_hold h where h.held_by_id = new.held_by_id and h.state = 'HELD' and h.expires_at > new.held_at;
    if taken >= 5 then
      raise exception 'this person holds as many beds as one may' using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;
-- How many beds the reader holds that nobody has answered, those for a colleague's child included, which the reader no longer sees.
create function own_holds(p_now timestamptz) returns integer language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from bed_hold h where h.held_by_id = me_user() and h.state = 'HELD' and h.expires_at > p_now
$$;
revoke all on function own_holds(timestamptz) from public;
grant execute on function own_holds(timestamptz) to mb_app;
create trigger guard_bed before insert or update on bed_hold for each row execute function guard_bed();

-- How many beds are taken, by sex and band, for those who look for one: of other units' holds they read only this.
create function care_taken(p_places uuid[], p_now timestamptz)
  returns table (care_place_id uuid, sex text, age_band text, state text, n integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  select h.care_place_id, h.sex, h.age_band, h.state, count(*)::integer from bed_hold h
  where h.care_place_id = any (p_places) and h.state in ('HELD', 'CONFIRMED', 'OCCUPIED') and (h.expires_at is null or h.expires_at > p_now)
    and me_role() in ('cpw', 'cpu_head', 'municipal_director', 'state_agency', 'responsible_authority', 'shelter', 'day_centre', 'system')
  group by 1, 2, 3, 4
$$;
revoke all on function care_taken(uuid[], timestamptz) from public;
grant execute on function care_taken(uuid[], timestamptz) to mb_app;

-- Emergency teams: their municipality keeps them; whoever must call one reads who is on duty.
create function keeps_emergency_team(p_municipality text) returns boolean language sql stable parallel safe as $$
  select coalesce(me_role() in ('cpu_head', 'municipal_director') and me_municipality() = p_municipality, false)
$$;
grant execute on function keeps_emergency_team(text) to mb_app;
create policy see on emergency_team for select to mb_app using (
  (select me_role()) in ('cpw', 'cpu_head', 'municipal_director', 'state_agency', 'hotline')
  or ((select me_role()) in ('police', 'border_police', 'field_team', 'health') and county = (select me_county())));
create policy add on emergency_team for insert to mb_app with check (keeps_emergency_team(municipality) and unit_id = (select me_unit()));
create policy change on emergency_team for update to mb_app using (keeps_emergency_team(municipality) or (select me_role()) = 'state_agency');
do $$
declare
  t text;
begin
  foreach t in array array['emergency_member', 'emergency_duty'] loop
    execute format('create policy see on %I for select to mb_app using (exists (select 1 from emergency_team e where e.id = %I.team_id))', t, t);
    execute format('create policy add on %I for insert to mb_app with check (exists (select 1 from emergency_team e where e.id = %I.team_id
      and keeps_emergency_team(e.municipality)))', t, t);
    execute format('create policy change on %I for update to mb_app using (exists (select 1 from emergency_team e where e.id = %I.team_id
      and keeps_emergency_team(e.municipality)))', t, t);
  end loop;
end $$;

-- Visits: the inspected, whoever inspects, and of a family those who keep it.
create function sees_care_visit(p_kind text, p_id uuid, p_deep boolean) returns boolean language sql stable as $$
  select case p_kind
    when 'care_place' then exists (select 1 from care_place p where p.id = p_id and (care_keeper(p.unit_id)
      or (me_role() = 'state_agency' and (not p_deep or p.kind = 'facility' or me_purpose() in ('monitoring', 'complaint', 'case_review')))
      or (me_role() = 'municipal_director' and p.kind = 'foster_family' and p.municipality = me_municipality())
      or (not p_deep and p.kind = 'facility')))
    else exists (select 1 from emergency_team e where e.id = p_id and (keeps_emergency_team(e.municipality) or me_role() = 'state_agency'
      or (not p_deep and me_role() = 'cpw' and e.municipality = me_municipality()))) end
$$;
grant execute on function sees_care_visit(text, uuid, boolean) to mb_app;
create policy see on care_visit for select to mb_app using (sees_care_visit(subject_kind, subject_id, false));
create policy add on care_visit for insert to mb_app with check (by_id = (select me_user()) and by_unit = (select me_unit())
  and sees_care_visit(subject_kind, subject_id, false));
create policy see on care_visit_named for select to mb_app using (exists (select 1 from care_visit v where v.id = care_visit_named.id
  and (v.by_id = (select me_user()) or sees_care_visit(v.subject_kind, v.subject_id, true))));
create policy add on care_visit_named for insert to mb_app with check (exists (select 1 from care_visit v where v.id = care_visit_named.id
  and v.by_id = (select me_user())));

-- Every row changes only together with its event.
do $$
declare
  t text;
  kind text;
  key text;
begin
  foreach t in array array['care_place', 'bed_hold', 'care_visit', 'emergency_team'] loop
    execute format('create trigger follow_event_new after insert on %I for each row execute function follow_event(%L, ''id'', ''version'')', t, t);
    execute format('create trigger follow_event after update on %I for each row when (old.* is distinct from new.*)
      execute function follow_event(%L, ''id'', ''version'')', t, t);
  end loop;
  for t, kind, key in values ('care_place_named', 'care_place', 'id'), ('care_place_sensitive', 'care_place', 'id'),
    ('bed_hold_placement', 'bed_hold', 'id'), ('care_visit_named', 'care_visit', 'id'),
    ('emergency_member', 'emergency_team', 'team_id'), ('emergency_duty', 'emergency_team', 'team_id')
  loop
    execute format('create trigger follow_event_new after insert on %I for each row execute function follow_event(%L, %L)', t, kind, key);
    execute format('create trigger follow_event after update on %I for each row when (old.* is distinct from new.*)
      execute function follow_event(%L, %L)', t, kind, key);
  end loop;
end $$;

-- Families, whoever answers in a facility, what was found at visits, and members of teams can be erased lawfully as other names can (0039).
do $$
declare
  was text := pg_get_functiondef('erase_names(text, text, uuid, uuid)'::regprocedure);
  told text := replace(was, $f$    when 'local_budget_line' then$f$, $f$    when 'care_place' then
      update care_place_named set names = '–', phone = null where id = p_id;
      delete from care_place_sensitive where id = p_id;
    when 'care_visit' then
      delete from care_visit_named where id = p_id;
    when 'emergency_team' then
      update emergency_member set name = '–', phone = null, active = false where team_id = p_id;
    when 'local_budget_line' then$f$);
begin
  if told = was then
    raise exception 'erase_names is not as it was';
  end if;
  execute told;
end $$;
create or replace function records_of_names(p_kind text, p_id uuid) returns table (kind text, id uuid, chain text, record uuid, fact text)
  language sql stable security definer set search_path = public, pg_temp as $$
    select p_kind, m.id, 'body', m.body_id, 'memberId' from body_member m where p_kind = 'body_member' and m.id = p_id
    union all
    select p_kind, t.id, 'net_structure', t.structure_id, 'tenureId' from net_tenure t where p_kind = 'net_tenure' and t.id = p_id
    union all
    select 'body_recommendation', r.id, 'body_recommendation', r.id, null from body_recommendation r where p_kind = 'body_meeting' and r.meeting_id = p_id
    union all
    select 'care_visit', v.id, 'care_visit', v.id, null from care_visit v where p_kind in ('care_place', 'emergency_team') and v.subject_id = p_id
    union all
    select p_kind, p_id, p_kind, p_id, null where p_kind <> all (array['body_member', 'net_tenure'])
$$;

-- The worker writes down what has lapsed, so that nothing waits in a list for ever.
grant select on care_place, bed_hold to mb_jobs;
grant update (version, state, expires_at, changed_at, reason) on bed_hold to mb_jobs;
create policy lapse_read on care_place for select to mb_jobs using (true);
create policy lapse_read on bed_hold for select to mb_jobs using (true);
create policy lapse on bed_hold for update to mb_jobs using (state in ('HELD', 'CONFIRMED')) with check (state = 'EXPIRED');
