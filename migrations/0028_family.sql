-- Family and consent: households and relationships, several children of one family, representatives, persons found to be one,
-- rights explained, the child's own permission, written requests, and the log of everything that left a case.

-- Family ------------------------------------------------------------------------------------------------------------
-- A family ties cases together and copies none of them: who may see none of its cases does not know that it exists, and who may
-- see one learns nothing of another through it. Which cases belong to it is said on the chain of each case, never on the family's.
create table family (
  id uuid primary key,
  version integer not null check (version > 0),
  unit_id uuid not null references unit,
  made_at timestamptz not null
);
create table family_case (
  id uuid primary key,
  family_id uuid not null references family,
  case_id uuid not null references case_file,
  joined_at timestamptz not null,
  left_at timestamptz
);
create unique index family_case_once on family_case (case_id) where left_at is null;
create index family_case_of on family_case (family_id);
create table family_named (
  id uuid primary key references family,
  address text check (length(address) <= 400),
  housing text check (housing in ('own', 'rented', 'with_relatives', 'improvised', 'none', 'institution', 'not_known')),
  remark text check (length(remark) <= 4000)
);
-- A child of one of the cases stands here by its person and keeps its name there; other members have only what is written here.
create table family_person (
  id uuid primary key,
  family_id uuid not null references family,
  person_id uuid references person,
  name text check (length(name) between 1 and 200),
  sex text not null check (sex in ('female', 'male', 'unknown')),
  born_year smallint check (born_year between 1900 and 2200),
  phone text check (length(phone) <= 40),
  remark text check (length(remark) <= 2000),
  alleged boolean not null default false,
  other_side boolean not null default false,
  at timestamptz not null,
  check ((person_id is null) <> (name is null))
);
create index family_person_of on family_person (family_id);
create unique index family_person_once on family_person (family_id, person_id) where person_id is not null;
-- «from» is the mother, the guardian, the exploiter of «to»; one row stands for a pair at a time.
create table family_relation (
  id uuid primary key,
  family_id uuid not null references family,
  from_id uuid not null references family_person,
  to_id uuid not null references family_person,
  kind text not null check (kind in ('mother', 'father', 'stepparent', 'sibling', 'grandparent', 'other_relative', 'guardian',
    'foster_parent', 'spouse', 'partner', 'exploiter', 'other')),
  guardian boolean not null,
  lives_with boolean,
  contact text not null check (contact in ('allowed', 'supervised', 'forbidden', 'not_assessed')),
  from_day date,
  until_day date,
  at timestamptz not null,
  ended_at timestamptz,
  check (from_id <> to_id),
  check (until_day is null or from_day is null or until_day >= from_day)
);
create unique index family_relation_once on family_relation (from_id, to_id) where ended_at is null;
create index family_relation_of on family_relation (family_id);
select protect_table('family', 'T2', 'families that tie cases together, without a name or a case in the row');
select protect_table('family_case', 'T2', 'which case belongs to which family, seen by whoever sees the case');
select protect_table('family_named', 'T3', 'household of a family: address, housing, remarks');
select protect_table('family_person', 'T3', 'members of a household, and who of them is alleged to harm or stands on the other side');
select protect_table('family_relation', 'T3', 'who is what to whom, guardian, lives with, contact allowed, from when until when');
grant select, insert on family, family_case, family_named, family_person, family_relation to mb_app;
grant update (version) on family to mb_app;
grant update (left_at) on family_case to mb_app;
grant update (address, housing, remark) on family_named to mb_app;
grant update (alleged, other_side, phone, remark) on family_person to mb_app;
grant update (until_day, ended_at) on family_relation to mb_app;

create function me_works() returns boolean language sql stable parallel safe return
  coalesce(me_role() in ('cpw', 'cpu_head'), false);
grant execute on function me_works() to mb_app;

create policy with_case on family_case for select to mb_app using ((select true from case_file k where k.id = case_id));
create policy join_case on family_case for insert to mb_app
  with check ((select me_works()) and (select true from case_file_named k where k.id = case_id));
create policy leave_case on family_case for update to mb_app
  using ((select me_works()) and (select true from case_file_named k where k.id = case_id));
create policy through_case on family for select to mb_app
  using (exists (select 1 from family_case f where f.family_id = family.id and f.left_at is null));
create policy make on family for insert to mb_app with check ((select me_works()) and unit_id = (select me_unit()));
do $$
declare
  t text;
  -- Whoever reads the identified core of one of its cases.
  named constant text := 'exists (select 1 from family_case f join case_file_named k on k.id = f.case_id where f.family_id = %I.%I and f.left_at is null)';
begin
  execute format('create policy change on family for update to mb_app using ((select me_works()) and ' || named || ')', 'family', 'id');
  execute format('create policy through_case on family_named for select to mb_app using (' || named || ')', 'family_named', 'id');
  -- A brother or sister whose case is out of the reader's sight is not there.
  execute format('create policy through_case on family_person for select to mb_app using (' || named
    || ' and (person_id is null or exists (select 1 from person p where p.id = family_person.person_id)))', 'family_person', 'family_id');
  foreach t in array array['family_named', 'family_person', 'family_relation'] loop
    execute format('create policy add on %I for insert to mb_app with check ((select me_works()) and ' || named || ')', t, t,
      case t when 'family_named' then 'id' else 'family_id' end);
    execute format('create policy change on %I for update to mb_app using ((select me_works()) and ' || named || ')', t, t,
      case t when 'family_named' then 'id' else 'family_id' end);
  end loop;
end $$;
create policy between_members on family_relation for select to mb_app using (
  exists (select 1 from family_person a where a.id = from_id) and exists (select 1 from family_person b where b.id = to_id));

-- Facts of a case of this slice; their words lie with the case's other texts (case_text, case_text_sensitive). ---------
create table representative (
  id uuid primary key,
  case_id uuid not null references case_file,
  kind text not null check (kind in ('legal_guardian', 'procedural_representative')),
  basis text not null check (basis in ('parent', 'court', 'procedural_act', 'guardianship_authority', 'state_social_worker')),
  member_id uuid references family_person,
  from_day date not null,
  until_day date,
  ended_on date,
  end_reason text check (end_reason in ('conflict', 'replaced', 'term', 'at_request', 'other')),
  at timestamptz not null,
  check (until_day is null or until_day >= from_day),
  check ((ended_on is null) = (end_reason is null))
);
create index representative_of on representative (case_id);
create table family_notice (
  id uuid primary key,
  case_id uuid not null references case_file,
  means text not null check (means in ('notice', 'invitation', 'document', 'conversation')),
  on_day date not null,
  member_id uuid references family_person,
  at timestamptz not null
);
create index family_notice_of on family_notice (case_id);
create table rights_information (
  id uuid primary key,
  case_id uuid not null references case_file,
  on_day date not null,
  audience text not null check (audience in ('child', 'parent', 'guardian', 'representative')),
  topics text[] not null check (cardinality(topics) between 1 and 20),
  language text not null check (length(language) <= 20),
  format text not null check (format in ('spoken', 'leaflet', 'easy_read', 'pictures', 'video', 'sign_language')),
  interpreter boolean not null,
  understood text not null check (understood in ('yes', 'partly', 'no', 'not_known')),
  by_id uuid not null,
  at timestamptz not null
);
create index rights_information_of on rights_information (case_id);
create table child_permission (
  id uuid primary key,
  case_id uuid not null references case_file,
  on_day date not null,
  recipients text[] not null check (cardinality(recipients) between 1 and 12),
  fields text[] not null check (cardinality(fields) between 1 and 40),
  answer text not null check (answer in ('agrees', 'disagrees', 'not_asked')),
  why text check (why in ('danger', 'too_young', 'cannot_express', 'not_reached')),
  withdrawn_at timestamptz,
  by_id uuid not null,
  at timestamptz not null,
  check ((answer = 'not_asked') = (why is not null))
);
create index child_permission_of on child_permission (case_id);
create table information_request (
  id uuid primary key,
  case_id uuid not null references case_file,
  reference text not null check (length(reference) between 1 and 80),
  authority text not null check (authority in ('police', 'prosecution', 'court', 'other_authority')),
  article text not null check (length(article) between 1 and 200),
  asked text[] not null check (cardinality(asked) between 1 and 20),
  received_on date not null,
  court_order text check (length(court_order) <= 80),
  state text not null check (state in ('received', 'lawful', 'unlawful', 'answered', 'refused')),
  allowed text[] not null default '{}',
  given text[] not null default '{}',
  checked_by uuid,
  checked_at timestamptz,
  closed_by uuid,
  closed_at timestamptz,
  at timestamptz not null,
  check ((state in ('lawful', 'unlawful', 'answered')) <= (checked_by is not null)),
  check (state <> 'answered' or (checked_by <> closed_by and cardinality(given) > 0)),
  check (given <@ allowed and allowed <@ asked)
);
create index information_request_of on information_request (case_id, received_on);
-- What left the case: never changed, never deleted.
create table disclosure (
  id uuid primary key,
  case_id uuid not null references case_file,
  at timestamptz not null,
  kind text not null check (kind in ('referral', 'written_request', 'document', 'spoken')),
  to_unit_id uuid references unit,
  to_kind text not null check (length(to_kind) between 1 and 60),
  grounds jsonb not null check (jsonb_typeof(grounds) = 'array' and jsonb_array_length(grounds) between 1 and 6),
  fields text[] not null check (cardinality(fields) between 1 and 60),
  tier text not null check (tier in ('T2', 'T3', 'T4')),
  overrides text not null check (overrides in ('none', 'child', 'guardian', 'both')),
  child_asked text not null check (child_asked in ('agrees', 'disagrees', 'not_asked', 'not_needed')),
  referral_id uuid references referral,
  request_id uuid references information_request,
  document text check (document ~ '^[a-z0-9_]{1,60}$'),
  by_id uuid not null
);
create index disclosure_of on disclosure (case_id, at desc, id desc);
select protect_table('representative', 'T2', 'that a child has a guardian or procedural representative, on which basis, until when');
select protect_table('family_notice', 'T2', 'that the family was told something, how and when');
select protect_table('rights_information', 'T2', 'that rights were explained, to whom, in which language and form');
select protect_table('child_permission', 'T2', 'what the child answered when asked whether sensitive information may leave');
select protect_table('information_request', 'T2', 'written requests of police, prosecutors and courts: reference, article, state');
select protect_table('disclosure', 'T2', 'append-only log of what left a case: which fields, to whom, on what basis, when');
grant select, insert on representative, family_notice, rights_information, child_permission, information_request, disclosure to mb_app;
grant update (withdrawn_at) on child_permission to mb_app;
grant update (state, allowed, given, checked_by, checked_at, closed_by, closed_at) on information_request to mb_app;

-- While the order stands nothing is aimed at the family, whoever asks and by whichever way: notices, invitations, documents.
create function may_inform_family(p_case uuid) returns boolean language sql stable parallel safe
  return (select not coalesce((alerts ->> 'doNotInformFamily')::boolean, true) from case_file where id = p_case);
grant execute on function may_inform_family(uuid) to mb_app;
do $$
declare
  t text;
begin
  foreach t in array array['representative', 'family_notice', 'rights_information', 'child_permission', 'information_request',
    'disclosure'] loop
    execute format('create policy with_case on %I for select to mb_app using ((select true from case_file k where k.id = case_id))', t);
    execute format('create policy add on %I for insert to mb_app with check ((select me_role()) in (''cpw'', ''cpu_head'', ''municipal_director'')
      and (select true from case_file_named k where k.id = case_id)%s)', t,
      case t when 'family_notice' then ' and may_inform_family(case_id)'
        when 'rights_information' then ' and (audience <> ''parent'' or may_inform_family(case_id))' else '' end);
  end loop;
  foreach t in array array['child_permission', 'information_request'] loop
    execute format('create policy change on %I for update to mb_app using ((select me_role()) in (''cpw'', ''cpu_head'', ''municipal_director'')
      and (select true from case_file_named k where k.id = case_id))', t);
  end loop;
end $$;

-- Whoever stops speaking for a child stops in every case of the family at once, also where the actor reads no names; only together
-- with the event which says so.
create function end_representative(p_id uuid, p_on date, p_reason text) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  if not exists (select from event e join representative r on r.case_id = e.record_id where r.id = p_id and e.kind = 'case_file'
      and e.type = 'RepresentativeEnded' and e.facts ->> 'representativeId' = p_id::text and e.xid = pg_current_xact_id()) then
    raise exception 'a representative ends only together with its event' using errcode = 'insufficient_privilege';
  end if;
  update representative set ended_on = p_on, end_reason = p_reason where id = p_id and ended_on is null;
end $$;
grant execute on function end_representative(uuid, date, text) to mb_app;

-- Two persons who are one -----------------------------------------------------------------------------------------------
create table person_merge (
  id uuid primary key,
  person_id uuid not null references person,
  into_id uuid not null references person,
  state text not null check (state in ('proposed', 'confirmed', 'refused', 'withdrawn', 'undone')),
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  undone_by uuid,
  undone_at timestamptz,
  check (person_id <> into_id),
  check (state not in ('confirmed', 'undone') or decided_by <> proposed_by),
  check ((state = 'undone') = (undone_by is not null))
);
create unique index person_merge_once on person_merge (person_id) where state in ('proposed', 'confirmed');
create index person_merge_into on person_merge (into_id);
create index person_merge_waiting on person_merge (proposed_at desc, id desc) where state = 'proposed';
select protect_table('person_merge', 'T2', 'decisions that two persons of the register are one, by whom, and their undoing');
grant select, insert on person_merge to mb_app;
grant update (state, decided_by, decided_at, undone_by, undone_at) on person_merge to mb_app;
create policy both_seen on person_merge for select to mb_app using (
  exists (select 1 from person a where a.id = person_id) and exists (select 1 from person b where b.id = into_id));
create policy both_known on person_merge for insert to mb_app with check (
  (select me_role()) in ('cpw', 'cpu_head', 'state_agency') and proposed_by = (select me_user()) and state = 'proposed'
  and exists (select 1 from person_named a where a.id = person_id) and exists (select 1 from person_named b where b.id = into_id));
create policy both_known_change on person_merge for update to mb_app using (
  (select me_role()) in ('cpw', 'cpu_head', 'state_agency')
  and exists (select 1 from person_named a where a.id = person_id) and exists (select 1 from person_named b where b.id = into_id));

-- The link follows the decision's event, in its transaction, and nothing else sets it. Links never form a chain: a person that
-- others lead to leads nowhere itself.
create function move_person(p_person uuid, p_version integer) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  e event;
  target uuid;
begin
  select * into e from event x where x.record_id = p_person and x.kind = 'person' and x.seq = p_version
    and x.xid = pg_current_xact_id();
  if e.id is null then
    raise exception 'a person changes only together with its event' using errcode = 'insufficient_privilege';
  end if;
  if e.type = 'PersonsMerged' then
    target := (e.facts ->> 'intoId')::uuid;
    if exists (select 1 from person p where p.same_as = p_person)
        or not exists (select 1 from person p where p.id = target and p.same_as is null) then
      raise exception 'links between persons form no chain';
    end if;
    update person set same_as = target, version = p_version where id = p_person and version < p_version;
  elsif e.type = 'PersonsParted' then
    update person set same_as = null, version = p_version where id = p_person and version < p_version;
  else
    update person set version = p_version where id = p_person and version < p_version;
  end if;
end $$;
grant execute on function move_person(uuid, integer) to mb_app;

-- Whether other persons lead to this one; asked before a merge, because those others may be out of the asker's sight.
create function leads_here(p_person uuid) returns boolean language sql stable security definer set search_path = public, pg_temp
  return exists (select 1 from person q where q.same_as = p_person);
grant execute on function leads_here(uuid) to mb_app;

-- Erasure. The household goes with the last of its cases; what the log says of a case are codes, and stays. -------------
create function families_ending(p_case uuid) returns table (id uuid) language sql stable security definer
  set search_path = public, pg_temp as $$
    select distinct c.family_id from family_case c where c.case_id = p_case
      and not exists (select from family_case o where o.family_id = c.family_id and o.case_id <> p_case
        and not exists (select from event e where e.record_id = o.case_id and e.kind = 'case_file' and e.type = 'Erased'))
$$;
grant execute on function families_ending(uuid) to mb_retention;
create function erase_family(p_id uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from event e where e.record_id = p_id and e.kind = 'family' and e.type = 'Erased'
      and e.xid = pg_current_xact_id()) then
    raise exception 'nothing is erased without its event' using errcode = 'insufficient_privilege';
  end if;
  update family_named set address = null, housing = null, remark = null where id = p_id;
  update family_person set name = case when name is null then null else '–' end, phone = null, remark = null, born_year = null
    where family_id = p_id;
  update family set version = (select h.version from record_head h where h.record_id = p_id) where id = p_id;
end $$;
grant execute on function erase_family(uuid) to mb_retention;
