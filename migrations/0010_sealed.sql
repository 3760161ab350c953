-- Sensitive and sealed values (T4, T5) are kept encrypted, each record under a data key of its own, wrapped by a key that lies
-- outside the database. Rows written before are sealed by the start that follows this step; until then they stand as they were.

create table wrapping_key (
  id text primary key check (id ~ '^[0-9a-f]{16}$'),
  made_at timestamptz not null,
  retired_at timestamptz
);
select protect_table('wrapping_key', 'T0', 'names of the keys outside the database under which the data keys are wrapped');
grant select on wrapping_key to mb_app;
create policy names_read on wrapping_key for select to mb_app using (true);

-- One data key a record: gone with the record's erasure. `version` counts how often it was wrapped anew.
create table record_key (
  kind text not null check (kind ~ '^[a-z_]{3,40}$'),
  record_id uuid not null,
  wrapping_key text not null check (wrapping_key ~ '^[0-9a-f]{16}$'),
  wrapped bytea not null check (octet_length(wrapped) between 60 and 200),
  version integer not null default 1,
  made_at timestamptz not null,
  primary key (kind, record_id)
);
select protect_table('record_key', 'T4', 'wrapped data keys of records that hold sensitive values; without the key outside they open nothing');
grant select, insert on record_key to mb_app;
create policy where_record_is on record_key for select to mb_app
  using (case kind when 'draft' then record_id = (select me_user()) else readable(kind, record_id, '') end);
-- A new record's key comes before anybody may read the record; a key that stands is never replaced by the application. Nothing is
-- wrapped under a key that was retired meanwhile: its file may be gone.
create policy with_record on record_key for insert to mb_app with check ((select me_role()) is not null
  and not exists (select from wrapping_key w where w.id = record_key.wrapping_key and w.retired_at is not null));
grant select on record_key to mb_audit;
create policy audit_read on record_key for select to mb_audit using (true);
grant select, delete on record_key to mb_retention;
create policy erase on record_key to mb_retention using (
  exists (select 1 from event e where e.record_id = record_key.record_id and e.kind = record_key.kind and e.type = 'Erased'));

-- What a sealed value looks like where a column holds json.
create function is_sealed(p jsonb) returns boolean language sql immutable parallel safe return
  coalesce(jsonb_typeof(p -> 'sealed') = 'string', false);
grant execute on function is_sealed(jsonb) to mb_app, mb_jobs, mb_auth, mb_retention, mb_audit, mb_backup;

alter table person_sensitive add column sealed bytea check (octet_length(sealed) <= 16384);
grant update (sealed) on person_sensitive to mb_app;
grant select (id), update (sealed) on person_sensitive to mb_retention;
create policy erase on person_sensitive to mb_retention using (
  exists (select 1 from event e where e.record_id = person_sensitive.id and e.kind = 'person' and e.type = 'Erased'));
alter table report_reporter add column sealed bytea check (octet_length(sealed) <= 16384);
alter table draft alter column body drop not null, add column sealed bytea check (octet_length(sealed) <= 700000);
alter table case_text_sensitive drop constraint case_text_body_check, add check (pg_column_size(body) <= 393216);
alter table referral_packet_sensitive drop constraint referral_packet_body_check, add check (pg_column_size(body) <= 98304);

-- From here on nothing is written plain. Not yet valid: the rows of before are sealed first, then the start has these proven,
-- and proven they are the sign that nothing plain is left.
alter table event_part add constraint event_part_is_sealed check (tier = 'T3' or is_sealed(body)) not valid;
alter table case_text_sensitive add constraint case_text_sensitive_is_sealed check (is_sealed(body)) not valid;
alter table answer_sensitive add constraint answer_sensitive_is_sealed check (is_sealed(value)) not valid;
alter table referral_packet_sensitive add constraint referral_packet_sensitive_is_sealed check (is_sealed(body)) not valid;
alter table person_sensitive add constraint person_sensitive_is_sealed
  check (personal_number is null and disability is null and minority is null and birth_registered is null) not valid;
alter table report_reporter add constraint report_reporter_is_sealed
  check (name is null and phone is null and email is null and relation is null and safe_time is null) not valid;
alter table draft add constraint draft_is_sealed check (body is null) not valid;
