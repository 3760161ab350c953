-- The work list's saved filters, and the words of T3 texts by which a reader finds them in the cases that they may read.

-- Filters of the work list: a person's own, and those that a head shares with the unit. They say codes, never a person's name.
create table work_filter (
  id uuid primary key,
  version integer not null check (version > 0),
  user_id uuid not null references app_user,
  unit_id uuid not null references unit,
  name text not null check (length(name) between 1 and 60),
  shared boolean not null default false,
  criteria jsonb not null check (jsonb_typeof(criteria) = 'object' and pg_column_size(criteria) <= 4096),
  saved_at timestamptz not null
);
create index work_filter_of on work_filter (user_id);
create index work_filter_shared on work_filter (unit_id) where shared;
select protect_table('work_filter', 'T2', 'saved filters of the work list: whose, what they are called, which codes they choose');
grant select, insert, delete on work_filter to mb_app;
grant update (version, name, shared, criteria, saved_at) on work_filter to mb_app;
create policy own_and_shared on work_filter for select to mb_app
  using (user_id = (select me_user()) or (shared and unit_id = (select me_unit())));
create policy keep on work_filter for insert to mb_app with check (user_id = (select me_user()) and unit_id = (select me_unit())
  and (not shared or (select me_role()) = 'cpu_head'));
create policy change on work_filter for update to mb_app using (user_id = (select me_user()))
  with check (user_id = (select me_user()) and (not shared or (select me_role()) = 'cpu_head'));
create policy remove on work_filter for delete to mb_app using (user_id = (select me_user()));
create trigger follow_event_new after insert or delete on work_filter for each row execute function follow_event('work_filter', 'id');
create trigger follow_event after update on work_filter for each row when (old.* is distinct from new.*)
  execute function follow_event('work_filter', 'id', 'version');

-- Words of texts ----------------------------------------------------------------------------------------------------------
-- A text as words: lower case without marks (ë→e, ç→c, ά→α), each run of letters and digits once, none longer than 60 signs.
-- The query goes through the same door, so both always agree. The ranges are what stands between words, in any script.
create function words_of(p text) returns text[] language sql immutable parallel safe strict return array(
  select distinct left(w, 60) from regexp_split_to_table(lower(regexp_replace(normalize(left(p, 100000), NFD), '[\u0300-\u036f]+', '', 'g')),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+') w where w <> '');
-- What a person wrote in a value: its strings; a string of a code's shape only where codes are not to be expected.
create function said_in(p jsonb, p_codes boolean) returns text language sql immutable parallel safe strict return (
  select string_agg(s #>> '{}', ' ') from jsonb_path_query(p, 'lax $.** ? (@.type() == "string")') s
   where not p_codes or s #>> '{}' !~ '^[a-z0-9_:.-]+$');
-- By whom a case is read at T3, as words that no text holds: its worker, deputy, unit; the director's and the authority's share.
create function case_scope(c case_file) returns text[] language sql immutable parallel safe return array_remove(array[
  '/w' || c.manager_id, '/w' || c.deputy_id, '/u' || c.unit_id,
  case when c.has_measure or (c.status = 'CLOSURE_PROPOSED' and c.manager_is_head) then '/d' || c.municipality end,
  case when c.vmt_status in ('vmt', 'formal_pending', 'vt', 'not_confirmed', 'declined_formal', 'exited') then '/v' end], null);
grant execute on function words_of(text) to mb_app, mb_search, mb_retention, mb_jobs;
grant execute on function said_in(jsonb, boolean) to mb_app, mb_search, mb_retention, mb_jobs;

-- One row a text, as words in no order; the text itself stays where it is and is read there under its own policies. Sensitive
-- and sealed texts (T4, T5) lie in other tables, which write nothing here.
create table case_word (
  id uuid primary key default gen_random_uuid(),
  case_id uuid not null references case_file,
  source text not null check (source in ('text', 'answer', 'summary', 'near', 'report', 'addition')),
  ref uuid not null,
  part text not null default '' check (length(part) <= 60),
  at timestamptz not null,
  words tsvector not null,
  unique (source, ref, part, case_id)
);
create index case_word_of on case_word (case_id);
create index case_word_words on case_word using gin (words);
select protect_table('case_word', 'T3', 'words of identified texts of cases, without order, and by whom each is found');
grant select on case_word to mb_search;
grant select (id, unit_id) on report to mb_search;
grant select (id, report_id) on report_addition to mb_search;
create policy search_reads on report for select to mb_search using (true);
create policy search_reads on report_addition for select to mb_search using (true);
create policy search_reads on case_word for select to mb_search using (true);

-- Written only by the triggers below. A text without words leaves no row.
create function keep_words(p_case uuid, p_source text, p_ref uuid, p_part text, p_at timestamptz, p_text text) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found text[] := words_of(p_text);
begin
  if coalesce(cardinality(found), 0) = 0 then
    delete from case_word where source = p_source and ref = p_ref and part = p_part and case_id = p_case;
  else
    insert into case_word (case_id, source, ref, part, at, words)
      select c.id, p_source, p_ref, p_part, date_trunc('milliseconds', p_at), array_to_tsvector(found || case_scope(c)) from case_file c where c.id = p_case
      on conflict (source, ref, part, case_id) do update set at = excluded.at, words = excluded.words;
  end if;
end $$;

create function follow_text() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    delete from case_word where source = 'text' and ref = old.id;
  else
    perform keep_words(new.case_id, 'text', new.id, new.name, new.at, said_in(new.body, jsonb_typeof(new.body) <> 'string'));
  end if;
  return null;
end $$;
create trigger words_follow after insert or update or delete on case_text for each row execute function follow_text();

create function follow_answer() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    delete from case_word where source = 'answer' and ref = old.assessment_id and part = old.question_key;
  else
    perform keep_words(new.case_id, 'answer', new.assessment_id, new.question_key,
      (select a.at from assessment a where a.id = new.assessment_id), said_in(new.value, true));
  end if;
  return null;
end $$;
create trigger words_follow after insert or update or delete on answer_named for each row execute function follow_answer();

create function follow_summary() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_words(new.id, 'summary', new.id, 'summary', (select c.opened_at from case_file c where c.id = new.id),
    concat_ws(' ', new.summary, new.safe_contact));
  return null;
end $$;
create trigger words_follow after update on case_file_named for each row execute function follow_summary();
create trigger words_follow_new after insert on case_file_named for each row when (new.summary is not null or new.safe_contact is not null)
  execute function follow_summary();

create function follow_near() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    delete from case_word where source = 'near' and ref = old.id;
  else
    perform keep_words(new.case_id, 'near', new.id, '', new.at, concat_ws(' ', new.name, new.remark));
  end if;
  return null;
end $$;
create trigger words_follow after insert or update or delete on case_person_near for each row execute function follow_near();

-- What was reported is found in the cases that answer the report.
create function follow_case_report() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    delete from case_word w where w.case_id = old.case_id and (w.source = 'report' and w.ref = old.report_id
      or w.source = 'addition' and w.ref in (select a.id from report_addition a where a.report_id = old.report_id));
  else
    perform keep_words(new.case_id, 'report', n.id, '', r.received_at, n.narrative)
      from report_named n join report r using (id) where n.id = new.report_id;
    perform keep_words(new.case_id, 'addition', a.id, '', a.at, a.text) from report_addition a where a.report_id = new.report_id;
  end if;
  return null;
end $$;
create trigger words_follow after insert or delete on case_report for each row execute function follow_case_report();
create function follow_report() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_words(k.case_id, 'report', new.id, '', r.received_at, new.narrative)
    from case_report k join report r on r.id = k.report_id where k.report_id = new.id;
  return null;
end $$;
create trigger words_follow after update of narrative on report_named for each row execute function follow_report();
create function follow_addition() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    delete from case_word where source = 'addition' and ref = old.id;
  else
    perform keep_words(k.case_id, 'addition', new.id, '', new.at, new.text) from case_report k where k.report_id = new.report_id;
  end if;
  return null;
end $$;
create trigger words_follow after insert or update or delete on report_addition for each row execute function follow_addition();

-- A case given to somebody else is found by them, and by nobody else, from the same moment.
create function follow_scope() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update case_word set words = array_to_tsvector(array(select w from unnest(tsvector_to_array(words)) w where w not like '/%') || case_scope(new))
   where case_id = new.id;
  return null;
end $$;
create trigger words_follow after update on case_file for each row when (
  (old.manager_id, old.deputy_id, old.unit_id, old.municipality, old.manager_is_head, old.has_measure, old.vmt_status, old.status = 'CLOSURE_PROPOSED')
  is distinct from
  (new.manager_id, new.deputy_id, new.unit_id, new.municipality, new.manager_is_head, new.has_measure, new.vmt_status, new.status = 'CLOSURE_PROPOSED'))
  execute function follow_scope();

-- Texts of before.
insert into case_word (case_id, source, ref, part, at, words)
select t.case_id, t.source, t.ref, t.part, date_trunc('milliseconds', t.at), array_to_tsvector(words_of(t.said) || case_scope(c))
from (
    select case_id, 'text' as source, id as ref, name as part, at, said_in(body, jsonb_typeof(body) <> 'string') as said from case_text
    union all select n.case_id, 'answer', n.assessment_id, n.question_key, a.at, said_in(n.value, true)
      from answer_named n join assessment a on a.id = n.assessment_id
    union all select n.id, 'summary', n.id, 'summary', k.opened_at, concat_ws(' ', n.summary, n.safe_contact)
      from case_file_named n join case_file k on k.id = n.id
    union all select case_id, 'near', id, '', at, concat_ws(' ', name, remark) from case_person_near
    union all select k.case_id, 'report', n.id, '', r.received_at, n.narrative
      from case_report k join report r on r.id = k.report_id join report_named n on n.id = r.id
    union all select k.case_id, 'addition', a.id, '', a.at, a.text from case_report k join report_addition a on a.report_id = k.report_id
  ) t join case_file c on c.id = t.case_id
where cardinality(words_of(t.said)) > 0;

-- Where these words stand, newest first, in cases that the caller reads at T3: the conditions of `case_file` and `case_file_named`
-- (0005, `src/domain/case/policy.ts`), first as words of the index and then on the row of each case found. The texts are read
-- afterwards under their own policies, so nothing is shown that those would not show. Each word may be only begun.
grant create on schema public to mb_search;
create function find_words(p_asked text, p_at timestamptz, p_id uuid, p_limit integer)
  returns table (id uuid, case_id uuid, code text, status text, source text, ref uuid, part text, at timestamptz)
  language plpgsql stable security definer set search_path = public, pg_temp set max_parallel_workers_per_gather = 0 rows 20 as $$
declare
  who uuid := me_user();
  place uuid := me_unit();
  acting text := me_role();
  asked text[] := words_of(p_asked);
  -- For whom a colleague stands in (0043).
  away uuid[] := case when acting = 'cpw' then stood_in_for() else '{}' end;
  scope text := case acting
    when 'cpw' then (select string_agg(quote_literal('/w' || w), ' | ') from unnest(who || away) w)
    when 'cpu_head' then quote_literal('/u' || place)
    when 'municipal_director' then quote_literal('/d' || me_municipality())
    when 'responsible_authority' then quote_literal('/v')
    when 'state_agency' then case when me_purpose() in ('monitoring', 'complaint', 'case_review') then '' end
  end;
  query tsquery;
begin
  asked := array(select a from unnest(asked) a where length(a) > 1 order by length(a) desc limit 6);
  if scope is null or cardinality(asked) = 0 then
    return;
  end if;
  query := (select string_agg(quote_literal(a) || ':*', ' & ') from unnest(asked) a)
    || case scope when '' then '' else ' & (' || scope || ')' end;
  -- Planned for these very words: a rare word and a common one are looked up in different ways.
  return query execute 'select w.id, c.id, c.code, c.status, w.source, w.ref, w.part, w.at
      from case_word w join case_file c on c.id = w.case_id
      where w.words @@ $1 and (w.at, w.id) < (coalesce($2, ''infinity''), coalesce($3, ''ffffffff-ffff-ffff-ffff-ffffffffffff''))
        and case $5 when ''cpw'' then c.unit_id = $6 and ($7 in (c.manager_id, c.deputy_id) or c.manager_id = any ($9))
          when ''cpu_head'' then c.unit_id = $6
          when ''municipal_director'' then c.municipality = $8 and (c.has_measure or (c.status = ''CLOSURE_PROPOSED'' and c.manager_is_head))
          when ''responsible_authority'' then c.vmt_status in (''vmt'', ''formal_pending'', ''vt'', ''not_confirmed'', ''declined_formal'', ''exited'')
          else true end
        -- What a report tells is for the unit that it went to, whoever has the case now.
        and (w.source not in (''report'', ''addition'') or $5 in (''cpw'', ''cpu_head'') and exists (select from report r
          where r.unit_id = $6 and r.id = case w.source when ''report'' then w.ref
            else (select a.report_id from report_addition a where a.id = w.ref) end))
      order by w.at desc, w.id desc limit $4'
    using query, p_at, p_id, p_limit, acting, place, who, me_municipality(), away;
end $$;
grant execute on function find_words(text, timestamptz, uuid, integer) to mb_app;
alter function find_words(text, timestamptz, uuid, integer) owner to mb_search;
revoke create on schema public from mb_search;
grant execute on function words_of(text) to mb_search;
