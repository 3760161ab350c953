-- Papers of a case: which were printed, from which template, by whom, and which of them left the institution.

create table document_copy (
  id uuid primary key,
  case_id uuid not null references case_file,
  kind text not null check (kind ~ '^[a-z_]{3,40}$'),
  template_version smallint not null check (template_version > 0),
  language text not null check (language in ('sq', 'en')),
  tier text not null check (tier in ('T2', 'T3', 'T4')),
  -- Tiers that the paper has and its taker did not reach.
  left_out text[] not null,
  -- Handed to somebody outside the unit: these rows are the disclosure log of papers.
  leaves boolean not null,
  to_unit_id uuid references unit,
  digest bytea not null check (octet_length(digest) = 32),
  by_id uuid not null,
  unit_id uuid not null,
  purpose text,
  at timestamptz not null
);
create index document_copy_of on document_copy (case_id, at desc, id desc);
select protect_table('document_copy', 'T2', 'papers printed of a case: template, language, taker, receiving unit; never what stands in them');
grant select, insert on document_copy to mb_app;
create policy see on document_copy for select to mb_app
  using (exists (select 1 from case_file c where c.id = document_copy.case_id));
create policy take on document_copy for insert to mb_app with check (by_id = (select me_user()) and unit_id = (select me_unit())
  and exists (select 1 from case_file c where c.id = document_copy.case_id));

-- Attachments: files of a case, each under a key of its own, in pieces, inside the database: one backup holds the country whole, and
-- every process of a cluster sees them. Until a file is attached it is its sender's own unsent writing, for seven days.
create table attachment (
  id uuid primary key,
  case_id uuid not null references case_file,
  state text not null default 'uploading' check (state in ('uploading', 'kept', 'erased')),
  tier text check (tier in ('T3', 'T4')),
  kind text check (kind ~ '^[a-z0-9]{2,8}$'),
  size bigint not null check (size between 1 and 1073741824),
  received bigint not null default 0 check (received between 0 and 1073741824),
  pieces integer not null default 0 check (pieces >= 0),
  -- SHA-256 over the sealed pieces: what the event on the case's chain names.
  digest bytea check (octet_length(digest) = 32),
  scan text check (scan in ('clean', 'not_scanned')),
  by_id uuid not null,
  begun_at timestamptz not null,
  expires_at timestamptz not null,
  kept_at timestamptz,
  check (received <= size),
  check ((state = 'uploading') = (kept_at is null)),
  check (state = 'uploading' or (tier is not null and kind is not null and digest is not null and scan is not null))
);
create index attachment_of on attachment (case_id, kept_at desc, id desc);
create index attachment_unfinished on attachment (expires_at) where state = 'uploading';
create table attachment_piece (
  attachment_id uuid not null references attachment,
  n integer not null check (n >= 0),
  -- Nonce, tag and cipher text of at most 256 KiB, bound to the attachment and its place in it.
  body bytea not null check (octet_length(body) between 29 and 262172),
  primary key (attachment_id, n)
);
select protect_table('attachment', 'T2', 'that a file is attached to a case: kind, size, tier, who and when; never its name');
select protect_table('attachment_piece', 'T4', 'files of cases in sealed pieces; the file’s own tier rules who reads them');

grant select, insert on attachment to mb_app;
grant update (state, tier, kind, size, received, pieces, digest, scan, kept_at) on attachment to mb_app;
grant select, insert, delete on attachment_piece to mb_app;
create policy see on attachment for select to mb_app using (
  case when state = 'uploading' then by_id = (select me_user()) else true end
  and exists (select 1 from case_file c where c.id = attachment.case_id));
create policy send on attachment for insert to mb_app with check (by_id = (select me_user()) and state = 'uploading'
  and exists (select 1 from case_file_named c where c.id = attachment.case_id));
create policy finish on attachment for update to mb_app
  using (state = 'uploading' and by_id = (select me_user()) and exists (select 1 from case_file_named c where c.id = attachment.case_id))
  with check (by_id = (select me_user()));
-- A file becomes one of the case only in the transaction whose event says so.
create function follow_attachment() returns trigger language plpgsql as $$
begin
  if new.state = 'kept' and not exists (select 1 from event e where e.record_id = new.case_id and e.kind = 'case_file'
      and e.type = 'AttachmentAdded' and e.facts ->> 'attachmentId' = new.id::text and e.xid = pg_current_xact_id()) then
    raise exception 'a file is attached only together with its event' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger follow_attachment before update on attachment for each row when (old.state is distinct from new.state)
  execute function follow_attachment();
create policy see on attachment_piece for select to mb_app using (exists (
  select 1 from attachment a where a.id = attachment_piece.attachment_id and case
    when a.state = 'uploading' then a.by_id = (select me_user())
    when a.tier = 'T4' then exists (select 1 from case_file_sensitive s where s.id = a.case_id)
    else exists (select 1 from case_file_named n where n.id = a.case_id) end));
create policy send on attachment_piece for insert to mb_app with check (exists (
  select 1 from attachment a where a.id = attachment_piece.attachment_id and a.state = 'uploading' and a.by_id = (select me_user())));
create policy rewrite on attachment_piece for delete to mb_app using (exists (
  select 1 from attachment a where a.id = attachment_piece.attachment_id and a.state = 'uploading' and a.by_id = (select me_user())));

-- Gives up an upload: one's own, or any whose week is over.
create function forget_upload(p_id uuid, p_now timestamptz) returns boolean language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  perform 1 from attachment a where a.id = p_id and a.state = 'uploading'
    and (a.by_id = me_user() or (me_role() = 'system' and a.expires_at < p_now)) for update;
  if not found then
    return false;
  end if;
  delete from attachment_piece where attachment_id = p_id;
  delete from record_key where kind = 'attachment' and record_id = p_id;
  delete from attachment where id = p_id;
  return true;
end $$;
grant execute on function forget_upload(uuid, timestamptz) to mb_app, mb_jobs;
grant select on attachment to mb_jobs;
create policy unfinished on attachment for select to mb_jobs using (state = 'uploading');

-- Erasing a case destroys the keys of its files and the files; that there were files stays.
create function erase_attachments(p_case uuid) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare
  n integer;
begin
  if not exists (select 1 from event e where e.record_id = p_case and e.kind = 'case_file' and e.type = 'Erased'
      and e.xid = pg_current_xact_id()) then
    raise exception 'nothing is erased without its event' using errcode = 'insufficient_privilege';
  end if;
  delete from record_key k using attachment a where k.kind = 'attachment' and k.record_id = a.id and a.case_id = p_case;
  delete from attachment_piece p using attachment a where a.id = p.attachment_id and a.case_id = p_case;
  delete from attachment where case_id = p_case and state = 'uploading';
  update attachment set state = 'erased' where case_id = p_case and state = 'kept';
  get diagnostics n = row_count;
  return n;
end $$;
grant execute on function erase_attachments(uuid) to mb_retention;
