-- Referrals between institutions, the consents they may rest on, and notices that something waits.
-- The recipient reads its own copy (the packet), never the case. `src/domain/referral/policy.ts` says the same.

-- Roles that count or administer take no part in referrals, whatever unit they sit in.
create function me_refers() returns boolean language sql stable parallel safe return
  coalesce(me_role() <> all (array['coordinator', 'county_committee', 'admin', 'dpo', 'public', 'system']), false);
grant execute on function me_refers() to mb_app;

-- Cases are looked up one by one (a scalar subquery, never a hashed list of all cases): lists stop at their limit.

-- Consent -----------------------------------------------------------------------------------------------------------
create table consent (
  id uuid primary key,
  case_id uuid not null references case_file,
  unit_id uuid not null references unit,
  purpose text not null check (purpose in ('sharing', 'shelter', 'interview', 'recording')),
  recipients text[] not null check (cardinality(recipients) > 0),
  fields text[] not null check (cardinality(fields) > 0),
  capacity text not null check (capacity in ('own', 'parent', 'guardian', 'procedural_representative')),
  number integer not null check (number > 0),
  language text not null,
  given_at timestamptz not null,
  valid_until timestamptz,
  withdrawn_at timestamptz,
  version integer not null default 1,
  unique (case_id, purpose, number)
);
create index consent_lapsing on consent (valid_until) where withdrawn_at is null and valid_until is not null;
create table consent_named (
  id uuid primary key references consent,
  given_by text not null check (length(given_by) between 1 and 200),
  explained_by text not null check (length(explained_by) between 1 and 200),
  withdrawal_note text check (length(withdrawal_note) <= 2000)
);
select protect_table('consent', 'T2', 'what somebody agreed to, in which capacity, for how long');
select protect_table('consent_named', 'T3', 'who agreed and who explained it');
grant select, insert on consent, consent_named to mb_app;
grant update (withdrawn_at, version) on consent to mb_app;
grant update (withdrawal_note) on consent_named to mb_app;
create policy with_case on consent for select to mb_app using ((select true from case_file k where k.id = case_id));
create policy with_case_named on consent_named for select to mb_app
  using (exists (select 1 from consent c join case_file_named k on k.id = c.case_id where c.id = consent_named.id));
create policy by_unit on consent for insert to mb_app
  with check (unit_id = (select me_unit()) and (select true from case_file_named k where k.id = case_id));
create policy by_unit on consent_named for insert to mb_app
  with check (exists (select 1 from consent c where c.id = consent_named.id and c.unit_id = (select me_unit())));
create policy withdraw on consent for update to mb_app using ((select true from case_file_named k where k.id = case_id));
create policy withdraw on consent_named for update to mb_app
  using (exists (select 1 from consent c join case_file_named k on k.id = c.case_id where c.id = consent_named.id));
grant select on consent to mb_jobs;
create policy lapse on consent for select to mb_jobs using (valid_until is not null);

-- Referral ----------------------------------------------------------------------------------------------------------
create table referral (
  id uuid primary key,
  version integer not null default 1,
  code text not null unique check (code ~ '^RF-[0-9]{4}-[0-9A-HJKMNP-TV-Z]{6,10}$'),
  state text not null check (state in ('SENT', 'ACKNOWLEDGED', 'ACCEPTED', 'IN_SERVICE', 'COMPLETED', 'DECLINED', 'EXPIRED', 'WITHDRAWN')),
  case_id uuid references case_file,
  from_unit_id uuid not null references unit,
  to_unit_id uuid not null references unit,
  sent_by uuid not null references app_user,
  recipient_kind text not null,
  service text not null,
  sent_fields text[] not null,
  -- what the recipient may still read of its packet: shrinks when a consent ends
  fields text[] not null,
  sent_at timestamptz not null,
  ack_due_at timestamptz,
  answer_due_at timestamptz,
  acknowledged_at timestamptz,
  decided_at timestamptz,
  service_started_at timestamptz,
  closed_at timestamptz,
  access_ended_at timestamptz,
  escalated_at timestamptz,
  decline_reason text,
  outcome text,
  withdraw_reason text,
  check (from_unit_id <> to_unit_id),
  check ((state in ('COMPLETED', 'DECLINED', 'EXPIRED', 'WITHDRAWN')) = (closed_at is not null)),
  check (closed_at is null or access_ended_at is not null),
  check (state <> 'DECLINED' or decline_reason is not null)
);
create index referral_in on referral (to_unit_id, sent_at desc, id desc);
create index referral_out on referral (from_unit_id, sent_at desc, id desc);
create index referral_of_case on referral (case_id) where case_id is not null;
create index referral_unanswered on referral (answer_due_at) where state in ('SENT', 'ACKNOWLEDGED');
create index referral_escalated on referral (escalated_at desc, id desc) where escalated_at is not null;
-- Why each field may be given; ends with its consent.
create table referral_ground (
  referral_id uuid not null references referral,
  n smallint not null,
  kind text not null check (kind in ('law', 'safety', 'consent')),
  ref text not null check (length(ref) between 1 and 200),
  scope text[] not null,
  version integer not null,
  ended_at timestamptz,
  primary key (referral_id, n)
);
create index referral_ground_by_consent on referral_ground (ref) where kind = 'consent' and ended_at is null;
create table referral_packet (
  referral_id uuid not null references referral,
  field text not null,
  body jsonb not null check (pg_column_size(body) <= 65536),
  primary key (referral_id, field)
);
create table referral_packet_sensitive (like referral_packet including all);
alter table referral_packet_sensitive add foreign key (referral_id) references referral;
create table referral_reply (
  id uuid primary key,
  referral_id uuid not null references referral,
  at timestamptz not null,
  unit_id uuid not null references unit,
  act text not null check (act in ('acknowledge', 'accept', 'decline', 'complete')),
  body text not null check (length(body) between 1 and 2000)
);
create index referral_reply_of on referral_reply (referral_id, at);
select protect_table('referral', 'T2', 'who asked whom for which service, and what became of it');
select protect_table('referral_ground', 'T2', 'what allows each field to be given: law, safety or consent');
select protect_table('referral_packet', 'T3', 'the least data that one recipient needs, copied at sending');
select protect_table('referral_packet_sensitive', 'T4', 'sensitive fields of a packet: indicators, risks, health');
select protect_table('referral_reply', 'T3', 'what the recipient wrote back');

grant select, insert on referral, referral_ground, referral_packet, referral_packet_sensitive, referral_reply to mb_app;
grant update (version, state, fields, acknowledged_at, decided_at, service_started_at, closed_at, access_ended_at, escalated_at,
  decline_reason, outcome, withdraw_reason) on referral to mb_app, mb_jobs;
grant update (ended_at) on referral_ground to mb_app, mb_jobs;

-- The row: the addressed unit for good; the sending side as the case allows, or its colleagues where there is no case.
create policy received on referral for select to mb_app using (to_unit_id = (select me_unit()) and (select me_refers()));
create policy sent on referral for select to mb_app using (
  case when case_id is null then from_unit_id = (select me_unit()) and (select me_refers())
  else (select true from case_file k where k.id = case_id) end);
create policy send on referral for insert to mb_app with check (
  from_unit_id = (select me_unit()) and sent_by = (select me_user()) and state = 'SENT' and (select me_refers())
  and (case_id is null or (select true from case_file_named k where k.id = case_id)));
create policy answer on referral for update to mb_app using (to_unit_id = (select me_unit()) and (select me_refers()));
create policy follow on referral for update to mb_app using (
  case when case_id is null then from_unit_id = (select me_unit()) and (select me_refers())
  else (select true from case_file_named k where k.id = case_id) end);

create policy with_referral on referral_ground for select to mb_app
  using (exists (select 1 from referral r where r.id = referral_id));
-- A field of the packet: the recipient while its access to that field lasts, the sending side as far as the case is open to it.
create policy packet on referral_packet for select to mb_app using (exists (
  select 1 from referral r where r.id = referral_id and (
    r.to_unit_id = (select me_unit()) and r.access_ended_at is null and field = any (r.fields)
    or case when r.case_id is null then r.from_unit_id = (select me_unit())
      else (select true from case_file_named k where k.id = r.case_id) end)));
create policy packet on referral_packet_sensitive for select to mb_app using (exists (
  select 1 from referral r where r.id = referral_id and (
    r.to_unit_id = (select me_unit()) and r.access_ended_at is null and field = any (r.fields)
    or case when r.case_id is null then r.from_unit_id = (select me_unit())
      else (select true from case_file_sensitive k where k.id = r.case_id) end)));
-- What a unit wrote itself stays readable to it; the sending side reads it with the case.
create policy own_or_sender on referral_reply for select to mb_app using (
  unit_id = (select me_unit()) and (select me_refers())
  or exists (select 1 from referral r where r.id = referral_id and
    case when r.case_id is null then r.from_unit_id = (select me_unit())
      else (select true from case_file_named k where k.id = r.case_id) end));

create policy by_sender on referral_ground for insert to mb_app with check (
  exists (select 1 from referral r where r.id = referral_id and r.sent_by = (select me_user()) and r.state = 'SENT'));
create policy by_sender on referral_packet for insert to mb_app with check (
  exists (select 1 from referral r where r.id = referral_id and r.sent_by = (select me_user()) and r.state = 'SENT'));
create policy by_sender on referral_packet_sensitive for insert to mb_app with check (
  exists (select 1 from referral r where r.id = referral_id and r.sent_by = (select me_user()) and r.state = 'SENT'));
create policy by_recipient on referral_reply for insert to mb_app with check (unit_id = (select me_unit())
  and exists (select 1 from referral r where r.id = referral_id and r.to_unit_id = (select me_unit())));
create policy end_with_consent on referral_ground for update to mb_app using (
  exists (select 1 from referral r join case_file_named k on k.id = r.case_id where r.id = referral_id));

-- The worker: escalates, expires, ends what rested on a lapsed consent. It reads no packet.
grant select on referral, referral_ground to mb_jobs;
create policy clocks on referral to mb_jobs using (true) with check (true);
create policy clocks on referral_ground to mb_jobs using (true);

-- Notices: the code of a record and what happened to it ----------------------------------------------------------------
create table notice (
  id uuid primary key,
  at timestamptz not null,
  unit_id uuid references unit,
  role text,
  code text not null check (code ~ '^[a-z_]{3,60}$'),
  record_kind text not null,
  record_id uuid not null,
  label text not null check (label ~ '^[A-Z0-9-]{3,40}$'),
  read_at timestamptz,
  check (unit_id is not null or role is not null)
);
create index notice_to_unit on notice (unit_id, at desc) where unit_id is not null;
create index notice_to_role on notice (role, at desc) where unit_id is null;
select protect_table('notice', 'T2', 'that something happened to a record, by its code; never a name');
grant select, insert on notice to mb_app;
grant update (read_at) on notice to mb_app;
grant insert on notice to mb_jobs;
create policy to_me on notice for select to mb_app using (
  (unit_id is null or unit_id = (select me_unit())) and (role is null or role = (select me_role())));
create policy seen on notice for update to mb_app using (
  (unit_id is null or unit_id = (select me_unit())) and (role is null or role = (select me_role())));
create policy tell on notice for insert to mb_app, mb_jobs with check (read_at is null);

-- What happens to a referral is read in the timeline of the case it was sent from: an event on the case's chain, which the
-- answering institution cannot see. A definer for that reason, open only to the two sides of the referral and to the worker.
-- The case's row is locked before its chain, in the order in which every use case of a case takes them.
create function tell_case(p_referral uuid, p_events jsonb, p_command uuid, p_recorded timestamptz, p_occurred timestamptz)
  returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r referral;
  v integer;
begin
  select * into strict r from referral where id = p_referral;
  if r.case_id is null then
    return;
  end if;
  if me_unit() is distinct from r.to_unit_id and me_unit() is distinct from r.from_unit_id and me_role() <> 'system' then
    raise exception 'not a side of this referral' using errcode = 'insufficient_privilege';
  end if;
  perform 1 from case_file where id = r.case_id for update;
  select version into strict v from record_head where record_id = r.case_id and kind = 'case_file';
  v := append_events('case_file', r.case_id, v, p_events, p_command, p_recorded, p_occurred);
  update case_file set version = v where id = r.case_id;
end $$;
grant execute on function tell_case(uuid, jsonb, uuid, timestamptz, timestamptz) to mb_app, mb_jobs;

-- A decline, an escalation or an expiry is told upwards: to the head of the sending unit and, where the case is one of
-- trafficking, to the Responsible Authority. A definer, so that a recipient can set it off without learning which.
create function tell_above(p_notice uuid, p_notice_above uuid, p_referral uuid, p_code text, p_at timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r referral;
begin
  select * into strict r from referral where id = p_referral;
  insert into notice (id, at, unit_id, role, code, record_kind, record_id, label)
  select p_notice, p_at, u.id, case when u.kind = 'cpu' then 'cpu_head' end, p_code, 'referral', r.id, r.code
  from unit u where u.id = r.from_unit_id;
  if r.case_id is null then
    return;
  end if;
  if exists (select 1 from case_file c where c.id = r.case_id
      and c.vmt_status not in ('none', 'screened_negative', 'at_risk')) then
    insert into notice (id, at, role, code, record_kind, record_id, label)
    values (p_notice_above, p_at, 'responsible_authority', p_code, 'referral', r.id, r.code);
  end if;
end $$;
grant execute on function tell_above(uuid, uuid, uuid, text, timestamptz) to mb_app, mb_jobs;
