-- Prevention and capacity: trainings with their participants, acts of prevention, registers of businesses. All T1 but the names of
-- professionals: each body reads its own; those who lead (State Agency, coordinator) read the rows of all, and of children only totals.

-- Who keeps such records at all; administrators, the data protection officer and internal affairs keep none.
create function keeps_prevention() returns boolean language sql stable parallel safe return
  coalesce(me_role() not in ('admin', 'dpo', 'internal_affairs', 'public', 'system'), false);
create function leads_prevention() returns boolean language sql stable parallel safe return
  coalesce(me_role() in ('state_agency', 'coordinator'), false);
grant execute on function keeps_prevention(), leads_prevention() to mb_app, mb_jobs, mb_stats;

create table professional (
  id uuid primary key,
  version integer not null,
  -- The person counted: the same in the entries of every body that knows them.
  person uuid not null,
  entered_by uuid not null references institution,
  institution_id uuid references institution,
  employer text check (length(employer) between 1 and 200),
  sector text not null check (sector ~ '^[a-z_]{2,40}$'),
  sex text not null check (sex in ('female', 'male')),
  user_id uuid references app_user,
  entered_at timestamptz not null
);
create index professional_of_body on professional (entered_by, entered_at desc);
create index professional_person on professional (person);
create unique index professional_of_user on professional (entered_by, user_id);
create table professional_named (
  id uuid primary key references professional,
  given_name text not null check (length(given_name) between 1 and 100),
  family_name text not null check (length(family_name) between 1 and 100),
  birth_year smallint not null check (birth_year between 1900 and 2100),
  name_key text not null
);
create index professional_by_name on professional_named (name_key, birth_year);
select protect_table('professional', 'T1', 'professionals who are trained, pseudonymous: which person, their work and sex');
select protect_table('professional_named', 'T2', 'names of professionals, for the body that entered them');
grant select, insert on professional, professional_named to mb_app;
grant update (person, user_id, version) on professional to mb_app;
create policy own_read on professional for select to mb_app
  using (entered_by = (select me_institution()) and (select keeps_prevention()));
create policy own_insert on professional for insert to mb_app
  with check (entered_by = (select me_institution()) and (select keeps_prevention()) and (user_id is null or user_id = (select me_user())));
create policy own_update on professional for update to mb_app
  using (entered_by = (select me_institution()) and (select keeps_prevention()))
  with check (entered_by = (select me_institution()) and (user_id is null or user_id = (select me_user())));
create policy own_read on professional_named for select to mb_app
  using (exists (select 1 from professional p where p.id = professional_named.id));
create policy own_insert on professional_named for insert to mb_app
  with check (exists (select 1 from professional p where p.id = professional_named.id));

-- Is somebody of this name and year known, here or elsewhere? Which person, and nothing else about them.
create function professional_hits(p_key text, p_year integer) returns table (person uuid, own boolean)
  language sql stable security definer set search_path = public, pg_temp as $$
  select distinct p.person, p.entered_by = me_institution() from professional_named n join professional p on p.id = n.id
  where n.name_key = p_key and n.birth_year = p_year and keeps_prevention() order by 2 desc, 1 limit 20
$$;
grant execute on function professional_hits(text, integer) to mb_app;

create table training (
  id uuid primary key,
  version integer not null,
  institution_id uuid not null references institution,
  unit_id uuid not null references unit,
  municipality text,
  county text,
  title text not null check (length(title) between 1 and 200),
  topic text not null check (topic ~ '^[a-z_]{2,40}$'),
  curriculum text check (length(curriculum) between 1 and 200),
  mode text not null check (mode in ('classroom', 'online', 'counselling', 'study_visit', 'mentoring', 'course')),
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  sessions integer not null check (sessions between 1 and 500),
  venue text check (length(venue) between 1 and 200),
  organiser text not null check (length(organiser) between 1 and 200),
  funder text check (length(funder) between 1 and 200),
  -- The activity of a plan that it serves: code of the activity within the plan, which outlives amendments.
  plan_id uuid,
  activity_uid text check (length(activity_uid) between 1 and 60),
  course_id uuid,
  struck_at timestamptz,
  entered_at timestamptz not null,
  check ((plan_id is null) = (activity_uid is null))
);
create index training_of_body on training (institution_id, from_day desc, id desc);
create index training_by_day on training (from_day desc, id desc);
create table training_participation (
  training_id uuid not null references training,
  professional_id uuid not null references professional,
  role text not null check (role in ('participant', 'trainer', 'organiser')),
  attended integer not null check (attended between 0 and 500),
  before smallint check (before between 0 and 100),
  after smallint check (after between 0 and 100),
  primary key (training_id, professional_id)
);
create index training_of_professional on training_participation (professional_id);
select protect_table('training', 'T1', 'trainings: topic, days, place, organiser; nobody is named');
select protect_table('training_participation', 'T1', 'who took part in a training, pseudonymous, with the knowledge test before and after');
grant select, insert on training to mb_app;
grant update (version, municipality, county, title, topic, curriculum, mode, from_day, to_day, sessions, venue, organiser, funder,
  plan_id, activity_uid, struck_at) on training to mb_app;
grant select, insert, delete on training_participation to mb_app;
grant update (role, attended, before, after) on training_participation to mb_app;
create policy own_or_lead on training for select to mb_app
  using ((institution_id = (select me_institution()) and (select keeps_prevention())) or (select leads_prevention()));
create policy own_insert on training for insert to mb_app
  with check (institution_id = (select me_institution()) and (select keeps_prevention()));
create policy own_update on training for update to mb_app
  using (institution_id = (select me_institution()) and (select keeps_prevention()))
  with check (institution_id = (select me_institution()));
create policy own on training_participation to mb_app
  using (exists (select 1 from training t where t.id = training_id and t.institution_id = (select me_institution())))
  with check (exists (select 1 from training t where t.id = training_id and t.institution_id = (select me_institution()))
    and exists (select 1 from professional p where p.id = professional_id));

create table business (
  id uuid primary key,
  version integer not null,
  kind text not null check (kind in ('business', 'employment_agency', 'tourism_operator')),
  name text not null check (length(name) between 1 and 200),
  nipt text unique check (nipt ~ '^[A-Z][0-9]{8}[A-Z]$'),
  sector text not null check (sector ~ '^[a-z_]{2,40}$'),
  municipality text not null references municipality,
  licence text not null check (licence in ('none', 'valid', 'suspended', 'lost')),
  code_adopted_on date,
  code_measures text check (length(code_measures) between 1 and 500),
  contact_posted_on date,
  institution_id uuid not null references institution,
  entered_at timestamptz not null
);
create index business_by_place on business (municipality, entered_at desc);
create index business_by_entry on business (entered_at desc, id desc);
create table business_sanction (
  id uuid primary key,
  business_id uuid not null references business,
  inspection_id uuid,
  kind text not null check (kind in ('warning', 'fine', 'suspension', 'licence_lost')),
  on_day date not null,
  ground text not null check (length(ground) between 1 and 500),
  amount bigint check (amount between 1 and 1000000000),
  institution_id uuid not null references institution,
  at timestamptz not null
);
create index business_sanction_of on business_sanction (business_id, on_day desc);
select protect_table('business', 'T1', 'businesses, private employment agencies, tourism operators: bodies only, owners are not kept');
select protect_table('business_sanction', 'T1', 'sanctions against a business, up to loss of its licence');
grant select, insert on business, business_sanction to mb_app;
grant update (version, name, sector, licence, code_adopted_on, code_measures, contact_posted_on) on business to mb_app;
create policy inspectors_leaders_place on business for select to mb_app
  using ((select me_role()) = 'labour_inspector' or (select leads_prevention())
    or ((select me_role()) in ('municipal_director', 'cpu_head', 'cpw') and municipality = (select me_municipality())));
create policy keeper_insert on business for insert to mb_app
  with check (institution_id = (select me_institution()) and ((select me_role()) = 'labour_inspector'
    or ((select me_role()) in ('municipal_director', 'cpu_head') and municipality = (select me_municipality()))));
create policy keeper_update on business for update to mb_app
  using ((select me_role()) = 'labour_inspector'
    or ((select me_role()) in ('municipal_director', 'cpu_head') and municipality = (select me_municipality())));
create policy with_business on business_sanction for select to mb_app
  using (exists (select 1 from business b where b.id = business_id));
create policy inspector_insert on business_sanction for insert to mb_app
  with check (institution_id = (select me_institution()) and (select me_role()) = 'labour_inspector');

-- Another business of this tax number, seen or not: the register has one row for each.
create function business_known(p_nipt text, p_id uuid) returns boolean language sql stable security definer
  set search_path = public, pg_temp return exists (select 1 from business b where b.nipt = p_nipt and b.id <> p_id);
grant execute on function business_known(text, uuid) to mb_app;

create table activity_record (
  id uuid primary key,
  version integer not null,
  kind text not null check (kind ~ '^[a-z_]{2,40}$'),
  institution_id uuid not null references institution,
  unit_id uuid not null references unit,
  municipality text,
  county text,
  title text not null check (length(title) between 1 and 200),
  topic text check (topic ~ '^[a-z_]{2,40}$'),
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  funder text check (length(funder) between 1 and 200),
  -- The activity of a plan that it serves: code of the activity within the plan, which outlives amendments.
  plan_id uuid,
  activity_uid text check (length(activity_uid) between 1 and 60),
  details jsonb not null check (pg_column_size(details) < 16384),
  parties jsonb not null check (pg_column_size(parties) < 32768),
  group_id uuid references activity_record,
  business_id uuid references business,
  struck_at timestamptz,
  entered_at timestamptz not null,
  check ((plan_id is null) = (activity_uid is null))
);
create index activity_of_body on activity_record (institution_id, kind, from_day desc, id desc);
create index activity_by_kind on activity_record (kind, from_day desc, id desc);
create index activity_of_business on activity_record (business_id) where business_id is not null;
-- Bodies of the directory that took part: they read the record.
create table activity_party (
  record_id uuid not null,
  institution_id uuid not null references institution,
  owner_id uuid not null references institution,
  primary key (record_id, institution_id)
);
create index activity_party_of on activity_party (institution_id);
create table activity_count (
  record_id uuid not null references activity_record,
  measure text not null check (measure ~ '^[a-z_]{2,40}$'),
  sex text not null check (sex in ('female', 'male', 'all')),
  band text not null check (band ~ '^[a-z0-9_]{0,20}$'),
  value bigint not null check (value between 0 and 10000000),
  -- Counts children or victims: row by row only for the bodies of the record.
  child boolean not null,
  primary key (record_id, measure, sex, band)
);
create table member_batch (
  id uuid primary key,
  version integer not null,
  institution_id uuid not null references institution,
  audience text not null check (audience in ('child', 'youth', 'parent', 'community')),
  sex text not null check (sex in ('female', 'male')),
  size integer not null check (size between 1 and 200),
  at timestamptz not null
);
create index member_batch_of_body on member_batch (institution_id, at desc);
-- Ids that a centre gives to those who come: random, nobody is named anywhere.
create table reach_member (
  id uuid primary key,
  batch_id uuid not null references member_batch,
  institution_id uuid not null references institution,
  code text not null check (code ~ '^[0-9A-Z]{4}-[0-9A-Z]{4}$'),
  audience text not null check (audience in ('child', 'youth', 'parent', 'community')),
  sex text not null check (sex in ('female', 'male')),
  unique (institution_id, code)
);
create index reach_member_of_batch on reach_member (batch_id);
create table activity_attendance (
  record_id uuid not null references activity_record,
  member_id uuid not null references reach_member,
  primary key (record_id, member_id)
);
create index activity_attendance_of on activity_attendance (member_id);
select protect_table('activity_record', 'T1', 'acts of prevention by kind: days, place, details; nobody is named');
select protect_table('activity_party', 'T1', 'bodies that took part in an act and read its record');
select protect_table('activity_count', 'T1', 'figures of an act of prevention');
select protect_table('member_batch', 'T1', 'ids of members issued together by one body');
select protect_table('reach_member', 'T1', 'random ids of those who come to groups and sessions, with audience and sex');
select protect_table('activity_attendance', 'T1', 'which ids were present at an act of prevention');
grant select, insert on activity_record, activity_party, activity_count, member_batch, reach_member, activity_attendance to mb_app;
grant update (version, municipality, county, title, topic, from_day, to_day, funder, plan_id, activity_uid, details, parties,
  group_id, business_id, struck_at) on activity_record to mb_app;
grant delete on activity_party, activity_count, activity_attendance to mb_app;
create policy own_party on activity_party for select to mb_app
  using (owner_id = (select me_institution()) or institution_id = (select me_institution()));
create policy own_insert on activity_party for insert to mb_app with check (owner_id = (select me_institution()));
create policy own_delete on activity_party for delete to mb_app using (owner_id = (select me_institution()));
create policy own_party_lead on activity_record for select to mb_app
  using ((select keeps_prevention()) and (institution_id = (select me_institution()) or (select leads_prevention())
    or exists (select 1 from activity_party p where p.record_id = activity_record.id and p.institution_id = (select me_institution()))));
create policy own_insert on activity_record for insert to mb_app
  with check (institution_id = (select me_institution()) and (select keeps_prevention()));
create policy own_update on activity_record for update to mb_app
  using (institution_id = (select me_institution()) and (select keeps_prevention()))
  with check (institution_id = (select me_institution()));
create policy with_record on activity_count for select to mb_app
  using (exists (select 1 from activity_record r where r.id = record_id and (not child or r.institution_id = (select me_institution())
    or exists (select 1 from activity_party p where p.record_id = r.id and p.institution_id = (select me_institution())))));
create policy own_insert on activity_count for insert to mb_app
  with check (exists (select 1 from activity_record r where r.id = record_id and r.institution_id = (select me_institution())));
create policy own_delete on activity_count for delete to mb_app
  using (exists (select 1 from activity_record r where r.id = record_id and r.institution_id = (select me_institution())));
create policy own_read on member_batch for select to mb_app
  using (institution_id = (select me_institution()) and (select keeps_prevention()));
create policy own_insert on member_batch for insert to mb_app
  with check (institution_id = (select me_institution()) and (select keeps_prevention()));
create policy own_read on reach_member for select to mb_app
  using (institution_id = (select me_institution()) and (select keeps_prevention()));
create policy own_insert on reach_member for insert to mb_app
  with check (institution_id = (select me_institution()) and (select keeps_prevention()));
create policy own_read on activity_attendance for select to mb_app
  using (exists (select 1 from reach_member m where m.id = member_id));
create policy own_insert on activity_attendance for insert to mb_app
  with check (exists (select 1 from reach_member m where m.id = member_id)
    and exists (select 1 from activity_record r where r.id = record_id and r.institution_id = (select me_institution())));
create policy own_delete on activity_attendance for delete to mb_app
  using (exists (select 1 from reach_member m where m.id = member_id));

-- Counting: through mb_stats, which reads what counting needs. ------------------------------------------------------
grant execute on function me_user(), me_unit(), me_institution(), me_role(), me_municipality() to mb_stats;
grant select (id, institution_id, municipality, county, topic, mode, from_day, plan_id, activity_uid, course_id, struck_at) on training
  to mb_stats;
grant select on training_participation, activity_count, activity_attendance to mb_stats;
grant select (id, person, institution_id, employer, sector, sex) on professional to mb_stats;
grant select (id, kind, institution_id, municipality, county, topic, from_day, plan_id, activity_uid, details, struck_at, parties, business_id)
  on activity_record to mb_stats;
grant select (id, audience, sex) on reach_member to mb_stats;
grant select (id, kind, municipality, licence, code_adopted_on, contact_posted_on, entered_at) on business to mb_stats;
grant select (id, business_id, kind, on_day) on business_sanction to mb_stats;
do $$
declare t text;
begin
  foreach t in array array['training', 'training_participation', 'professional', 'activity_record', 'activity_count',
      'activity_attendance', 'reach_member', 'business', 'business_sanction'] loop
    execute format('create policy statistics_read on %I for select to mb_stats using (true)', t);
  end loop;
end $$;

-- Every presence of the period that the asker may count: all for those who lead (and for the register itself), one's own otherwise;
-- all as well with `national`, for indicators, which are the country's and hide small figures before they leave the register.
-- `who` is null where people were only counted; `heads` is then how many.
-- Filters (jsonb, all optional): kind, topic, audience, sector, sex, role, municipality, county, plan (uuid), activity (uid), institution
-- (uuid), audiences and sectors (lists), mode, details (jsonb that the record's details must contain). Trainings count participants unless `role` says otherwise.
create function prevention_presence(p_from date, p_until date, p_filter jsonb)
  returns table (kind text, record_id uuid, topic text, municipality text, county text, institution text, audience text, sector text,
    sex text, who uuid, heads bigint, day date)
  language sql stable security definer set search_path = public, pg_temp as $$
  select * from (
    select 'training'::text as kind, t.id as record_id, t.topic, t.municipality, t.county,
      coalesce(p.institution_id::text, p.employer) as institution, 'professional'::text as audience, p.sector, p.sex, p.person as who,
      null::bigint as heads, t.from_day as day
    from training t join training_participation a on a.training_id = t.id join professional p on p.id = a.professional_id
    where t.struck_at is null and t.from_day >= p_from and t.from_day < p_until
      and a.role = coalesce(p_filter ->> 'role', 'participant')
      and (p_filter ->> 'mode' is null or t.mode = p_filter ->> 'mode')
      and (p_filter ->> 'activity' is null or t.activity_uid = p_filter ->> 'activity')
      and (p_filter ->> 'plan' is null or t.plan_id::text = p_filter ->> 'plan')
      and not (p_filter ? 'details')
      and (t.institution_id = me_institution() or leads_prevention() or me_role() = 'system'
        or (p_filter ->> 'national')::boolean)
    union all
    select r.kind, r.id, r.topic, r.municipality, r.county, null, m.audience, null, m.sex, m.id, null, r.from_day
    from activity_record r join activity_attendance a on a.record_id = r.id join reach_member m on m.id = a.member_id
    where r.struck_at is null and r.from_day >= p_from and r.from_day < p_until
      and (p_filter ->> 'activity' is null or r.activity_uid = p_filter ->> 'activity')
      and (p_filter ->> 'plan' is null or r.plan_id::text = p_filter ->> 'plan')
      and (p_filter -> 'details' is null or r.details @> (p_filter -> 'details'))
      and (r.institution_id = me_institution() or leads_prevention() or me_role() = 'system'
        or (p_filter ->> 'national')::boolean)
    union all
    select r.kind, r.id, r.topic, r.municipality, r.county, null, case c.measure when 'heads' then c.band else 'child' end, null, c.sex,
      null, c.value, r.from_day
    from activity_record r join activity_count c on c.record_id = r.id and c.measure in ('heads', 'pupils')
    where r.struck_at is null and r.from_day >= p_from and r.from_day < p_until
      and (p_filter ->> 'activity' is null or r.activity_uid = p_filter ->> 'activity')
      and (p_filter ->> 'plan' is null or r.plan_id::text = p_filter ->> 'plan')
      and (p_filter -> 'details' is null or r.details @> (p_filter -> 'details'))
      and (r.institution_id = me_institution() or leads_prevention() or me_role() = 'system'
        or (p_filter ->> 'national')::boolean)
  ) x
  where (p_filter ->> 'kind' is null or x.kind = p_filter ->> 'kind')
    and (p_filter ->> 'topic' is null or x.topic = p_filter ->> 'topic')
    and (p_filter ->> 'audience' is null or x.audience = p_filter ->> 'audience')
    and (p_filter ->> 'sector' is null or x.sector = p_filter ->> 'sector')
    and (p_filter -> 'audiences' is null or (p_filter -> 'audiences') ? x.audience)
    and (p_filter -> 'sectors' is null or (p_filter -> 'sectors') ? x.sector)
    and (p_filter ->> 'sex' is null or x.sex = p_filter ->> 'sex')
    and (p_filter ->> 'institution' is null or x.institution = p_filter ->> 'institution')
    and (p_filter ->> 'municipality' is null or x.municipality = p_filter ->> 'municipality')
    and (p_filter ->> 'county' is null or x.county = p_filter ->> 'county')
$$;

-- How many different people, how many attendances of theirs, how many people only counted, in how many records: by one of kind, topic,
-- audience, sector, sex, municipality, county, institution, quarter, and over all (key null). Groups do not add up to the whole:
-- a person may stand in several.
create function distinct_reach(p_from date, p_until date, p_by text, p_filter jsonb)
  returns table (key text, persons integer, attendances integer, heads bigint, records integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  select key, count(distinct who)::integer, count(who)::integer, coalesce(sum(heads), 0)::bigint, count(distinct record_id)::integer
  from (
    select *, coalesce(case p_by when 'kind' then kind when 'topic' then topic when 'audience' then audience when 'sector' then sector
      when 'sex' then sex when 'municipality' then municipality when 'county' then county when 'institution' then institution
      when 'quarter' then to_char(day, 'YYYY') || '-' || to_char(day, 'Q') end, '') as key
    from prevention_presence(p_from, p_until, p_filter)
  ) x
  group by grouping sets ((key), ()) order by key nulls last
$$;

-- Records and sums of figures that count no persons: campaigns, copies, broadcasts, classes, inspections, minors found, agreements.
-- By kind, topic, municipality, county, quarter, one of the details (detail:NAME), and over all (key null); measure '' counts records.
create function prevention_figures(p_from date, p_until date, p_by text, p_filter jsonb)
  returns table (key text, measure text, records integer, total bigint)
  language sql stable security definer set search_path = public, pg_temp as $$
  with r as (
    select r.id, coalesce(case when p_by = 'kind' then r.kind when p_by = 'topic' then r.topic when p_by = 'municipality' then r.municipality
        when p_by = 'county' then r.county when p_by = 'quarter' then to_char(r.from_day, 'YYYY') || '-' || to_char(r.from_day, 'Q')
        when p_by like 'detail:%' then r.details ->> substr(p_by, 8) end, '') as key
    from (
      select id, kind, topic, municipality, county, from_day, details, plan_id, activity_uid, institution_id, parties, struck_at
      from activity_record
      union all
      select id, 'training', topic, municipality, county, from_day, jsonb_build_object('mode', mode), plan_id, activity_uid,
        institution_id, '[]', struck_at from training where mode <> 'course'
    ) r
    where r.struck_at is null and r.from_day >= p_from and r.from_day < p_until
      and (p_filter ->> 'kind' is null or r.kind = p_filter ->> 'kind')
      and (p_filter ->> 'topic' is null or r.topic = p_filter ->> 'topic')
      and (p_filter ->> 'municipality' is null or r.municipality = p_filter ->> 'municipality')
      and (p_filter ->> 'county' is null or r.county = p_filter ->> 'county')
      and (p_filter ->> 'activity' is null or r.activity_uid = p_filter ->> 'activity')
      and (p_filter ->> 'plan' is null or r.plan_id::text = p_filter ->> 'plan')
      and (p_filter ->> 'joint' is null or (jsonb_array_length(r.parties) > 0) = (p_filter ->> 'joint')::boolean)
      and (p_filter -> 'details' is null or r.details @> (p_filter -> 'details'))
      and (r.institution_id = me_institution() or leads_prevention() or me_role() = 'system'
        or (p_filter ->> 'national')::boolean)
  ), counted as (
    select key, '' as measure, id, 0::bigint as value from r
    union all
    select r.key, c.measure, r.id, c.value from r join activity_count c on c.record_id = r.id
    where p_filter ->> 'band' is null or c.band = p_filter ->> 'band'
  )
  select key, measure, count(distinct id)::integer, sum(value)::bigint from counted
  group by grouping sets ((key, measure), (measure)) order by key nulls last, measure
$$;

-- The registers of businesses in figures, by kind: entered until the day, code adopted, contact posted, inspected and sanctioned in
-- the period, licences lost in it.
create function business_figures(p_from date, p_until date, p_national boolean)
  returns table (kind text, entered integer, code_adopted integer, contact_posted integer, inspected integer, sanctions integer, licences_lost integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  select b.kind, count(*)::integer, (count(*) filter (where b.code_adopted_on < p_until))::integer,
    (count(*) filter (where b.contact_posted_on < p_until))::integer,
    (count(*) filter (where exists (select 1 from activity_record r where r.business_id = b.id and r.kind = 'inspection'
      and r.struck_at is null and r.from_day >= p_from and r.from_day < p_until)))::integer,
    coalesce(sum((select count(*) from business_sanction s where s.business_id = b.id and s.on_day >= p_from and s.on_day < p_until)), 0)::integer,
    (count(*) filter (where exists (select 1 from business_sanction s where s.business_id = b.id and s.kind = 'licence_lost'
      and s.on_day >= p_from and s.on_day < p_until)))::integer
  from business b
  where b.entered_at < p_until and (p_national or leads_prevention() or me_role() in ('labour_inspector', 'system')
    or (me_role() in ('municipal_director', 'cpu_head', 'cpw') and b.municipality = me_municipality()))
  group by b.kind order by b.kind
$$;
-- Single presences are for counting alone: nobody but mb_stats may call for them.
grant execute on function distinct_reach(date, date, text, jsonb), prevention_figures(date, date, text, jsonb),
  business_figures(date, date, boolean) to mb_app, mb_jobs;
alter function prevention_presence(date, date, jsonb) owner to mb_stats;
alter function distinct_reach(date, date, text, jsonb) owner to mb_stats;
alter function prevention_figures(date, date, text, jsonb) owner to mb_stats;
alter function business_figures(date, date, boolean) owner to mb_stats;
