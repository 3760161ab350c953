-- Formal identification: the register of rooms in which children are heard, joint interviews of police and social service with a chain
-- of their own, what was found of the conditions, and conclusions that two accounts of two bodies sign.

-- Rooms: no secret. Twelve are to exist (S004:524). -------------------------------------------------------------------
create table interview_room (
  id uuid primary key,
  version integer not null check (version > 0),
  name_sq text not null check (length(name_sq) between 1 and 200),
  name_en text not null check (length(name_en) between 1 and 200),
  municipality text not null references municipality,
  county text not null references county,
  holder text not null check (length(holder) between 1 and 200),
  audio boolean not null,
  video boolean not null,
  from_day date not null,
  until_day date check (until_day >= from_day)
);
create index interview_room_in on interview_room (municipality);
select protect_table('interview_room', 'T1', 'child-friendly interview rooms: where, who holds them, equipment, since when in service');
grant select, insert on interview_room to mb_app;
grant update (name_sq, name_en, municipality, county, holder, audio, video, from_day, until_day, version) on interview_room to mb_app;
create policy staff_read on interview_room for select to mb_app using ((select me_role()) not in ('public', 'system'));
create policy keeper_adds on interview_room for insert to mb_app
  with check ((select me_role()) in ('responsible_authority', 'state_agency'));
create policy keeper_changes on interview_room for update to mb_app
  using ((select me_role()) in ('responsible_authority', 'state_agency'));
create trigger follow_event_new after insert on interview_room for each row
  execute function follow_event('interview_room', 'id', 'version');
create trigger follow_event after update on interview_room for each row when (old.* is distinct from new.*)
  execute function follow_event('interview_room', 'id', 'version');

-- Interviews. -----------------------------------------------------------------------------------------------------------
create table interview (
  id uuid primary key,
  version integer not null check (version > 0),
  nrm_id uuid not null references nrm_file,
  -- Printed code of the file: all that a notice says.
  code text not null,
  number smallint not null check (number between 1 and 100),
  state text not null check (state in ('SCHEDULED', 'HELD', 'PROPOSED', 'DISSENT', 'REVIEW', 'CONCLUDED', 'CANCELLED', 'REPEATED')),
  subject text not null check (subject in ('child', 'adult')),
  under_14 boolean not null,
  sexual boolean not null,
  language text check (length(language) between 2 and 20),
  planned_at timestamptz not null,
  room_id uuid references interview_room,
  no_room text check (no_room ~ '^[a-z_]{2,40}$'),
  police_unit_id uuid not null references unit,
  social_unit_id uuid not null references unit,
  representative_id uuid references representative,
  representative_basis text check (representative_basis ~ '^[a-z_]{2,40}$'),
  asked_on date,
  repeats text check (repeats ~ '^[a-z_]{2,40}$'),
  scheduled_by uuid not null,
  scheduled_unit uuid not null references unit,
  scheduled_at timestamptz not null,
  cancel_reason text check (cancel_reason ~ '^[a-z_]{2,40}$'),
  held_at timestamptz,
  minutes smallint check (minutes between 1 and 1440),
  breaks smallint check (breaks between 0 and 50),
  recording text check (recording in ('none', 'audio', 'audio_video')),
  roles text[] not null default '{}' check (cardinality(roles) <= 20),
  repeated boolean,
  checklist text check (length(checklist) <= 40),
  recorded_by uuid,
  conclusion text check (conclusion in ('vt', 'not_confirmed')),
  articles text[] not null default '{}' check (cardinality(articles) <= 20),
  elements text[] not null default '{}' check (cardinality(elements) <= 3),
  proposed_by uuid,
  proposed_body text check (proposed_body in ('police', 'social_service')),
  proposed_at timestamptz,
  signed_by uuid,
  signed_body text check (signed_body in ('police', 'social_service')),
  signed_at timestamptz,
  agrees boolean,
  reviewed_by uuid,
  reviewed_at timestamptz,
  review text check (review in ('confirm', 'send_back')),
  concluded_at timestamptz,
  -- Everybody who wrote or signed: they keep the sight of what they signed.
  signers uuid[] not null default '{}' check (cardinality(signers) <= 40),
  check ((room_id is null) <> (no_room is null)),
  -- No child is called to an interview without somebody who speaks for it, no adult without having asked.
  check (case subject when 'child' then representative_id is not null and representative_basis is not null else asked_on is not null end),
  -- Two persons of two bodies, and a child's non-confirmation seen a second time.
  check (signed_by is null or (signed_by <> proposed_by and signed_body <> proposed_body)),
  check (state not in ('HELD', 'PROPOSED', 'DISSENT', 'REVIEW', 'CONCLUDED') or (held_at is not null and recorded_by is not null)),
  check (state not in ('PROPOSED', 'DISSENT', 'REVIEW', 'CONCLUDED') or (conclusion is not null and proposed_by is not null)),
  check (state <> 'CONCLUDED' or (signed_by is not null and agrees and concluded_at is not null)),
  check (state <> 'CONCLUDED' or conclusion = 'vt' or subject = 'adult' or (reviewed_by is not null and review = 'confirm'))
);
create index interview_of on interview (nrm_id, number);
create unique index interview_one_open on interview (nrm_id) where state in ('SCHEDULED', 'HELD', 'PROPOSED', 'DISSENT', 'REVIEW');
create index interview_of_police on interview (police_unit_id, planned_at desc, id desc);
create index interview_of_social on interview (social_unit_id, planned_at desc, id desc);
create index interview_signers on interview using gin (signers);
create index interview_by_time on interview (planned_at desc, id desc);
create table interview_named (
  id uuid primary key references interview,
  place text check (length(place) <= 400),
  repeat_note text check (length(repeat_note) <= 2000),
  cancel_note text check (length(cancel_note) <= 2000),
  participants jsonb check (pg_column_size(participants) <= 32768),
  reasons jsonb check (pg_column_size(reasons) <= 65536),
  basis text check (length(basis) <= 8000),
  dissent text check (length(dissent) <= 8000),
  review text check (length(review) <= 8000)
);
create table interview_sensitive (
  id uuid primary key references interview,
  sealed bytea check (octet_length(sealed) <= 262144)
);
create table interview_packet (
  id uuid primary key references interview,
  sealed bytea check (octet_length(sealed) <= 65536)
);
create table interview_item (
  interview_id uuid not null references interview,
  code text not null check (code ~ '^[a-z0-9_]{2,40}$'),
  met boolean not null,
  mandatory boolean not null,
  primary key (interview_id, code)
);
select protect_table('interview', 'T2', 'formal interviews: when, by which units, which conditions held, who proposed and signed what');
select protect_table('interview_named', 'T3', 'who took part, why a condition was not met, basis, dissent, second review');
select protect_table('interview_sensitive', 'T4', 'what was said in a formal interview and where its recording lies, sealed');
select protect_table('interview_packet', 'T4', 'the least data by which police and social service know whom they are to hear, sealed');
select protect_table('interview_item', 'T2', 'conditions of a formal interview, met or not, for the conformity with the standard procedures');
grant select, insert on interview, interview_named, interview_sensitive, interview_packet, interview_item to mb_app;
grant update (version, state, planned_at, room_id, no_room, cancel_reason, held_at, minutes, breaks, recording, roles, repeated, repeats,
  checklist, recorded_by, conclusion, articles, elements, proposed_by, proposed_body, proposed_at, signed_by, signed_body, signed_at, agrees,
  reviewed_by, reviewed_at, review, concluded_at, signers) on interview to mb_app;
grant update (place, repeat_note, cancel_note, participants, reasons, basis, dissent, review) on interview_named to mb_app;
grant update (sealed) on interview_sensitive to mb_app;

-- src/domain/interview/policy.ts says the same: the called unit by role and unit together, while it is open; whoever signed, for good.
create function interview_called(p_state text, p_police uuid, p_social uuid) returns boolean language sql stable parallel safe as $$
  select coalesce(p_state in ('SCHEDULED', 'HELD', 'PROPOSED', 'DISSENT', 'REVIEW') and case me_role()
    when 'police' then p_police = me_unit() when 'social_service' then p_social = me_unit() end, false)
$$;
create function interview_signed(p_signers uuid[]) returns boolean language sql stable parallel safe as $$
  select coalesce(me_role() in ('police', 'social_service') and me_user() = any (p_signers), false)
$$;
grant execute on function interview_called(text, uuid, uuid), interview_signed(uuid[]) to mb_app;
create policy see on interview for select to mb_app using (
  exists (select 1 from nrm_file f where f.id = interview.nrm_id)
  or interview_called(state, police_unit_id, social_unit_id) or interview_signed(signers));
create policy caller_adds on interview for insert to mb_app with check (
  state = 'SCHEDULED' and scheduled_by = (select me_user()) and scheduled_unit = (select me_unit())
  and (select me_role()) in ('cpw', 'cpu_head', 'responsible_authority', 'social_service', 'shelter')
  and exists (select 1 from nrm_file_named n where n.id = interview.nrm_id));
-- By way of break-glass or a grant a file is read and never written.
create policy not_opened on interview as restrictive for insert to mb_app with check (not exists (select 1 from nrm_file f
  where f.id = interview.nrm_id and f.case_id = any ((select opened_cases('T2'))::uuid[])));
create policy not_opened_now on interview as restrictive for update to mb_app using (not exists (select 1 from nrm_file f
  where f.id = interview.nrm_id and f.case_id = any ((select opened_cases('T2'))::uuid[])));
create policy acts on interview for update to mb_app using (
  interview_called(state, police_unit_id, social_unit_id)
  or ((select me_role()) in ('cpw', 'cpu_head', 'responsible_authority', 'social_service', 'shelter')
    and exists (select 1 from nrm_file_named n where n.id = interview.nrm_id)))
  -- With the last signature it is open no longer; whoever signed sees it still.
  with check (interview_called(state, police_unit_id, social_unit_id) or interview_signed(signers)
    or exists (select 1 from nrm_file_named n where n.id = interview.nrm_id));
create policy see on interview_named for select to mb_app using (exists (select 1 from interview i where i.id = interview_named.id
  and (exists (select 1 from nrm_file_named n where n.id = i.nrm_id)
    or interview_called(i.state, i.police_unit_id, i.social_unit_id) or interview_signed(i.signers))));
create policy see on interview_sensitive for select to mb_app using (exists (select 1 from interview i where i.id = interview_sensitive.id
  and (exists (select 1 from nrm_file_sensitive n where n.id = i.nrm_id)
    or interview_called(i.state, i.police_unit_id, i.social_unit_id) or interview_signed(i.signers))));
create policy see on interview_packet for select to mb_app using (exists (select 1 from interview i where i.id = interview_packet.id
  and (exists (select 1 from nrm_file_sensitive n where n.id = i.nrm_id)
    or interview_called(i.state, i.police_unit_id, i.social_unit_id))));
create policy see on interview_item for select to mb_app
  using (exists (select 1 from interview i where i.id = interview_item.interview_id));
do $$
declare
  t text;
begin
  foreach t in array array['interview_named', 'interview_sensitive', 'interview_packet'] loop
    execute format('create policy caller_adds on %1$I for insert to mb_app with check (exists (select 1 from interview i
      where i.id = %1$I.id and i.state = ''SCHEDULED'' and i.scheduled_by = (select me_user())))', t);
    execute format('create trigger follow_event_new after insert on %1$I for each row execute function follow_event(''interview'', ''id'')', t);
    execute format('create trigger follow_event after update on %1$I for each row when (old.* is distinct from new.*)
      execute function follow_event(''interview'', ''id'')', t);
  end loop;
end $$;
create policy acts on interview_named for update to mb_app using (exists (select 1 from interview i where i.id = interview_named.id
  and (interview_called(i.state, i.police_unit_id, i.social_unit_id) or interview_signed(i.signers)
    or exists (select 1 from nrm_file_named n where n.id = i.nrm_id))));
create policy acts on interview_sensitive for update to mb_app using (exists (select 1 from interview i
  where i.id = interview_sensitive.id and interview_called(i.state, i.police_unit_id, i.social_unit_id)));
create policy interviewer_adds on interview_item for insert to mb_app with check (exists (select 1 from interview i
  where i.id = interview_item.interview_id and interview_called(i.state, i.police_unit_id, i.social_unit_id)));
create trigger follow_event_new after insert on interview_item for each row
  execute function follow_event('interview', 'interview_id');
create trigger follow_event_new after insert on interview for each row execute function follow_event('interview', 'id', 'version');
create trigger follow_event after update on interview for each row when (old.* is distinct from new.*)
  execute function follow_event('interview', 'id', 'version');

-- Whoever could type SQL as the application signs for nobody else, and moves an interview along no other way.
create function keep_interview_steps() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  body constant text := case when interview_called(old.state, old.police_unit_id, old.social_unit_id) then me_role() end;
  office constant boolean := me_role() = 'responsible_authority';
begin
  if old.state <> new.state and (old.state, new.state) not in (('SCHEDULED', 'HELD'), ('SCHEDULED', 'CANCELLED'), ('HELD', 'PROPOSED'),
      ('HELD', 'REPEATED'), ('PROPOSED', 'CONCLUDED'), ('PROPOSED', 'REVIEW'), ('PROPOSED', 'DISSENT'), ('REVIEW', 'CONCLUDED'),
      ('REVIEW', 'HELD'), ('DISSENT', 'HELD'), ('HELD', 'CANCELLED'), ('PROPOSED', 'CANCELLED'), ('DISSENT', 'CANCELLED'),
      ('REVIEW', 'CANCELLED'))
    or (new.state in ('CANCELLED', 'REPEATED') and old.state <> new.state
      and not exists (select 1 from nrm_file_named n where n.id = old.nrm_id))
    or (new.state in ('HELD', 'PROPOSED') and old.state in ('SCHEDULED', 'HELD') and old.state <> new.state and body is null)
    or (old.state = 'PROPOSED' and new.state not in ('PROPOSED', 'CANCELLED') and (body is null or new.signed_by is distinct from me_user()
      or new.signed_body is distinct from body))
    or (new.state = 'PROPOSED' and old.state = 'HELD' and (new.proposed_by is distinct from me_user()
      or new.proposed_body is distinct from body))
    or (old.state in ('REVIEW', 'DISSENT') and new.state not in (old.state, 'CANCELLED') and (not office or new.reviewed_by is distinct from me_user()))
    or (new.signed_by is distinct from old.signed_by and new.signed_by is not null and old.state <> 'PROPOSED')
    or not (old.signers <@ new.signers)
    or exists (select from unnest(new.signers) s where s <> me_user() and not s = any (old.signers)) then
    raise exception 'an interview moves only along its steps, by whom they belong to' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger keep_interview_steps before update on interview for each row when (current_user = 'mb_app')
  execute function keep_interview_steps();

-- The file behind an interview, for the bodies that were called and conclude it: they see no other way to it, and nothing of it is shown.
create function nrm_of_interview(p_interview uuid) returns setof nrm_file language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  return query select f.* from interview i join nrm_file f on f.id = i.nrm_id where i.id = p_interview
    and (interview_called(i.state, i.police_unit_id, i.social_unit_id) or me_role() = 'responsible_authority') for update of f;
end $$;
grant execute on function nrm_of_interview(uuid) to mb_app;

-- Whether the representative that was chosen still speaks for the child on a day, and nothing has become known against them.
create function interview_representative_stands(p_interview uuid, p_day date) returns boolean language sql stable security definer
  set search_path = public, pg_temp as $$
  select coalesce((select i.subject = 'adult' or (r.from_day <= p_day and (r.until_day is null or p_day <= r.until_day)
      and (r.ended_on is null or (r.end_reason <> 'conflict' and r.ended_on >= p_day))
      and not exists (select 1 from family_person m where m.id = r.member_id and (m.alleged or m.other_side
        or exists (select 1 from family_relation x where x.from_id = m.id and x.kind = 'exploiter' and x.ended_at is null))))
    from interview i left join representative r on r.id = i.representative_id where i.id = p_interview
      and (interview_called(i.state, i.police_unit_id, i.social_unit_id) or me_role() = 'responsible_authority')), false)
$$;
grant execute on function interview_representative_stands(uuid, date) to mb_app;

-- No file becomes formal, confirmed or not confirmed but through its interview.
create function nrm_follows_interview() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user = 'mb_owner' and me_role() <> 'system' and not exists (select 1 from interview i where i.nrm_id = new.id and case new.status
      when 'formal_pending' then i.state = 'SCHEDULED'
      else i.state = 'CONCLUDED' and i.conclusion = new.status end) then
    raise exception 'a formal step follows from its interview' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger nrm_follows_interview before update on nrm_file for each row
  when (old.status is distinct from new.status and new.status in ('formal_pending', 'vt', 'not_confirmed'))
  execute function nrm_follows_interview();

-- Conformity with the standard procedures: how many interviews of a time, and of each condition how often it applied and was met.
grant select (id, subject, state, held_at) on interview to mb_stats;
grant select (interview_id, code, met, mandatory) on interview_item to mb_stats;
grant select (municipality, from_day, until_day) on interview_room to mb_stats;
create policy statistics_read on interview for select to mb_stats using (true);
create policy statistics_read on interview_item for select to mb_stats using (true);
create policy statistics_read on interview_room for select to mb_stats using (true);
create function interview_conformity(p_from timestamptz, p_until timestamptz)
  returns table (subject text, code text, mandatory boolean, asked integer, met integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  select i.subject, c.code, c.mandatory, count(*)::int, count(*) filter (where c.met)::int
  from interview i join interview_item c on c.interview_id = i.id
  where i.held_at >= p_from and i.held_at < p_until and me_role() in ('responsible_authority', 'state_agency', 'coordinator')
    and (me_role() <> 'state_agency' or i.subject = 'child')
  group by i.subject, c.code, c.mandatory order by i.subject, c.code
$$;
grant execute on function interview_conformity(timestamptz, timestamptz) to mb_app;
alter function interview_conformity(timestamptz, timestamptz) owner to mb_stats;

-- What indicators of the plans count: rooms in service at the end of a time, children's interviews with the child-protection worker.
create function interview_figures(p_from date, p_until date) returns table (measure text, n bigint, total bigint)
  language sql stable security definer set search_path = public, pg_temp as $$
  select 'rooms', (select count(*) from interview_room r where r.from_day < p_until and (r.until_day is null or r.until_day >= p_until)), null::bigint
  union all select 'worker', count(*) filter (where c.met), count(*) from interview i join interview_item c on c.interview_id = i.id
    where c.code = 'cpw_present' and i.subject = 'child' and (i.held_at at time zone 'Europe/Tirane')::date >= p_from
      and (i.held_at at time zone 'Europe/Tirane')::date < p_until
$$;
grant execute on function interview_figures(date, date) to mb_app;

-- Lawful erasure: an interview goes with its file; what counts stays.
create function records_of_interviews(p_nrm uuid) returns table (kind text, id uuid) language sql stable security definer
  set search_path = public, pg_temp as $$
    select 'interview', i.id from interview i where i.nrm_id = p_nrm
$$;
grant execute on function records_of_interviews(uuid) to mb_retention;
create function erase_interview(p_id uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from event e where e.record_id = p_id and e.kind = 'interview' and e.type = 'Erased' and e.xid = pg_current_xact_id()) then
    raise exception 'nothing is erased without its event' using errcode = 'insufficient_privilege';
  end if;
  update interview_named set place = null, repeat_note = null, cancel_note = null, participants = null, reasons = null, basis = null,
    dissent = null, review = null where id = p_id;
  update interview_sensitive set sealed = null where id = p_id;
  update interview_packet set sealed = null where id = p_id;
  update interview set version = (select h.version from record_head h where h.record_id = p_id and h.kind = 'interview') where id = p_id;
end $$;
grant execute on function erase_interview(uuid) to mb_retention;
