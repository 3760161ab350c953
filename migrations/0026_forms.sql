-- Forms as data (decision 6): every version of every form, in the table; answers lie where they lay, question by question.

create table form_definition (
  id uuid primary key,
  -- Of the record's chain; 0 for what the product ships.
  version integer not null default 0,
  form text not null check (form ~ '^[a-z][a-z0-9_]{0,39}$'),
  number smallint not null check (number > 0),
  use text not null check (use in ('assessment', 'checklist')),
  state text not null check (state in ('draft', 'proposed', 'approved', 'discarded')),
  shipped boolean not null default false,
  verified boolean not null default false,
  source text not null check (length(source) between 1 and 2000),
  content jsonb not null check (pg_column_size(content) <= 1048576),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  questions smallint not null check (questions >= 0),
  effective_from date,
  why text check (length(why) <= 2000),
  returned_why text check (length(returned_why) <= 2000),
  created_by uuid references app_user,
  created_at timestamptz,
  saved_by uuid references app_user,
  proposed_by uuid references app_user,
  proposed_at timestamptz,
  approved_by uuid references app_user,
  approved_at timestamptz,
  unique (form, number),
  check ((state in ('proposed', 'approved')) <= (effective_from is not null)),
  -- Shipped with the product, or written by one person and approved by another.
  check (shipped or created_by is not null),
  check ((state = 'approved' and not shipped) = (approved_by is not null)),
  check (approved_by is null or approved_by not in (created_by, saved_by, proposed_by))
);
create unique index form_one_open on form_definition (form) where state in ('draft', 'proposed');
create index form_in_force on form_definition (form, effective_from desc, number desc) where state = 'approved';
select protect_table('form_definition', 'T0', 'versions of forms: what is asked, in both languages; no answers');
grant select, insert on form_definition to mb_app;
grant update (version, state, content, digest, questions, effective_from, why, returned_why, saved_by, proposed_by, proposed_at,
  approved_by, approved_at) on form_definition to mb_app;
create policy approved_read on form_definition for select to mb_app
  using (state = 'approved' or (select me_role()) = 'state_agency');
create policy agency_insert on form_definition for insert to mb_app
  with check ((select me_role()) = 'state_agency' and state = 'draft' and not shipped and created_by = (select me_user()));
create policy agency_update on form_definition for update to mb_app
  using ((select me_role()) = 'state_agency' and state in ('draft', 'proposed'))
  with check ((select me_role()) = 'state_agency' and (approved_by is null or approved_by = (select me_user())));

-- Only a draft is written in: what was proposed is what is approved, and what was approved stays, whoever asks.
create function form_content_kept() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if old.state <> 'draft' and (new.content, new.digest, new.form, new.number) is distinct from (old.content, old.digest, old.form, old.number) then
    raise exception 'only a draft of a form is written in' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger form_content_kept before update on form_definition for each row execute function form_content_kept();

-- Any form may be answered in a case; the rules of the case know three by name.
alter table assessment drop constraint assessment_form_check;
alter table assessment add constraint assessment_form_check check (form ~ '^[a-z][a-z0-9_]{0,39}$');
create index assessment_of_form on assessment (form, form_version, at);

-- Answers as decision 6 names them. Each reader finds what the policies of the three tables leave; T4 values are sealed.
create view form_answer with (security_invoker = true) as
  select s.id as assessment_id, s.case_id, s.form, s.form_version as version, s.at, t.question_key, t.tier, t.value
  from assessment s join (
    select assessment_id, question_key, 'T2' as tier, value from answer
    union all select assessment_id, question_key, 'T3', value from answer_named
    union all select assessment_id, question_key, 'T4', value from answer_sensitive
  ) t on t.assessment_id = s.id;
grant select on form_answer to mb_app;
