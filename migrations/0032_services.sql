-- The directory of services (DCM 770/2018 orders an updated list): which institution offers what, to whom, where and how one gets it.
-- Published as Open Referral HSDS 3.0, so nothing in it may lead to a shelter's door: a withheld place has no address at all.
-- No row here is about a child.

create table provider (
  id uuid primary key references institution,
  version integer not null check (version > 0),
  description_sq text not null check (length(description_sq) between 1 and 1000),
  description_en text not null check (length(description_en) between 1 and 1000),
  website text check (website ~ '^https://[^\s]{3,200}$'),
  email text check (length(email) between 3 and 200),
  phone text check (length(phone) between 3 and 40),
  licence text check (length(licence) between 1 and 120),
  licence_until date,
  listed boolean not null default true,
  updated_on date not null
);
create table provider_place (
  id uuid primary key,
  provider_id uuid not null references provider,
  name_sq text not null check (length(name_sq) between 1 and 200),
  name_en text not null check (length(name_en) between 1 and 200),
  municipality text not null references municipality,
  -- The unit of this register that answers what is referred to this place, where there is one.
  unit_id uuid references unit,
  withheld boolean not null,
  address text check (length(address) between 1 and 200),
  postal_code text check (postal_code ~ '^[0-9]{4}$'),
  latitude double precision check (latitude between 39 and 43),
  longitude double precision check (longitude between 19 and 22),
  used boolean not null default true,
  check (not withheld or (address is null and postal_code is null and latitude is null and longitude is null)),
  check ((latitude is null) = (longitude is null))
);
create index provider_place_of on provider_place (provider_id);
create index provider_place_in on provider_place (municipality);
create table provider_service (
  id uuid primary key,
  version integer not null check (version > 0),
  provider_id uuid not null references provider,
  service text not null check (service ~ '^[a-z_]{2,40}$'),
  name_sq text not null check (length(name_sq) between 1 and 200),
  name_en text not null check (length(name_en) between 1 and 200),
  description_sq text not null check (length(description_sq) between 1 and 1000),
  description_en text not null check (length(description_en) between 1 and 1000),
  how_sq text check (length(how_sq) between 1 and 600),
  how_en text check (length(how_en) between 1 and 600),
  min_age smallint check (min_age between 0 and 120),
  max_age smallint check (max_age between 0 and 120),
  free boolean not null,
  fees text check (length(fees) between 1 and 300),
  languages text[] not null check (cardinality(languages) between 1 and 12),
  -- Codes of municipalities and counties; empty: the whole country.
  areas text[] not null default '{}' check (cardinality(areas) <= 61),
  places uuid[] not null default '{}' check (cardinality(places) <= 20),
  phone text check (length(phone) between 3 and 40),
  days text[] not null default '{}' check (days <@ array['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']),
  opens_at time,
  closes_at time,
  status text not null check (status in ('active', 'paused', 'closed')),
  verified_on date not null,
  -- D37: until when somebody is to say again that all of this is right.
  check_due date,
  updated_at timestamptz not null,
  check (min_age is null or max_age is null or min_age <= max_age),
  check ((opens_at is null) = (closes_at is null)),
  check (not free or fees is null)
);
create index provider_service_of on provider_service (provider_id);
create index provider_service_due on provider_service (check_due) where status <> 'closed';

select protect_table('provider', 'T0', 'public profile of an institution that offers services');
select protect_table('provider_place', 'T1', 'where a provider works; withheld places without any address');
select protect_table('provider_service', 'T0', 'services: what, for whom, where, how to get it, when it was last found right');
grant select, insert, update on provider, provider_place, provider_service to mb_app;

-- Who keeps an entry: the State Agency, the provider itself, and the head of the unit or the director where the provider works in
-- no other municipality (CPUs map the providers of their municipality). Shelters are kept by the State Agency and themselves.
create function keeps_provider(p_id uuid) returns boolean language sql stable as $$
  select coalesce(me_role() = 'state_agency'
    or (me_institution() = p_id and me_role() not in ('admin', 'dpo', 'coordinator', 'county_committee', 'plan_officer', 'public'))
    or (me_role() in ('cpu_head', 'municipal_director')
      and exists (select 1 from institution i where i.id = p_id and i.kind <> 'shelter')
      and not exists (select 1 from provider_place l where l.provider_id = p_id and l.municipality <> me_municipality())), false)
$$;
grant execute on function keeps_provider(uuid) to mb_app;

create policy everybody_reads on provider for select to mb_app using (listed or (select me_role()) <> 'public');
create policy keeper_adds on provider for insert to mb_app with check (keeps_provider(id));
create policy keeper_changes on provider for update to mb_app using (keeps_provider(id));
-- A withheld place is for the staff, who refer to it; the public never learns that it is there.
create policy everybody_reads on provider_place for select to mb_app
  using ((not withheld and used) or (select me_role()) <> 'public');
create policy keeper_adds on provider_place for insert to mb_app
  with check (keeps_provider(provider_id) and ((select me_role()) not in ('cpu_head', 'municipal_director')
    or municipality = (select me_municipality()) or provider_id = (select me_institution())));
create policy keeper_changes on provider_place for update to mb_app using (keeps_provider(provider_id));
create policy everybody_reads on provider_service for select to mb_app
  using ((status <> 'closed' and exists (select 1 from provider p where p.id = provider_id)) or (select me_role()) <> 'public');
create policy keeper_adds on provider_service for insert to mb_app with check (keeps_provider(provider_id));
create policy keeper_changes on provider_service for update to mb_app using (keeps_provider(provider_id));
create index referral_started on referral (service_started_at) where service_started_at is not null;
-- How long people waited lately from a referral to a service, by unit; never from fewer than five, so that no one's wait is told.
create function unit_waiting(p_since timestamptz) returns table (unit_id uuid, started integer, median_days numeric)
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.to_unit_id, count(*)::integer,
    round((percentile_cont(0.5) within group (order by extract(epoch from r.service_started_at - r.sent_at) / 86400))::numeric, 0)
  from referral r where r.service_started_at >= p_since group by r.to_unit_id having count(*) >= 5
$$;
grant execute on function unit_waiting(timestamptz) to mb_app;
