-- Criminal proceedings, as police and prosecution share them (DCM 770/2018 PROS-1.c.6), with what is done in them for the victims. The
-- police see what their unit registered: stage, articles, suspects, victims as pseudonyms and codes. The prosecution office that holds one
-- sees it whole; the Responsible Authority follows those of the trafficking track. `src/domain/justice/policy.ts` says the same.

create table proceeding_code_counter (
  year smallint primary key,
  last integer not null
);
select protect_table('proceeding_code_counter', 'T2', 'last number given to a criminal proceeding, by year');
create function next_proceeding_code(p_year integer) returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare
  n integer;
begin
  insert into proceeding_code_counter (year, last) values (p_year, 1)
    on conflict (year) do update set last = proceeding_code_counter.last + 1 returning last into n;
  return 'PP-' || p_year || '-' || lpad(n::text, 4, '0');
end $$;
grant execute on function next_proceeding_code(integer) to mb_app;

create table proceeding (
  id uuid primary key,
  code text not null unique check (code ~ '^PP-[0-9]{4}-[0-9]{4,6}$'),
  version integer not null check (version > 0),
  origin text not null check (origin ~ '^[a-z_]{2,40}$'),
  stage text not null check (stage in ('report', 'investigation', 'charged', 'trial', 'judgment', 'appeal', 'final', 'execution', 'closed')),
  stage_on date not null,
  outcome text check (outcome in ('convicted', 'partly', 'acquitted')),
  closed_from text,
  closed_reason text check (closed_reason ~ '^[a-z_]{2,40}$'),
  act_from date not null,
  act_until date check (act_until >= act_from),
  police_unit uuid references unit,
  office_unit uuid references unit,
  county text check (county ~ '^AL-[0-9]{2}$'),
  -- An article on trafficking, or a victim of the track: the Responsible Authority follows it.
  track boolean not null default false,
  next_on date,
  next_what text check (next_what ~ '^[a-z_]{2,40}$'),
  -- D38 as it stood when the authority was last told; null while it does not run. A late one is counted, never reset.
  told_at timestamptz,
  update_warn timestamptz,
  update_by timestamptz,
  updates_late integer not null default 0 check (updates_late >= 0),
  -- The Responsible Authority has asked that article 52/a be looked at.
  non_punishment boolean not null default false,
  opened_by uuid not null,
  opened_on date not null,
  opened_at timestamptz not null,
  check (police_unit is not null or office_unit is not null),
  check (stage = 'report' or office_unit is not null),
  check ((stage = 'closed') = (closed_reason is not null) and (closed_reason is null) = (closed_from is null)),
  check (stage not in ('judgment', 'appeal', 'final', 'execution') or outcome is not null)
);
create index proceeding_of_office on proceeding (office_unit, opened_at desc, id desc);
create index proceeding_of_police on proceeding (police_unit, opened_at desc, id desc);
create index proceeding_of_track on proceeding (opened_at desc, id desc) where track;
create table proceeding_named (
  id uuid primary key references proceeding,
  number text check (length(number) between 1 and 60),
  facts text not null check (length(facts) between 1 and 8000)
);
create table proceeding_sensitive (
  id uuid primary key references proceeding
);
create table proceeding_article (
  id uuid primary key,
  proceeding_id uuid not null references proceeding,
  article text not null check (article ~ '^[0-9]{1,3}(/[a-zç]{1,2})?$'),
  on_day date not null,
  until date,
  replaces uuid references proceeding_article
);
create unique index proceeding_article_once on proceeding_article (proceeding_id, article) where until is null;
create index proceeding_article_by on proceeding_article (article, proceeding_id) where until is null;
-- One row for each move, closing, reopening and referral: nothing is overwritten.
create table proceeding_step (
  id uuid primary key,
  proceeding_id uuid not null references proceeding,
  kind text not null check (kind in ('opened', 'moved', 'closed', 'reopened', 'referred')),
  from_stage text,
  to_stage text,
  code text check (code ~ '^[a-z_]{2,40}$'),
  from_unit uuid references unit,
  to_unit uuid references unit,
  article text,
  on_day date not null,
  at timestamptz not null,
  by_id uuid not null
);
create index proceeding_step_of on proceeding_step (proceeding_id, at, id);
create table proceeding_victim (
  id uuid primary key,
  proceeding_id uuid not null references proceeding,
  pseudonym text not null check (pseudonym ~ '^V[0-9]{1,4}$'),
  subject text not null check (subject in ('child', 'adult')),
  nrm_id uuid references nrm_file,
  case_id uuid references case_file,
  -- As it was named by whoever linked it: the police read no other.
  code text check (code ~ '^[A-Z]{2,3}-[0-9]{4}-[0-9]{4,6}$'),
  -- Written down, and a condition of nothing.
  cooperation text not null check (cooperation in ('yes', 'no', 'undecided')),
  at timestamptz not null,
  unique (proceeding_id, pseudonym)
);
create unique index proceeding_victim_file on proceeding_victim (proceeding_id, nrm_id) where nrm_id is not null;
create unique index proceeding_victim_case on proceeding_victim (proceeding_id, case_id) where case_id is not null;
create index proceeding_victim_by_file on proceeding_victim (nrm_id) where nrm_id is not null;
create index proceeding_victim_by_case on proceeding_victim (case_id) where case_id is not null;
create table proceeding_suspect (
  id uuid primary key,
  proceeding_id uuid not null references proceeding,
  pseudonym text not null check (pseudonym ~ '^D[0-9]{1,4}$'),
  status text not null check (status in ('suspected', 'charged', 'convicted', 'acquitted', 'dropped')),
  status_on date not null,
  official boolean not null,
  -- A victim of this same proceeding, as whoever wrote it down says.
  victim_id uuid references proceeding_victim,
  at timestamptz not null,
  unique (proceeding_id, pseudonym)
);
create table proceeding_suspect_named (
  id uuid primary key references proceeding_suspect,
  given_name text check (length(given_name) <= 100),
  family_name text check (length(family_name) <= 100),
  birth date,
  name_key text not null
);
create table proceeding_suspect_sensitive (
  id uuid primary key references proceeding_suspect,
  sealed bytea check (octet_length(sealed) <= 16384)
);
create table proceeding_aid (
  id uuid primary key,
  proceeding_id uuid not null references proceeding,
  victim_id uuid not null references proceeding_victim,
  kind text not null check (kind in ('lawyer', 'psychologist')),
  basis text not null check (basis in ('state', 'organisation', 'own')),
  stage text not null,
  on_day date not null,
  until date check (until >= on_day)
);
create index proceeding_aid_of on proceeding_aid (proceeding_id, on_day, id);
create table proceeding_measure (
  id uuid primary key,
  proceeding_id uuid not null references proceeding,
  victim_id uuid not null references proceeding_victim,
  measure text not null check (measure ~ '^[a-z_]{2,40}$'),
  on_day date not null,
  until date check (until >= on_day)
);
create index proceeding_measure_of on proceeding_measure (proceeding_id, on_day, id);
create table proceeding_asset (
  id uuid primary key,
  proceeding_id uuid not null references proceeding,
  kind text not null check (kind ~ '^[a-z_]{2,40}$'),
  -- Whole lek; null where nobody has valued it.
  value bigint check (value between 0 and 1000000000000),
  state text not null check (state in ('seized', 'confiscated', 'returned', 'used_for_victims')),
  seized_on date not null,
  state_on date not null check (state_on >= seized_on)
);
create index proceeding_asset_of on proceeding_asset (proceeding_id, seized_on, id);
create table proceeding_claim (
  id uuid primary key,
  proceeding_id uuid not null references proceeding,
  victim_id uuid not null references proceeding_victim,
  route text not null check (route in ('criminal', 'civil', 'state_scheme')),
  state text not null check (state in ('claimed', 'awarded', 'rejected', 'part_executed', 'executed')),
  claimed bigint not null check (claimed between 1 and 1000000000000),
  claimed_on date not null,
  awarded bigint check (awarded between 0 and claimed),
  awarded_on date check (awarded_on >= claimed_on),
  paid bigint not null default 0 check (paid between 0 and coalesce(awarded, 0)),
  paid_on date,
  bailiff boolean not null default false,
  check ((awarded is null) = (awarded_on is null) and (paid > 0) = (paid_on is not null))
);
create unique index proceeding_claim_open on proceeding_claim (victim_id) where state = 'claimed';
create index proceeding_claim_of on proceeding_claim (proceeding_id, claimed_on, id);
create table proceeding_text (
  id uuid primary key,
  proceeding_id uuid not null references proceeding,
  subject_id uuid not null,
  name text not null check (name ~ '^[a-z_]{2,40}$'),
  body jsonb not null check (pg_column_size(body) <= 65536),
  at timestamptz not null
);
create index proceeding_text_of on proceeding_text (proceeding_id, subject_id);
create table proceeding_text_sensitive (
  id uuid primary key,
  proceeding_id uuid not null references proceeding,
  subject_id uuid not null,
  name text not null check (name ~ '^[a-z_]{2,40}$'),
  body jsonb not null check (is_sealed(body) and pg_column_size(body) <= 98304),
  at timestamptz not null
);
create index proceeding_text_sensitive_of on proceeding_text_sensitive (proceeding_id, subject_id);
-- That a witness is protected is known to the prosecutors of the office that holds the proceeding, and to nobody else.
create table witness_protection (
  id uuid primary key,
  version integer not null check (version > 0),
  proceeding_id uuid not null references proceeding,
  victim_id uuid not null references proceeding_victim,
  state text not null check (state in ('proposed', 'admitted', 'refused', 'ended')),
  on_day date not null
);
create index witness_protection_of on witness_protection (proceeding_id);
-- Somebody charged has a file of the track: told to the Responsible Authority by codes, and to whoever charged nothing.
create table non_punishment_flag (
  id uuid primary key,
  version integer not null default 0,
  proceeding_id uuid not null references proceeding,
  suspect_id uuid not null references proceeding_suspect,
  nrm_id uuid not null references nrm_file,
  -- `said`: named by whoever charged as a victim of the proceeding. `name`: the same name and day of birth.
  by_what text not null check (by_what in ('said', 'name')),
  state text not null check (state in ('open', 'linked', 'not_linked', 'not_same')),
  at timestamptz not null,
  reviewed_at timestamptz,
  unique (suspect_id, nrm_id),
  check ((state = 'open') = (reviewed_at is null))
);
create table non_punishment_flag_named (
  id uuid primary key references non_punishment_flag,
  words text not null check (length(words) between 1 and 4000)
);
-- What a proceeding asks of a victim's file, and the order that allows what otherwise never leaves.
create table proceeding_order (
  id uuid primary key,
  version integer not null check (version > 0),
  code text not null unique check (code ~ '^KI-[0-9A-F]{8}$'),
  proceeding_id uuid not null references proceeding,
  victim_id uuid not null references proceeding_victim,
  nrm_id uuid references nrm_file,
  case_id uuid references case_file,
  authority text not null check (authority in ('police', 'prosecution')),
  article text not null check (length(article) between 1 and 60),
  asked text[] not null check (cardinality(asked) between 1 and 20),
  allowed text[] not null default '{}',
  given text[] not null default '{}',
  court_order text check (length(court_order) between 1 and 120),
  state text not null check (state in ('received', 'lawful', 'unlawful', 'answered', 'refused')),
  asked_by uuid not null,
  asked_unit uuid not null references unit,
  asked_at timestamptz not null,
  checked_by uuid,
  checked_at timestamptz,
  closed_by uuid,
  closed_at timestamptz,
  check (nrm_id is not null or case_id is not null),
  check (checked_by is distinct from asked_by and (closed_by is null or state = 'refused' or closed_by is distinct from checked_by))
);
create index proceeding_order_of on proceeding_order (proceeding_id, asked_at desc, id desc);
create index proceeding_order_file on proceeding_order (nrm_id) where nrm_id is not null;
create index proceeding_order_case on proceeding_order (case_id) where case_id is not null;
create table proceeding_order_named (
  id uuid primary key references proceeding_order,
  words text not null check (length(words) between 1 and 8000),
  opinion text check (length(opinion) between 1 and 8000),
  refusal text check (length(refusal) between 1 and 8000)
);
create table proceeding_order_sensitive (
  id uuid primary key references proceeding_order,
  sealed bytea not null check (octet_length(sealed) <= 262144)
);

select protect_table('proceeding', 'T2', 'criminal proceedings: codes, stage, days and the units that rule who sees them');
select protect_table('proceeding_named', 'T3', 'the prosecution''s number of a proceeding and what the act was');
select protect_table('proceeding_sensitive', 'T4', 'marks who reads the sensitive tier of a proceeding');
select protect_table('proceeding_article', 'T2', 'articles that a proceeding was and is conducted under');
select protect_table('proceeding_step', 'T2', 'history of a proceeding: moved, closed, reopened, referred');
select protect_table('proceeding_victim', 'T2', 'victims of a proceeding as pseudonyms, with the codes of their files');
select protect_table('proceeding_suspect', 'T2', 'suspects of a proceeding as pseudonyms');
select protect_table('proceeding_suspect_named', 'T3', 'names of suspects, for the police and the prosecution that hold the proceeding');
select protect_table('proceeding_suspect_sensitive', 'T4', 'personal number and address of suspects, sealed');
select protect_table('proceeding_aid', 'T2', 'lawyers and psychologists assigned to victims');
select protect_table('proceeding_measure', 'T2', 'protective measures for victims in a proceeding');
select protect_table('proceeding_asset', 'T2', 'seized and confiscated assets');
select protect_table('proceeding_claim', 'T2', 'compensation claimed, awarded and executed, in lek');
select protect_table('proceeding_text', 'T3', 'words of a proceeding: reasons, descriptions');
select protect_table('proceeding_text_sensitive', 'T4', 'words of a proceeding about victims and their help, sealed');
select protect_table('witness_protection', 'T5', 'that a witness is protected; for the prosecutors who hold the proceeding alone');
select protect_table('non_punishment_flag', 'T2', 'persons of the trafficking track who are charged, by codes, for the Responsible Authority');
select protect_table('non_punishment_flag_named', 'T3', 'what the Responsible Authority found about a charge of a victim');
select protect_table('proceeding_order', 'T2', 'what a proceeding asks of a victim''s file: article, parts, state');
select protect_table('proceeding_order_named', 'T3', 'words of such a request, of its legal check and of its refusal');
select protect_table('proceeding_order_sensitive', 'T4', 'the extract that was given, sealed');

grant select, insert on proceeding, proceeding_named, proceeding_sensitive, proceeding_article, proceeding_step, proceeding_victim,
  proceeding_suspect, proceeding_suspect_named, proceeding_suspect_sensitive, proceeding_aid, proceeding_measure, proceeding_asset,
  proceeding_claim, proceeding_text, proceeding_text_sensitive, witness_protection, proceeding_order, proceeding_order_named,
  proceeding_order_sensitive, non_punishment_flag_named to mb_app;
grant select on non_punishment_flag to mb_app;
grant update (version, stage, stage_on, outcome, closed_from, closed_reason, track, next_on, next_what, told_at, update_warn, update_by,
  updates_late) on proceeding to mb_app;
grant update (number) on proceeding_named to mb_app;
grant update (until) on proceeding_article, proceeding_aid, proceeding_measure to mb_app;
grant update (nrm_id, case_id, code, cooperation) on proceeding_victim to mb_app;
grant update (status, status_on) on proceeding_suspect to mb_app;
grant update (state, state_on) on proceeding_asset to mb_app;
grant update (route, state, claimed, claimed_on, awarded, awarded_on, paid, paid_on, bailiff) on proceeding_claim to mb_app;
grant update (version, state, on_day) on witness_protection to mb_app;
grant update (version, state, reviewed_at) on non_punishment_flag to mb_app;
grant update (version, state, allowed, given, checked_by, checked_at, closed_by, closed_at) on proceeding_order to mb_app;
grant update (opinion, refusal) on proceeding_order_named to mb_app;

create policy holders on proceeding for select to mb_app using (
  case (select me_role()) when 'prosecutor' then office_unit = (select me_unit())
    when 'police' then police_unit = (select me_unit()) when 'border_police' then police_unit = (select me_unit())
    when 'responsible_authority' then track else false end);
create policy holders_open on proceeding for insert to mb_app with check (
  opened_by = (select me_user()) and (case (select me_role()) when 'prosecutor' then office_unit = (select me_unit()) and police_unit is null
    when 'police' then police_unit = (select me_unit()) when 'border_police' then police_unit = (select me_unit()) else false end));
create policy holders_act on proceeding for update to mb_app using (
  case (select me_role()) when 'prosecutor' then office_unit = (select me_unit())
    when 'police' then police_unit = (select me_unit()) when 'border_police' then police_unit = (select me_unit())
    when 'responsible_authority' then track else false end);
create policy see on proceeding_named for select to mb_app using (exists (select from proceeding p where p.id = proceeding_named.id));
create policy begin on proceeding_named for insert to mb_app with check (exists (select from proceeding p where p.id = proceeding_named.id));
create policy number on proceeding_named for update to mb_app using ((select me_role()) = 'prosecutor'
  and exists (select from proceeding p where p.id = proceeding_named.id));
-- The police are out of whatever concerns the victims' help.
create policy see on proceeding_sensitive for select to mb_app using ((select me_role()) in ('prosecutor', 'responsible_authority')
  and exists (select from proceeding p where p.id = proceeding_sensitive.id));
create policy begin on proceeding_sensitive for insert to mb_app with check (exists (select from proceeding p where p.id = proceeding_sensitive.id));
do $$
declare
  t text;
begin
  -- What everybody who sees the proceeding sees of it.
  foreach t in array array['proceeding_article', 'proceeding_step', 'proceeding_victim', 'proceeding_suspect', 'proceeding_asset', 'proceeding_text'] loop
    execute format('create policy see on %1$I for select to mb_app using (exists (select from proceeding p where p.id = %1$I.proceeding_id))', t);
  end loop;
  foreach t in array array['proceeding_aid', 'proceeding_measure', 'proceeding_claim', 'proceeding_text_sensitive'] loop
    execute format('create policy see on %1$I for select to mb_app using ((select me_role()) in (''prosecutor'', ''responsible_authority'')
      and exists (select from proceeding p where p.id = %1$I.proceeding_id))', t);
  end loop;
  foreach t in array array['proceeding_article', 'proceeding_step', 'proceeding_victim', 'proceeding_suspect', 'proceeding_asset', 'proceeding_text',
      'proceeding_aid', 'proceeding_measure', 'proceeding_claim', 'proceeding_text_sensitive'] loop
    execute format('create policy write on %1$I for insert to mb_app with check (exists (select from proceeding p where p.id = %1$I.proceeding_id))', t);
    execute format('create trigger follow_event_new after insert on %I for each row execute function follow_event(''proceeding'', ''proceeding_id'')', t);
  end loop;
  foreach t in array array['proceeding_article', 'proceeding_victim', 'proceeding_suspect', 'proceeding_asset', 'proceeding_aid', 'proceeding_measure',
      'proceeding_claim'] loop
    execute format('create policy change on %1$I for update to mb_app using (exists (select from proceeding p where p.id = %1$I.proceeding_id))', t);
    execute format('create trigger follow_event after update on %I for each row when (old.* is distinct from new.*)
      execute function follow_event(''proceeding'', ''proceeding_id'')', t);
  end loop;
  -- Suspects' names: for those who charge them.
  foreach t in array array['proceeding_suspect_named', 'proceeding_suspect_sensitive'] loop
    execute format('create policy see on %1$I for select to mb_app using ((select me_role()) in (''prosecutor'', ''police'', ''border_police'')
      and exists (select from proceeding_suspect s where s.id = %1$I.id))', t);
    execute format('create policy write on %1$I for insert to mb_app with check ((select me_role()) in (''prosecutor'', ''police'', ''border_police'')
      and exists (select from proceeding_suspect s join proceeding p on p.id = s.proceeding_id, event_of_now(''proceeding'', p.id) e where s.id = %1$I.id))', t);
  end loop;
end $$;
create policy sealed on witness_protection for select to mb_app using ((select me_role()) = 'prosecutor'
  and exists (select from proceeding p where p.id = witness_protection.proceeding_id));
create policy sealed_new on witness_protection for insert to mb_app with check ((select me_role()) = 'prosecutor'
  and exists (select from proceeding p where p.id = witness_protection.proceeding_id));
create policy sealed_change on witness_protection for update to mb_app using ((select me_role()) = 'prosecutor'
  and exists (select from proceeding p where p.id = witness_protection.proceeding_id));
create policy authority on non_punishment_flag for select to mb_app using ((select me_role()) = 'responsible_authority');
create policy authority_reviews on non_punishment_flag for update to mb_app using ((select me_role()) = 'responsible_authority');
create policy authority on non_punishment_flag_named for select to mb_app using ((select me_role()) = 'responsible_authority');
create policy authority_reviews on non_punishment_flag_named for insert to mb_app with check ((select me_role()) = 'responsible_authority');

create trigger follow_event_new after insert on proceeding for each row execute function follow_event('proceeding', 'id', 'version');
create trigger follow_event after update on proceeding for each row when (old.* is distinct from new.*)
  execute function follow_event('proceeding', 'id', 'version');
create trigger follow_event_new after insert on proceeding_named for each row execute function follow_event('proceeding', 'id');
create trigger follow_event after update on proceeding_named for each row when (old.* is distinct from new.*)
  execute function follow_event('proceeding', 'id');
create trigger follow_event_new after insert on proceeding_sensitive for each row execute function follow_event('proceeding', 'id');
create trigger follow_event_new after insert on witness_protection for each row execute function follow_event('witness_protection', 'id', 'version');
create trigger follow_event after update on witness_protection for each row when (old.* is distinct from new.*)
  execute function follow_event('witness_protection', 'id', 'version');
create trigger follow_event after update on non_punishment_flag for each row when (old.* is distinct from new.*)
  execute function follow_event('non_punishment_flag', 'id', 'version');
create trigger follow_event_new after insert on non_punishment_flag_named for each row execute function follow_event('non_punishment_flag', 'id');
create trigger follow_event_new after insert on proceeding_order for each row execute function follow_event('proceeding_order', 'id', 'version');
create trigger follow_event after update on proceeding_order for each row when (old.* is distinct from new.*)
  execute function follow_event('proceeding_order', 'id', 'version');
create trigger follow_event_new after insert on proceeding_order_named for each row execute function follow_event('proceeding_order', 'id');
create trigger follow_event after update on proceeding_order_named for each row when (old.* is distinct from new.*)
  execute function follow_event('proceeding_order', 'id');
create trigger follow_event_new after insert on proceeding_order_sensitive for each row execute function follow_event('proceeding_order', 'id');

-- Does the reader keep this person's file: the Responsible Authority of the track, a child's case manager, deputy and head, an adult's
-- manager, unit and regional social service. Never the police, never a prosecutor.
create function keeps_file(p_nrm uuid, p_case uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from nrm_file f where f.id = p_nrm and (case when me_role() = 'responsible_authority' then not f.lowered
      when f.subject = 'adult' then me_role() in ('social_service', 'shelter')
        and (f.unit_id = me_unit() or me_role() = 'social_service' and f.county = me_county())
      else false end))
    or exists (select from case_file c where c.id in (p_case, (select f.case_id from nrm_file f where f.id = p_nrm))
      and (me_role() = 'cpw' and c.unit_id = me_unit() and me_user() in (c.manager_id, c.deputy_id)
        or me_role() = 'cpu_head' and c.unit_id = me_unit()))
$$;
grant execute on function keeps_file(uuid, uuid) to mb_app;

create policy askers on proceeding_order for select to mb_app using (asked_unit = (select me_unit())
  and (select me_role()) in ('prosecutor', 'police', 'border_police'));
create policy keepers on proceeding_order for select to mb_app using (
  (select me_role()) in ('responsible_authority', 'cpw', 'cpu_head', 'social_service', 'shelter') and keeps_file(nrm_id, case_id));
create policy asked on proceeding_order for insert to mb_app with check (asked_unit = (select me_unit()) and asked_by = (select me_user())
  and state = 'received' and exists (select from proceeding_victim v where v.id = proceeding_order.victim_id
    and v.proceeding_id = proceeding_order.proceeding_id));
create policy keepers_act on proceeding_order for update to mb_app using (
  (select me_role()) in ('responsible_authority', 'cpw', 'cpu_head', 'social_service', 'shelter') and keeps_file(nrm_id, case_id));
create policy with_order on proceeding_order_named for select to mb_app using (exists (select from proceeding_order o where o.id = proceeding_order_named.id));
create policy with_order_new on proceeding_order_named for insert to mb_app
  with check (exists (select from proceeding_order o where o.id = proceeding_order_named.id and o.asked_by = (select me_user())));
create policy with_order_change on proceeding_order_named for update to mb_app using (exists (select from proceeding_order o
  where o.id = proceeding_order_named.id and o.asked_unit is distinct from (select me_unit())));
create policy askers on proceeding_order_sensitive for select to mb_app using (exists (select from proceeding_order o
  where o.id = proceeding_order_sensitive.id and o.asked_unit = (select me_unit()) and (select me_role()) in ('prosecutor', 'police', 'border_police')));
create policy keepers_give on proceeding_order_sensitive for insert to mb_app with check (exists (select from proceeding_order o
  where o.id = proceeding_order_sensitive.id and keeps_file(o.nrm_id, o.case_id)));

-- Those who keep the file are told that something is asked of it; whoever asks learns not who they are.
create function tell_keepers(p_order uuid, p_code text, p_now timestamptz) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  o record;
begin
  select x.code, x.nrm_id, x.case_id, c.unit_id as case_unit, c.manager_id, f.unit_id as file_unit, f.subject into o from proceeding_order x
    left join case_file c on c.id = x.case_id left join nrm_file f on f.id = x.nrm_id
    where x.id = p_order and exists (select 1 from event e where e.record_id = x.id and e.kind = 'proceeding_order' and e.xid = pg_current_xact_id());
  if o.code is null or p_code not in ('proceeding_order_asked', 'proceeding_order_checked') then
    raise exception 'keepers are told only together with the event' using errcode = 'insufficient_privilege';
  end if;
  if p_code = 'proceeding_order_asked' and o.nrm_id is not null then
    insert into notice (id, at, role, code, record_kind, record_id, label)
      values (gen_random_uuid(), p_now, 'responsible_authority', p_code, 'proceeding_order', p_order, o.code);
  elsif p_code = 'proceeding_order_asked' then
    insert into notice (id, at, unit_id, role, code, record_kind, record_id, label)
      values (gen_random_uuid(), p_now, o.case_unit, 'cpu_head', p_code, 'proceeding_order', p_order, o.code);
  elsif o.manager_id is not null then
    insert into notice (id, at, unit_id, user_id, code, record_kind, record_id, label)
      values (gen_random_uuid(), p_now, o.case_unit, o.manager_id, p_code, 'proceeding_order', p_order, o.code);
  elsif o.subject = 'adult' then
    insert into notice (id, at, unit_id, code, record_kind, record_id, label)
      values (gen_random_uuid(), p_now, o.file_unit, p_code, 'proceeding_order', p_order, o.code);
  end if;
end $$;
grant execute on function tell_keepers(uuid, text, timestamptz) to mb_app;

-- Which file a printed code means, for whoever has business with it: the Responsible Authority; the police and prosecutors to whose unit
-- a referral of this person was sent, or who identified an adult. Unknown and out of reach read the same.
create function proceeding_file_of(p_code text) returns table (nrm_id uuid, case_id uuid, subject text) language plpgsql stable
  security definer set search_path = public, pg_temp as $$
begin
  if me_role() = 'responsible_authority' then
    return query select f.id, f.case_id, f.subject from nrm_file f where f.code = p_code and not f.lowered;
  elsif me_role() in ('police', 'border_police', 'prosecutor') then
    return query
      select (select f.id from nrm_file f where f.case_id = c.id and not f.lowered order by f.opened_at desc, f.id desc limit 1), c.id, 'child'
      from case_file c
      where (c.code = p_code or c.id = (select f.case_id from nrm_file f where f.code = p_code and not f.lowered))
        and exists (select from referral r where r.case_id = c.id and r.to_unit_id = me_unit() and r.state not in ('WITHDRAWN', 'EXPIRED', 'DECLINED'))
      union all
      select f.id, null::uuid, 'adult' from nrm_file f where f.code = p_code and f.subject = 'adult' and f.opened_unit = me_unit();
  end if;
end $$;
grant execute on function proceeding_file_of(text) to mb_app;

-- A file of the track that comes after its case was linked: the proceeding belongs to the track from then on.
create function proceedings_enter_track() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update proceeding_victim v set nrm_id = new.id where v.case_id = new.case_id and v.nrm_id is null;
  update proceeding p set track = true where not p.track and exists (select from proceeding_victim v where v.proceeding_id = p.id and v.nrm_id = new.id);
  return new;
end $$;
create trigger proceedings_enter_track after insert on nrm_file for each row when (new.case_id is not null)
  execute function proceedings_enter_track();

-- The office changes as its event says; whoever gives a proceeding away is out of it at once.
create function refer_proceeding(p_id uuid, p_version integer) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  given uuid;
begin
  select (e.facts ->> 'toUnit')::uuid into given from event e where e.record_id = p_id and e.kind = 'proceeding' and e.seq = p_version
    and e.type = 'ProceedingReferred' and e.xid = pg_current_xact_id();
  if given is null or not exists (select from unit u where u.id = given and u.kind = 'prosecution' and u.active) then
    raise exception 'a proceeding is referred only together with its event, to a prosecution office' using errcode = 'insufficient_privilege';
  end if;
  update proceeding set office_unit = given, version = p_version where id = p_id;
end $$;
grant execute on function refer_proceeding(uuid, integer) to mb_app;

-- Whoever is charged and has a file of the track: by what was said, or by the same name with the same day of birth. Whoever asks learns
-- nothing: not whether there was a hit, nor how many.
create function flag_charge(p_suspect uuid, p_now timestamptz) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  s record;
  hit record;
begin
  select x.id, x.proceeding_id, x.victim_id, n.name_key, n.birth, p.code into s from proceeding_suspect x
    join proceeding_suspect_named n on n.id = x.id join proceeding p on p.id = x.proceeding_id
    where x.id = p_suspect and exists (select 1 from event e where e.record_id = x.proceeding_id and e.kind = 'proceeding'
      and e.type in ('ProceedingSuspectAdded', 'ProceedingSuspectMoved') and e.facts ->> 'suspectId' = x.id::text and e.xid = pg_current_xact_id());
  if s.id is null then
    raise exception 'a charge is looked at only together with its event' using errcode = 'insufficient_privilege';
  end if;
  for hit in
    select distinct on (h.nrm_id) h.nrm_id, h.by_what, f.code from (
      select v.nrm_id, 'said' as by_what from proceeding_victim v where v.id = s.victim_id and v.nrm_id is not null
      union all
      select f.id, 'name' from nrm_file f join person_named n on n.id = f.person_id
      where not f.lowered and s.name_key <> '' and n.name_key = s.name_key and n.birth_from = s.birth and n.birth_to = s.birth
    ) h join nrm_file f on f.id = h.nrm_id order by h.nrm_id, h.by_what desc limit 20
  loop
    insert into non_punishment_flag (id, proceeding_id, suspect_id, nrm_id, by_what, state, at)
      values (gen_random_uuid(), s.proceeding_id, s.id, hit.nrm_id, hit.by_what, 'open', p_now) on conflict do nothing;
    if found then
      update proceeding set track = true where id = s.proceeding_id and not track;
      insert into notice (id, at, role, code, record_kind, record_id, label)
        values (gen_random_uuid(), p_now, 'responsible_authority', 'proceeding_flag', 'non_punishment_flag', s.proceeding_id, hit.code);
    end if;
  end loop;
end $$;
grant execute on function flag_charge(uuid, timestamptz) to mb_app;
-- The Responsible Authority asks the prosecution to look at article 52/a: the proceeding says so to the prosecutors, in no more words.
create function raise_non_punishment(p_flag uuid) returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
declare
  office uuid;
begin
  if me_role() is distinct from 'responsible_authority' or not exists (select 1 from event e where e.record_id = p_flag
      and e.kind = 'non_punishment_flag' and e.facts ->> 'state' = 'linked' and e.xid = pg_current_xact_id()) then
    raise exception 'only the Responsible Authority raises it, with its event' using errcode = 'insufficient_privilege';
  end if;
  update proceeding p set non_punishment = true from non_punishment_flag f where f.id = p_flag and p.id = f.proceeding_id
    returning p.office_unit into office;
  return office;
end $$;
grant execute on function raise_non_punishment(uuid) to mb_app;

-- What those who keep a person's file learn of the proceedings: how far, what comes next, help and compensation. No suspect, no number.
create function proceedings_of_file(p_nrm uuid, p_case uuid) returns table (id uuid, code text, victim_id uuid, pseudonym text, stage text, stage_on date,
    outcome text, closed_reason text, next_on date, next_what text, articles text[], aids jsonb, measures text[], claims jsonb, update_by timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select p.id, p.code, v.id, v.pseudonym, p.stage, p.stage_on, p.outcome, p.closed_reason, p.next_on, p.next_what,
    array(select a.article from proceeding_article a where a.proceeding_id = p.id and a.until is null order by a.article),
    coalesce((select jsonb_agg(jsonb_build_object('kind', a.kind, 'basis', a.basis, 'on', a.on_day, 'until', a.until) order by a.on_day, a.id)
      from proceeding_aid a where a.victim_id = v.id), '[]'),
    array(select m.measure from proceeding_measure m where m.victim_id = v.id and m.until is null order by m.measure),
    coalesce((select jsonb_agg(jsonb_build_object('route', c.route, 'state', c.state, 'claimed', c.claimed, 'claimedOn', c.claimed_on, 'awarded', c.awarded,
      'awardedOn', c.awarded_on, 'paid', c.paid, 'paidOn', c.paid_on) order by c.claimed_on, c.id) from proceeding_claim c where c.victim_id = v.id), '[]'),
    p.update_by
  from proceeding_victim v join proceeding p on p.id = v.proceeding_id
  where (v.nrm_id = p_nrm or v.case_id = coalesce(p_case, (select f.case_id from nrm_file f where f.id = p_nrm)))
    and keeps_file(p_nrm, p_case)
  order by p.opened_at desc, p.id limit 50
$$;
grant execute on function proceedings_of_file(uuid, uuid) to mb_app;

-- Counts for the integrated analysis of closed cases; whoever shows them hides what is small.
create function proceeding_closed_counts(p_from date, p_until date) returns table (reason text, stage text, article text, n integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  select p.closed_reason, p.closed_from, coalesce(a.article, 'none'), count(distinct p.id)::integer
  from proceeding p left join proceeding_article a on a.proceeding_id = p.id and a.until is null
  where p.stage = 'closed' and p.stage_on >= p_from and p.stage_on < p_until
    and me_role() in ('prosecutor', 'police', 'responsible_authority', 'coordinator') group by 1, 2, 3
$$;
grant execute on function proceeding_closed_counts(date, date) to mb_app;
-- Each proceeding once, whatever its articles.
create function proceeding_closed_once(p_from date, p_until date) returns table (reason text, stage text, article text, n integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  select p.closed_reason, p.closed_from, 'all', count(*)::integer from proceeding p
  where p.stage = 'closed' and p.stage_on >= p_from and p.stage_on < p_until
    and me_role() in ('prosecutor', 'police', 'responsible_authority', 'coordinator') group by 1, 2
$$;
grant execute on function proceeding_closed_once(date, date) to mb_app;

-- What indicators of the plans count of proceedings: whole numbers of the nation, no row leaves.
create function proceeding_figures(p_from date, p_until date) returns table (measure text, n bigint, total bigint)
  language sql stable security definer set search_path = public, pg_temp as $$
  with free as (
    select v.id, v.subject, coalesce(f.person_id, c.person_id, v.id) as person, a.kind from proceeding_aid a
      join proceeding_victim v on v.id = a.victim_id left join nrm_file f on f.id = v.nrm_id left join case_file c on c.id = v.case_id
    where a.basis <> 'own' and v.nrm_id is not null and a.on_day < p_until and (a.until is null or a.until >= p_from)
  ), open_at_end as (
    select p.id from proceeding p where p.track and p.office_unit is not null and p.opened_on < p_until
      and (p.stage <> 'closed' or p.stage_on >= p_until)
  ), told as (
    select o.id from open_at_end o where exists (select from proceeding_step s where s.proceeding_id = o.id
        and s.kind in ('moved', 'closed', 'reopened') and (s.at at time zone 'Europe/Tirane')::date between p_until - 90 and p_until - 1)
      or exists (select from proceeding_text_sensitive x where x.proceeding_id = o.id and x.name = 'told'
        and (x.at at time zone 'Europe/Tirane')::date between p_until - 90 and p_until - 1)
  )
  select 'registered', (select count(*) from proceeding p where p.opened_on >= p_from and p.opened_on < p_until), null::bigint
  union all select 'told', (select count(*) from told), (select count(*) from open_at_end)
  union all select 'aided', (select count(*) from (select person from free group by person having count(distinct kind) = 2) x), null
  union all select 'scheme_paid', (select count(distinct coalesce(f.person_id, v.id)) from proceeding_claim k join proceeding_victim v on v.id = k.victim_id
    left join nrm_file f on f.id = v.nrm_id where k.route = 'state_scheme' and k.paid_on >= p_from and k.paid_on < p_until), null
  union all select 'executed', (select count(*) from proceeding_claim k where k.route <> 'state_scheme' and k.state = 'executed'
    and k.paid_on >= p_from and k.paid_on < p_until), null
$$;
grant execute on function proceeding_figures(date, date) to mb_app;

-- Lawful erasure: names, words and seals go; stages, articles, days and amounts stay.
create function records_of_proceeding(p_id uuid) returns table (kind text, id uuid) language sql stable security definer
  set search_path = public, pg_temp as $$
    select 'proceeding', p.id from proceeding p where p.id = p_id
    union all select 'witness_protection', w.id from witness_protection w where w.proceeding_id = p_id
    union all select 'non_punishment_flag', f.id from non_punishment_flag f where f.proceeding_id = p_id
    union all select 'proceeding_order', o.id from proceeding_order o where o.proceeding_id = p_id
$$;
grant execute on function records_of_proceeding(uuid) to mb_retention;
create function extracts_of_file(p_id uuid) returns table (kind text, id uuid) language sql stable security definer
  set search_path = public, pg_temp as $$
    select 'proceeding_order', o.id from proceeding_order o
    where p_id in (o.case_id, o.nrm_id) or o.nrm_id in (select f.id from nrm_file f where f.case_id = p_id)
$$;
grant execute on function extracts_of_file(uuid) to mb_retention;
create function erase_proceeding(p_kind text, p_id uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from event e where e.record_id = p_id and e.kind = p_kind and e.type = 'Erased' and e.xid = pg_current_xact_id()) then
    raise exception 'nothing is erased without its event' using errcode = 'insufficient_privilege';
  end if;
  case p_kind
    when 'proceeding' then
      update proceeding_named set number = null, facts = '–' where id = p_id;
      update proceeding_suspect_named n set given_name = null, family_name = null, birth = null, name_key = ''
        from proceeding_suspect s where s.id = n.id and s.proceeding_id = p_id;
      update proceeding_suspect_sensitive n set sealed = null from proceeding_suspect s where s.id = n.id and s.proceeding_id = p_id;
      delete from proceeding_text where proceeding_id = p_id;
      delete from proceeding_text_sensitive where proceeding_id = p_id;
    when 'non_punishment_flag' then
      update non_punishment_flag_named set words = '–' where id = p_id;
    when 'proceeding_order' then
      update proceeding_order_named set words = '–', opinion = case when opinion is null then null else '–' end,
        refusal = case when refusal is null then null else '–' end where id = p_id;
      delete from proceeding_order_sensitive where id = p_id;
    when 'witness_protection' then
      null;
    else
      raise exception 'records of kind % hold nothing to erase', p_kind;
  end case;
  execute format('update %I set version = (select h.version from record_head h where h.record_id = $1 and h.kind = $2) where id = $1', p_kind)
    using p_id, p_kind;
end $$;
grant execute on function erase_proceeding(text, uuid) to mb_retention;

-- Sealed tips are worked: taken up by an officer, measures one after the other, closed. No link to anything else is made by it.
alter table integrity_tip add column state text not null default 'received' check (state in ('received', 'in_work', 'closed')),
  add column officer_id uuid, add column closed_on date;
update integrity_tip set state = 'closed', closed_on = measured_on where measure is not null;
create table integrity_measure (
  id uuid primary key,
  tip_id uuid not null references integrity_tip,
  measure text not null check (measure ~ '^[a-z_]{2,40}$'),
  on_day date not null
);
create index integrity_measure_of on integrity_measure (tip_id, on_day, id);
select protect_table('integrity_measure', 'T5', 'measures taken on a sealed tip, for the Internal Affairs and Complaints Service alone');
insert into integrity_measure (id, tip_id, measure, on_day) select gen_random_uuid(), t.id, t.measure, t.measured_on from integrity_tip t
  where t.measure is not null;
grant select, insert on integrity_measure to mb_app;
grant update (state, officer_id, closed_on) on integrity_tip to mb_app;
create policy sealed on integrity_measure for select to mb_app using ((select me_role()) = 'internal_affairs');
create policy sealed_new on integrity_measure for insert to mb_app with check ((select me_role()) = 'internal_affairs'
  and exists (select from event_of_now('integrity_tip', integrity_measure.tip_id)));

grant select (id, tip_id, measure, on_day) on integrity_measure to mb_stats;
create policy statistics_read on integrity_measure for select to mb_stats using (true);
-- Each measure counts, not the last of a tip alone.
grant create on schema public to mb_stats;
set role mb_stats;
create or replace view counted_tip as
  select t.id, null::uuid as case_id, 'tip'::text as measure, first_of_month(t.on_day) as month, ''::text as municipality, ''::text as sex,
    ''::text as age, ''::text as a, ''::text as b, 1::bigint as n, 0::bigint as s
  from integrity_tip t
  union all
  select m.id, null::uuid, 'tip_measure'::text, first_of_month(m.on_day), ''::text, ''::text, ''::text, m.measure, ''::text, 1::bigint, 0::bigint
  from integrity_measure m;
create function roll_integrity_measure() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, n, s from counted_tip where id = new.id;
  return null;
end $$;
revoke all on function roll_integrity_measure() from public;
grant execute on function roll_integrity_measure() to mb_owner;
set role mb_owner;
revoke create on schema public from mb_stats;
create trigger roll_in after insert on integrity_measure for each row execute function roll_integrity_measure();

-- By way of break-glass or a grant these are read and never written either.
select read_only_when_opened();
