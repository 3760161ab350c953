-- A place that is asked for a bed answers in its own words: why it refuses, what it needs to know when it promises.

create table bed_hold_named (
  id uuid primary key references bed_hold,
  said text not null check (length(said) between 1 and 1000),
  said_by uuid not null,
  said_at timestamptz not null
);
select protect_table('bed_hold_named', 'T3', 'what a place wrote to whoever asked it for a bed');
grant select, insert on bed_hold_named to mb_app;

-- Whoever asked, the head of that unit, and the staff of the place. Once the bed is planned for somebody, whoever reads where that is.
create function reads_bed_words(p_hold uuid, p_unit uuid, p_by uuid, p_place uuid) returns boolean language sql stable as $$
  select coalesce(keeps_care_place(p_place)
    or (me_role() = 'state_agency' and me_purpose() in ('monitoring', 'complaint', 'case_review'))
    or (holds_bed(p_hold, p_unit) and (p_by = me_user() or me_role() = 'cpu_head'
      or exists (select 1 from placement_place p where p.bed_hold_id = p_hold)
      or exists (select 1 from shelter_stay_place s where s.bed_hold_id = p_hold))), false)
$$;
grant execute on function reads_bed_words(uuid, uuid, uuid, uuid) to mb_app;
create policy see on bed_hold_named for select to mb_app using (exists (select 1 from bed_hold h where h.id = bed_hold_named.id
  and reads_bed_words(h.id, h.held_by_unit, h.held_by_id, h.care_place_id)));
-- Only the place answers, and only what it promises or refuses now.
create policy add on bed_hold_named for insert to mb_app with check (said_by = (select me_user()) and exists (select 1 from bed_hold h
  where h.id = bed_hold_named.id and h.state in ('CONFIRMED', 'REFUSED') and keeps_care_place(h.care_place_id)));
-- A lawful erasure lifts the version and nothing else (0040 takes every change of the row for an act).
do $$
declare
  was text := pg_get_functiondef('guard_bed()'::regprocedure);
  told text := replace(was, $f$  if tg_op = 'UPDATE' then
    if$f$, $f$  if tg_op = 'UPDATE' then
    if to_jsonb(new) - 'version' = to_jsonb(old) - 'version' then
      return new;
    end if;
    if$f$);
begin
  if told = was then
    raise exception 'guard_bed is not as it was';
  end if;
  execute told;
end $$;
create trigger follow_event_new after insert on bed_hold_named for each row execute function follow_event('bed_hold', 'id');

-- Lawful erasure: with the place, with the case or the file whose placement or stay the bed was, or by itself (0039, 0062).
do $$
declare
  was text := pg_get_functiondef('erase_names(text, text, uuid, uuid)'::regprocedure);
  told text := replace(was, $f$    when 'local_budget_line' then$f$, $f$    when 'bed_hold' then
      delete from bed_hold_named where id = p_id;
    when 'local_budget_line' then$f$);
begin
  if told = was then
    raise exception 'erase_names is not as it was';
  end if;
  execute told;
  was := pg_get_functiondef('records_of_names(text, uuid)'::regprocedure);
  told := replace(was, $f$    select 'care_visit', v.id,$f$, $f$    select 'bed_hold', h.id, 'bed_hold', h.id, null from bed_hold h join bed_hold_named n on n.id = h.id
      where p_kind = 'care_place' and h.care_place_id = p_id
    union all
    select 'care_visit', v.id,$f$);
  if told = was then
    raise exception 'records_of_names is not as it was';
  end if;
  execute told;
  was := pg_get_functiondef('records_of_case(uuid)'::regprocedure);
  told := replace(was, $f$    union all select 'nrm_file', n.id$f$, $f$    union all select 'bed_hold', b.id from bed_hold_named b join placement_place p on p.bed_hold_id = b.id where p.case_id = p_case
    union all select 'nrm_file', n.id$f$);
  if told = was then
    raise exception 'records_of_case is not as it was';
  end if;
  execute told;
  was := pg_get_functiondef('records_of_nrm(uuid)'::regprocedure);
  told := replace(was, $f$    union all select 'shelter_stay', y.id$f$, $f$    union all select 'bed_hold', b.id from bed_hold_named b join shelter_stay_place y on y.bed_hold_id = b.id where y.nrm_id = p_id
    union all select 'shelter_stay', y.id$f$);
  if told = was then
    raise exception 'records_of_nrm is not as it was';
  end if;
  execute told;
end $$;
