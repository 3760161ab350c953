-- Parting two persons that were found to be one takes two people as well: one proposes with a reason, another confirms.
alter table person_merge add column parting_by uuid, add column parting_at timestamptz,
  add check ((parting_by is null) = (parting_at is null)),
  -- Those parted before by one person stay as they are; from now on nobody parts alone.
  add constraint person_merge_parted_by_two check (state <> 'undone' or (parting_by is not null and undone_by <> parting_by)) not valid;
grant update (parting_by, parting_at) on person_merge to mb_app;
create index person_merge_parting on person_merge (parting_at desc, id desc) where parting_at is not null and state = 'confirmed';

-- As before (0028), and a link is only cut where somebody else had proposed it.
create or replace function move_person(p_person uuid, p_version integer) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  e event;
  target uuid;
begin
  select * into e from event x where x.record_id = p_person and x.kind = 'person' and x.seq = p_version
    and x.xid = pg_current_xact_id();
  if e.id is null then
    raise exception 'a person changes only together with its event' using errcode = 'insufficient_privilege';
  end if;
  if e.type = 'PersonsMerged' then
    target := (e.facts ->> 'intoId')::uuid;
    if exists (select 1 from person p where p.same_as = p_person)
        or not exists (select 1 from person p where p.id = target and p.same_as is null) then
      raise exception 'links between persons form no chain';
    end if;
    update person set same_as = target, version = p_version where id = p_person and version < p_version;
  elsif e.type = 'PersonsParted' then
    if not exists (select 1 from person_merge m where m.id = (e.facts ->> 'mergeId')::uuid and m.person_id = p_person
        and m.state = 'confirmed' and m.parting_by <> me_user()) then
      raise exception 'nobody parts two persons alone' using errcode = 'insufficient_privilege';
    end if;
    update person set same_as = null, version = p_version where id = p_person and version < p_version;
  else
    update person set version = p_version where id = p_person and version < p_version;
  end if;
end $$;
