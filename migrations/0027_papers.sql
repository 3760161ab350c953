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
