-- What a review asks to be mended in a file is its manager's: it goes with the file to whoever manages it next, and does not stay with
-- somebody who may not open it any more.
create function mends_follow_manager() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update case_review_action set owner_id = new.manager_id
    where case_id = new.id and done_on is null and owner_id <> new.manager_id;
  return null;
end $$;
revoke all on function mends_follow_manager() from public;
create trigger mends_follow_manager after update of manager_id on case_file for each row
  when (new.manager_id is not null and new.manager_id is distinct from old.manager_id) execute function mends_follow_manager();

-- Those left behind so far.
update case_review_action a set owner_id = c.manager_id from case_file c
  where c.id = a.case_id and a.done_on is null and a.owner_id <> c.manager_id;
do $$
begin
  if exists (select from case_review_action a join case_file c on c.id = a.case_id where a.done_on is null and a.owner_id <> c.manager_id) then
    raise exception 'what is to be mended stayed with somebody else';
  end if;
end $$;
