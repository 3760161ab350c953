-- Returns of victims across a border, either way (domain specification 3.7), and the packets that countries send each other about them:
-- whom one writes to, what left, what was recalled, what came.

insert into country_setting (key, value) values ('country', '"AL"') on conflict (key) do nothing;

-- Whom one writes to abroad
create table counterpart (
  id uuid primary key,
  version integer not null check (version > 0),
  country text not null check (country ~ '^[A-Z]{2}$'),
  kind text not null check (kind in ('anti_trafficking', 'child_protection', 'police', 'prosecution', 'consulate', 'shelter', 'organisation')),
  institution text not null check (length(institution) between 1 and 200),
  contact_name text check (length(contact_name) between 1 and 200),
  contact_post text check (length(contact_post) between 1 and 200),
  email text check (length(email) between 3 and 200),
  phone text check (length(phone) between 3 and 60),
  languages text[] not null default '{}' check (cardinality(languages) <= 12),
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  sign_key text check (sign_key ~ '^[A-Za-z0-9_-]{43}$'),
  open_key text check (open_key ~ '^[A-Za-z0-9_-]{43}$'),
  sign_name text check (sign_name ~ '^[A-Za-z0-9_-]{43}$'),
  open_name text check (open_name ~ '^[A-Za-z0-9_-]{43}$'),
  fingerprint text check (length(fingerprint) = 49),
  keys_by uuid,
  keys_at timestamptz,
  -- The second person, who compared the fingerprint over another line.
  checked_by uuid,
  checked_at timestamptz,
  check (num_nulls(sign_key, open_key, sign_name, open_name, fingerprint, keys_by, keys_at) in (0, 7)),
  check ((checked_by is null) = (checked_at is null) and (checked_by is null or keys_by is not null)),
  check (checked_by is null or checked_by <> keys_by)
);
create unique index counterpart_signs on counterpart (sign_name) where sign_name is not null;
create index counterpart_in on counterpart (country, institution, id);
create table agreement (
  id uuid primary key,
  version integer not null check (version > 0),
  country text not null check (country ~ '^[A-Z]{2}$'),
  title text not null check (length(title) between 1 and 300),
  parties text not null check (length(parties) between 1 and 600),
  document text check (length(document) between 1 and 300),
  signed_on date not null,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  counterpart_id uuid references counterpart,
  own_unit_id uuid references unit,
  ended_on date
);
create index agreement_by_end on agreement (valid_to nulls last, id);
create index agreement_contact on agreement (counterpart_id) where counterpart_id is not null;
-- The newest list of revocations that each issuer's key has signed, and all that ever stood on one.
create table revocation_list (
  issuer text primary key check (issuer ~ '^[A-Za-z0-9_-]{43}$'),
  counterpart_id uuid not null references counterpart,
  made_at timestamptz not null,
  taken_at timestamptz not null,
  taken_by uuid not null,
  revoked integer not null check (revoked >= 0)
);
create index revocation_list_of on revocation_list (counterpart_id);
create table revocation (
  issuer text not null,
  packet text not null check (packet ~ '^[A-Za-z0-9_-]{43}$'),
  counterpart_id uuid not null references counterpart,
  at timestamptz not null,
  primary key (issuer, packet)
);
create index revocation_of on revocation (counterpart_id);

-- Returns
create table return_code_counter (
  year smallint primary key,
  last integer not null
);
select protect_table('return_code_counter', 'T2', 'last number given to a return, by year');
create function next_return_code(p_year integer) returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare
  n integer;
begin
  insert into return_code_counter (year, last) values (p_year, 1)
    on conflict (year) do update set last = return_code_counter.last + 1 returning last into n;
  return 'KTH-' || p_year || '-' || lpad(n::text, 4, '0');
end $$;
grant execute on function next_return_code(integer) to mb_app;

create table nrm_return (
  id uuid primary key,
  code text not null unique check (code ~ '^KTH-[0-9]{4}-[0-9]{4,6}$'),
  version integer not null check (version > 0),
  nrm_id uuid not null references nrm_file,
  case_id uuid references case_file,
  subject text not null check (subject in ('child', 'adult')),
  direction text not null check (direction in ('incoming', 'outgoing')),
  country text not null check (country ~ '^[A-Z]{2}$'),
  state text not null check (state in ('NOTIFIED', 'ASSESSED', 'PLAN_AGREED', 'TRAVEL', 'RECEIVED', 'HANDED_TO_CASE', 'MONITORED', 'REFUSED')),
  source text not null check (source in ('consulate', 'foreign_authority', 'police', 'organisation', 'person', 'own')),
  notice_on date not null,
  expected_on date not null check (expected_on >= notice_on),
  -- D19: until when the plan is to be ready. Null while the rule is off.
  plan_due date,
  late boolean not null,
  consulate_id uuid references unit,
  border_id uuid references unit,
  counterpart_id uuid references counterpart,
  risk text check (risk in ('low', 'medium', 'high', 'immediate')),
  assessed_on date,
  travel_on date,
  mode text check (mode in ('road', 'air', 'sea', 'rail')),
  set_off_at timestamptz,
  received_on date,
  handed_on date,
  handed_unit_id uuid references unit,
  handed_counterpart_id uuid references counterpart,
  handed_case_id uuid references case_file,
  handed_report_id uuid references report,
  refusal text check (refusal in ('best_interests', 'unsafe', 'consent_withdrawn', 'unwilling', 'untraceable', 'other')),
  opened_at timestamptz not null,
  opened_by uuid not null,
  check ((state = 'REFUSED') = (refusal is not null)),
  check (state not in ('TRAVEL', 'RECEIVED', 'HANDED_TO_CASE', 'MONITORED') or set_off_at is not null),
  check (state not in ('RECEIVED', 'HANDED_TO_CASE', 'MONITORED') or received_on is not null),
  check ((state in ('HANDED_TO_CASE', 'MONITORED')) = (handed_on is not null))
);
create unique index nrm_return_one on nrm_return (nrm_id) where state not in ('REFUSED', 'HANDED_TO_CASE', 'MONITORED');
create index nrm_return_of on nrm_return (nrm_id, opened_at desc);
create index nrm_return_next on nrm_return (expected_on, id);
create index nrm_return_consulate on nrm_return (consulate_id, expected_on) where consulate_id is not null;
create index nrm_return_border on nrm_return (border_id, expected_on) where border_id is not null;
-- Identity and need, all that a consulate gets (domain specification 3.5).
create table nrm_return_named (
  id uuid primary key references nrm_return,
  identity text check (length(identity) between 1 and 400),
  need text check (length(need) between 1 and 4000)
);
create table return_text (
  id uuid primary key,
  return_id uuid not null references nrm_return,
  subject_id uuid not null,
  name text not null check (length(name) <= 40),
  body jsonb not null check (pg_column_size(body) <= 65536),
  at timestamptz not null
);
create index return_text_of on return_text (return_id, subject_id);
create table return_text_sensitive (like return_text including all);
alter table return_text_sensitive add foreign key (return_id) references nrm_return;
create table return_determination (
  id uuid primary key,
  return_id uuid not null references nrm_return,
  held_on date not null,
  outcome text not null check (outcome in ('return', 'stay', 'postpone')),
  members text[] not null check (cardinality(members) between 3 and 15),
  by_id uuid not null,
  by_unit uuid not null,
  at timestamptz not null,
  signed_by uuid,
  signed_unit uuid,
  signed_at timestamptz,
  check (num_nulls(signed_by, signed_unit, signed_at) in (0, 3)),
  check (signed_by is null or (signed_by <> by_id and signed_unit <> by_unit))
);
create index return_determination_of on return_determination (return_id, at);
create table return_consent (
  id uuid primary key,
  return_id uuid not null references nrm_return,
  who text not null check (who in ('adult', 'child', 'representative')),
  answer text not null check (answer in ('given', 'refused', 'too_young')),
  covers text[] not null check (cardinality(covers) between 1 and 2 and covers <@ array['return', 'packet']),
  on_day date not null,
  representative_id uuid references representative,
  by_id uuid not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  check (withdrawn_at is null or answer = 'given'),
  check (answer <> 'too_young' or who = 'child')
);
create index return_consent_of on return_consent (return_id, at);
create index return_consent_by on return_consent (representative_id) where representative_id is not null;
create table return_escort (
  id uuid primary key,
  return_id uuid not null references nrm_return,
  role text not null check (role in ('social_worker', 'psychologist', 'police', 'consulate', 'organisation', 'nurse', 'family', 'representative')),
  used boolean not null default true
);
create index return_escort_of on return_escort (return_id);
create table return_cost (
  id uuid primary key,
  return_id uuid not null references nrm_return,
  what text not null check (what in ('travel', 'documents', 'escort', 'lodging', 'health', 'package', 'other')),
  source text not null check (source in ('state', 'municipality', 'sending_country', 'organisation', 'donor', 'family', 'gap')),
  amount_lek bigint not null check (amount_lek between 0 and 1000000000),
  used boolean not null default true
);
create index return_cost_of on return_cost (return_id);
create table return_document (
  id uuid primary key,
  return_id uuid not null references nrm_return,
  kind text not null check (kind in ('travel_document', 'passport', 'birth_certificate', 'visa', 'other')),
  issued_on date not null,
  by_id uuid not null
);
create index return_document_of on return_document (return_id);
create table return_follow_up (
  id uuid primary key,
  return_id uuid not null references nrm_return,
  month smallint not null check (month in (1, 3, 6, 12)),
  due date not null,
  seen_on date,
  seen text check (seen in ('person', 'family', 'service', 'nobody')),
  safe text check (safe in ('yes', 'no', 'not_known')),
  home text check (home in ('yes', 'no', 'not_known')),
  school text check (school in ('yes', 'no', 'not_known')),
  job text check (job in ('yes', 'no', 'not_known')),
  network text check (network in ('yes', 'no', 'not_known')),
  check ((seen_on is null) = (seen is null)),
  unique (return_id, month)
);

-- What left for another country, and what came from one
create table packet (
  id uuid primary key,
  version integer not null check (version > 0),
  -- By which the other country knows it: made by chance.
  packet_id uuid not null unique,
  nrm_id uuid not null references nrm_file,
  return_id uuid references nrm_return,
  counterpart_id uuid not null references counterpart,
  country text not null check (country ~ '^[A-Z]{2}$'),
  purpose text not null check (purpose in ('return_notice', 'handover', 'assistance', 'tracing')),
  fields text[] not null check (cardinality(fields) between 1 and 40),
  tier text not null check (tier in ('T3', 'T4')),
  ground text not null check (ground in ('consent', 'law', 'safety')),
  ground_ref text not null check (length(ground_ref) between 1 and 200),
  consent_ids uuid[] not null default '{}' check (cardinality(consent_ids) <= 4),
  made_at timestamptz not null,
  made_by uuid not null,
  made_unit uuid not null,
  expires_at timestamptz not null check (expires_at > made_at),
  size integer not null check (size > 0),
  digest bytea not null check (octet_length(digest) = 32),
  revoked_at timestamptz,
  revoked_by uuid,
  revoked_why text check (revoked_why in ('consent_withdrawn', 'wrong_recipient', 'wrong_content', 'not_needed', 'key_lost')),
  check (num_nulls(revoked_at, revoked_by, revoked_why) in (0, 3)),
  check ((ground = 'consent') = (cardinality(consent_ids) > 0))
);
create index packet_of on packet (nrm_id, made_at desc, id desc);
create index packet_newest on packet (made_at desc, id desc);
create index packet_return on packet (return_id) where return_id is not null;
create index packet_to on packet (counterpart_id);
create index packet_recalled on packet (revoked_at) where revoked_at is not null;
-- Only the other country opens it; it is kept so that it can be sent again.
create table packet_file (
  id uuid primary key references packet,
  file bytea not null check (octet_length(file) <= 4194304)
);
create table packet_named (
  id uuid primary key references packet,
  -- Why each sensitive field had to go.
  reasons jsonb not null default '{}' check (pg_column_size(reasons) <= 65536),
  revoked_words text check (length(revoked_words) between 1 and 2000)
);
create table packet_received (
  id uuid primary key,
  version integer not null check (version > 0),
  packet_id uuid not null,
  packet_hash text not null,
  issuer text not null,
  counterpart_id uuid not null references counterpart,
  country text not null check (country ~ '^[A-Z]{2}$'),
  purpose text not null check (purpose in ('return_notice', 'handover', 'assistance', 'tracing')),
  subject text not null check (subject in ('child', 'adult')),
  fields text[] not null check (cardinality(fields) <= 40),
  ground text not null check (ground in ('consent', 'law', 'safety')),
  made_at timestamptz not null,
  expires_at timestamptz not null,
  received_at timestamptz not null,
  received_by uuid not null,
  report_id uuid references report,
  unique (issuer, packet_id)
);
create index packet_received_newest on packet_received (received_at desc, id desc);
create index packet_received_from on packet_received (counterpart_id);
create index packet_received_report on packet_received (report_id) where report_id is not null;
create table packet_received_sensitive (
  id uuid primary key references packet_received,
  sealed bytea check (octet_length(sealed) <= 4194304)
);

select protect_table('counterpart', 'T3', 'institutions abroad, their contact persons and public keys; nobody of a case');
select protect_table('agreement', 'T1', 'agreements with other countries: parties, dates, contact point');
select protect_table('revocation_list', 'T2', 'the newest list of recalled packets that each country has signed');
select protect_table('revocation', 'T2', 'hashes of packets that another country has recalled');
select protect_table('nrm_return', 'T2', 'returns of victims across a border: direction, country, state, days; no name, no address');
select protect_table('nrm_return_named', 'T3', 'who returns and what is needed, as a consulate gets it');
select protect_table('return_text', 'T3', 'words of a return: plan, minutes, escorts, handover');
select protect_table('return_text_sensitive', 'T4', 'risks of a return, sealed');
select protect_table('return_determination', 'T2', 'determinations of a child''s best interests: day, outcome, which professions, who signed');
select protect_table('return_consent', 'T2', 'consent to a return and to what leaves: whose, which answer, when withdrawn');
select protect_table('return_escort', 'T2', 'in which role somebody accompanies a return');
select protect_table('return_cost', 'T2', 'costs of a return by source, lek');
select protect_table('return_document', 'T2', 'that a consulate issued a document for a return');
select protect_table('return_follow_up', 'T2', 'visits due after a return, and what they found');
select protect_table('packet', 'T2', 'packets made for another country: which fields, on what ground, when recalled');
select protect_table('packet_file', 'T4', 'the packets themselves, sealed to the other country');
select protect_table('packet_named', 'T3', 'why sensitive fields went into a packet, why it was recalled');
select protect_table('packet_received', 'T2', 'packets opened here: from which country, which fields, until when');
select protect_table('packet_received_sensitive', 'T4', 'what opened packets say, sealed');

grant select, insert on counterpart, agreement, revocation_list, revocation, nrm_return, nrm_return_named, return_text, return_text_sensitive,
  return_determination, return_consent, return_escort, return_cost, return_document, return_follow_up, packet, packet_file, packet_named,
  packet_received, packet_received_sensitive to mb_app;
grant update (version, country, kind, institution, contact_name, contact_post, email, phone, languages, valid_from, valid_to, sign_key, open_key,
  sign_name, open_name, fingerprint, keys_by, keys_at, checked_by, checked_at) on counterpart to mb_app;
grant update (version, title, parties, document, signed_on, valid_from, valid_to, counterpart_id, own_unit_id, ended_on) on agreement to mb_app;
grant update (made_at, taken_at, taken_by, revoked, counterpart_id) on revocation_list to mb_app;
grant update (version, state, consulate_id, border_id, counterpart_id, risk, assessed_on, travel_on, mode, set_off_at, received_on, handed_on,
  handed_unit_id, handed_counterpart_id, handed_case_id, handed_report_id, refusal) on nrm_return to mb_app;
grant update (identity, need) on nrm_return_named to mb_app;
grant update (signed_by, signed_unit, signed_at) on return_determination to mb_app;
grant update (withdrawn_at) on return_consent to mb_app;
grant update (used) on return_escort to mb_app;
grant update (used) on return_cost to mb_app;
grant update (seen_on, seen, safe, home, school, job, network) on return_follow_up to mb_app;
grant update (version, revoked_at, revoked_by, revoked_why) on packet to mb_app;
grant update (revoked_words) on packet_named to mb_app;
grant update (version, report_id) on packet_received to mb_app;

-- The list of contacts is for whoever arranges a return; the Responsible Authority and the Coordinator keep it. The command line takes in
-- lists of revocations as the system.
do $$
declare
  t text;
begin
  foreach t in array array['counterpart', 'agreement', 'revocation_list', 'revocation'] loop
    execute format('create policy see on %I for select to mb_app using ((select me_role()) in (''responsible_authority'', ''coordinator'',
      ''consulate'', ''social_service'', ''cpw'', ''cpu_head'', ''state_agency'', ''system''))', t);
  end loop;
  foreach t in array array['counterpart', 'agreement'] loop
    execute format('create policy keep on %I for insert to mb_app with check ((select me_role()) in (''responsible_authority'', ''coordinator''))', t);
  end loop;
  foreach t in array array['revocation_list', 'revocation'] loop
    execute format('create policy take on %I for insert to mb_app
      with check ((select me_role()) in (''responsible_authority'', ''coordinator'', ''system''))', t);
  end loop;
end $$;
create policy change on counterpart for update to mb_app using ((select me_role()) in ('responsible_authority', 'coordinator', 'system'))
  with check ((select me_role()) in ('responsible_authority', 'coordinator', 'system'));
create policy change on agreement for update to mb_app using ((select me_role()) in ('responsible_authority', 'coordinator'))
  with check ((select me_role()) in ('responsible_authority', 'coordinator'));
create policy take_newer on revocation_list for update to mb_app using ((select me_role()) in ('responsible_authority', 'coordinator', 'system'))
  with check ((select me_role()) in ('responsible_authority', 'coordinator', 'system'));
create trigger follow_event_new after insert on counterpart for each row execute function follow_event('counterpart', 'id', 'version');
create trigger follow_event after update on counterpart for each row when (old.* is distinct from new.*)
  execute function follow_event('counterpart', 'id', 'version');
create trigger follow_event_new after insert on agreement for each row execute function follow_event('agreement', 'id', 'version');
create trigger follow_event after update on agreement for each row when (old.* is distinct from new.*)
  execute function follow_event('agreement', 'id', 'version');
create trigger follow_event_new after insert on revocation_list for each row execute function follow_event('counterpart', 'counterpart_id');
create trigger follow_event after update on revocation_list for each row when (old.* is distinct from new.*)
  execute function follow_event('counterpart', 'counterpart_id');
create trigger follow_event_new after insert on revocation for each row execute function follow_event('counterpart', 'counterpart_id');
-- A list goes forward only: an older one would hide what was recalled since.
create function revocations_forward() returns trigger language plpgsql as $$
begin
  if new.made_at <= old.made_at then
    raise exception 'an older list of revocations was offered' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger forward before update on revocation_list for each row execute function revocations_forward();

-- A return is seen by whoever sees the file it belongs to, and by the consulate it was given to; worked on at the identified tier.
create policy see on nrm_return for select to mb_app using (exists (select 1 from nrm_file f where f.id = nrm_return.nrm_id)
  or ((select me_role()) = 'consulate' and consulate_id = (select me_unit())));
create function works_on_returns(p_nrm uuid) returns boolean language sql stable as $$
  select me_role() in ('responsible_authority', 'cpw', 'cpu_head', 'social_service')
    and exists (select 1 from nrm_file_named f where f.id = p_nrm)
$$;
grant execute on function works_on_returns(uuid) to mb_app;
create policy notify on nrm_return for insert to mb_app with check (works_on_returns(nrm_id));
create policy work on nrm_return for update to mb_app
  using (works_on_returns(nrm_id) or ((select me_role()) = 'consulate' and consulate_id = (select me_unit())))
  with check (works_on_returns(nrm_id) or ((select me_role()) = 'consulate' and consulate_id = (select me_unit())));
create policy see on nrm_return_named for select to mb_app using (exists (select 1 from nrm_return r where r.id = nrm_return_named.id
  and (exists (select 1 from nrm_file_named f where f.id = r.nrm_id) or (select me_role()) = 'consulate')));
create policy work on nrm_return_named for insert to mb_app
  with check (exists (select 1 from nrm_return r where r.id = nrm_return_named.id and works_on_returns(r.nrm_id)));
create policy rework on nrm_return_named for update to mb_app
  using (exists (select 1 from nrm_return r where r.id = nrm_return_named.id and works_on_returns(r.nrm_id)))
  with check (exists (select 1 from nrm_return r where r.id = nrm_return_named.id and works_on_returns(r.nrm_id)));
create policy see on return_text for select to mb_app using (exists (select 1 from nrm_return r join nrm_file_named f on f.id = r.nrm_id
  where r.id = return_text.return_id));
create policy see on return_text_sensitive for select to mb_app using (exists (select 1 from nrm_return r join nrm_file_sensitive f on f.id = r.nrm_id
  where r.id = return_text_sensitive.return_id));
do $$
declare
  t text;
begin
  foreach t in array array['return_determination', 'return_consent', 'return_escort', 'return_cost', 'return_follow_up'] loop
    execute format('create policy see on %I for select to mb_app using (exists (select 1 from nrm_return r join nrm_file f on f.id = r.nrm_id
      where r.id = %I.return_id))', t, t);
  end loop;
  create policy see on return_document for select to mb_app using (exists (select 1 from nrm_return r where r.id = return_document.return_id));
  foreach t in array array['return_text', 'return_text_sensitive', 'return_determination', 'return_consent', 'return_escort', 'return_cost',
    'return_follow_up'] loop
    execute format('create policy work on %I for insert to mb_app with check (exists (select 1 from nrm_return r where r.id = %I.return_id
      and works_on_returns(r.nrm_id)))', t, t);
  end loop;
  create policy work on return_document for insert to mb_app with check (exists (select 1 from nrm_return r
    where r.id = return_document.return_id and (works_on_returns(r.nrm_id) or (select me_role()) = 'consulate')));
  foreach t in array array['return_determination', 'return_consent', 'return_escort', 'return_cost', 'return_follow_up'] loop
    execute format('create policy rework on %I for update to mb_app using (exists (select 1 from nrm_return r where r.id = %I.return_id
      and works_on_returns(r.nrm_id))) with check (exists (select 1 from nrm_return r where r.id = %I.return_id and works_on_returns(r.nrm_id)))', t, t, t);
  end loop;
  foreach t in array array['return_text', 'return_text_sensitive', 'return_determination', 'return_consent', 'return_escort', 'return_cost',
    'return_document', 'return_follow_up'] loop
    execute format('create trigger follow_event_new after insert on %I for each row execute function follow_event(''nrm_return'', ''return_id'')', t);
  end loop;
  foreach t in array array['return_determination', 'return_consent', 'return_escort', 'return_cost', 'return_follow_up'] loop
    execute format('create trigger follow_event after update on %I for each row when (old.* is distinct from new.*)
      execute function follow_event(''nrm_return'', ''return_id'')', t);
  end loop;
end $$;
create trigger follow_event_new after insert on nrm_return for each row execute function follow_event('nrm_return', 'id', 'version');
create trigger follow_event after update on nrm_return for each row when (old.* is distinct from new.*)
  execute function follow_event('nrm_return', 'id', 'version');
create trigger follow_event_new after insert on nrm_return_named for each row execute function follow_event('nrm_return', 'id');
create trigger follow_event after update on nrm_return_named for each row when (old.* is distinct from new.*)
  execute function follow_event('nrm_return', 'id');

-- The border police of a crossing are told that somebody is announced there: a code, a day, whether it is a child and comes accompanied.
create function announced_here(p_from date, p_until date) returns table (code text, expected_on date, direction text, country text, subject text,
    mode text, escorted boolean, state text) language sql stable security definer set search_path = public, pg_temp as $$
  select r.code, coalesce(r.travel_on, r.expected_on), r.direction, r.country, r.subject, r.mode,
    exists (select 1 from return_escort e where e.return_id = r.id and e.used), r.state
  from nrm_return r
  where me_role() = 'border_police' and r.border_id = me_unit() and r.state in ('PLAN_AGREED', 'TRAVEL')
    and coalesce(r.travel_on, r.expected_on) between p_from and p_until
  order by 2, 1 limit 200
$$;
revoke all on function announced_here(date, date) from public;
grant execute on function announced_here(date, date) to mb_app;

-- Packets: seen with their file, made and recalled at the identified tier. What comes is for the Responsible Authority.
create policy see on packet for select to mb_app using (exists (select 1 from nrm_file f where f.id = packet.nrm_id));
create policy make on packet for insert to mb_app with check (works_on_returns(nrm_id));
create policy recall on packet for update to mb_app using (works_on_returns(nrm_id)) with check (works_on_returns(nrm_id));
do $$
declare
  t text;
begin
  foreach t in array array['packet_file', 'packet_named'] loop
    execute format('create policy see on %I for select to mb_app using (exists (select 1 from packet p join nrm_file_named f on f.id = p.nrm_id
      where p.id = %I.id))', t, t);
    execute format('create policy make on %I for insert to mb_app with check (exists (select 1 from packet p where p.id = %I.id
      and works_on_returns(p.nrm_id)))', t, t);
    execute format('create trigger follow_event_new after insert on %I for each row execute function follow_event(''packet'', ''id'')', t);
  end loop;
end $$;
create policy recall on packet_named for update to mb_app
  using (exists (select 1 from packet p where p.id = packet_named.id and works_on_returns(p.nrm_id)))
  with check (exists (select 1 from packet p where p.id = packet_named.id and works_on_returns(p.nrm_id)));
create trigger follow_event after update on packet_named for each row when (old.* is distinct from new.*)
  execute function follow_event('packet', 'id');
create trigger follow_event_new after insert on packet for each row execute function follow_event('packet', 'id', 'version');
create trigger follow_event after update on packet for each row when (old.* is distinct from new.*)
  execute function follow_event('packet', 'id', 'version');
create policy see on packet_received for select to mb_app using ((select me_role()) = 'responsible_authority');
create policy take on packet_received for insert to mb_app with check ((select me_role()) = 'responsible_authority');
create policy change on packet_received for update to mb_app using ((select me_role()) = 'responsible_authority')
  with check ((select me_role()) = 'responsible_authority');
create policy see on packet_received_sensitive for select to mb_app using ((select me_role()) = 'responsible_authority');
create policy take on packet_received_sensitive for insert to mb_app with check ((select me_role()) = 'responsible_authority');
create trigger follow_event_new after insert on packet_received for each row execute function follow_event('packet_received', 'id', 'version');
create trigger follow_event after update on packet_received for each row when (old.* is distinct from new.*)
  execute function follow_event('packet_received', 'id', 'version');
create trigger follow_event_new after insert on packet_received_sensitive for each row execute function follow_event('packet_received', 'id');

-- What anybody may know: which packets were recalled, by a number made by chance that the reader of the list hashes. Those that have run
-- out open nowhere any more and need not stand in it.
create function packets_recalled(p_now timestamptz) returns table (packet_id uuid, at timestamptz) language sql stable security definer
  set search_path = public, pg_temp as $$
  select p.packet_id, p.revoked_at from packet p where p.revoked_at is not null and p.expires_at > p_now - interval '2 days'
  order by p.revoked_at, p.packet_id limit 30000
$$;
revoke all on function packets_recalled(timestamptz) from public;
grant execute on function packets_recalled(timestamptz) to mb_app;

-- Lawful erasure: the words and the files go; days, countries and counts stay.
create function crossings_of_nrm(p_nrm uuid) returns table (kind text, id uuid) language sql stable security definer
  set search_path = public, pg_temp as $$
    select 'nrm_return', r.id from nrm_return r where r.nrm_id = p_nrm
    union all select 'packet', p.id from packet p where p.nrm_id = p_nrm
$$;
revoke all on function crossings_of_nrm(uuid) from public;
grant execute on function crossings_of_nrm(uuid) to mb_retention;
create function erase_crossing(p_kind text, p_id uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from event e where e.record_id = p_id and e.kind = p_kind and e.type = 'Erased' and e.xid = pg_current_xact_id()) then
    raise exception 'nothing is erased without its event' using errcode = 'insufficient_privilege';
  end if;
  case p_kind
    when 'nrm_return' then
      delete from return_text where return_id = p_id;
      delete from return_text_sensitive where return_id = p_id;
      update nrm_return_named set identity = null, need = null where id = p_id;
    when 'packet' then
      delete from packet_file where id = p_id;
      update packet_named set reasons = '{}', revoked_words = null where id = p_id;
    when 'packet_received' then
      update packet_received_sensitive set sealed = null where id = p_id;
    when 'counterpart' then
      update counterpart set contact_name = null, contact_post = null, email = null, phone = null where id = p_id;
    else
      raise exception '% holds nothing of this kind', p_kind;
  end case;
  execute format('update %I set version = (select h.version from record_head h where h.record_id = $1 and h.kind = $2) where id = $1', p_kind)
    using p_id, p_kind;
end $$;
revoke all on function erase_crossing(text, uuid) from public;
grant execute on function erase_crossing(text, uuid) to mb_retention;
