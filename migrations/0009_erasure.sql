-- Lawful erasure: what the records' own tables hold of a person goes together with the parts of their events.

-- Empties the personal columns of one record. Only in the transaction that appended the Erased event which says so, and only
-- by the retention role. What counts stays: codes, times, states.
create function erase_rows(p_kind text, p_id uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from event e where e.record_id = p_id and e.kind = p_kind and e.type = 'Erased'
      and e.xid = pg_current_xact_id()) then
    raise exception 'nothing is erased without its event' using errcode = 'insufficient_privilege';
  end if;
  case p_kind
    when 'report' then
      update report_named set narrative = null, place = null, lon = null, lat = null, companions = '[]' where id = p_id;
      update report_child set given_name = null, family_name = null, other_names = null, birth_from = null, birth_to = null,
        birth_said = null, description = null, address = null, contact = null where report_id = p_id;
      delete from report_addition where report_id = p_id;
      delete from report_reporter where report_id = p_id;
      delete from report_receipt where report_id = p_id;
    when 'person' then
      update person_named set given_name = null, family_name = null, other_names = null, father_name = null, mother_name = null,
        name_key = '', sounds = '{}', birth_from = null, birth_to = null, birth_said = null, birth_place = null, address = null,
        contact = null where id = p_id;
      update person_sensitive set personal_number = null, disability = null, minority = null, birth_registered = null where id = p_id;
    when 'case_file' then
      update case_file_named set summary = null, safe_contact = null where id = p_id;
      delete from case_text where case_id = p_id;
      delete from case_text_sensitive where case_id = p_id;
      delete from answer_named where case_id = p_id;
      delete from answer_sensitive where case_id = p_id;
      delete from case_person_near where case_id = p_id;
    when 'screening' then
      update screening_item set evidence = '–' where screening_id = p_id;
    when 'consent' then
      update consent_named set given_by = '–', explained_by = '–', withdrawal_note = null where id = p_id;
    when 'referral' then
      delete from referral_packet where referral_id = p_id;
      delete from referral_packet_sensitive where referral_id = p_id;
      delete from referral_reply where referral_id = p_id;
    else
      raise exception 'records of kind % hold nothing to erase', p_kind;
  end case;
  -- The row follows its chain, so that the next act on it decides on the version that stands.
  execute format('update %I set version = (select h.version from record_head h where h.record_id = $1) where id = $1', p_kind) using p_id;
end $$;
grant execute on function erase_rows(text, uuid) to mb_retention;

-- Which records speak of a case: its own, the reports it answers, its screenings, consents and referrals.
create function records_of_case(p_case uuid) returns table (kind text, id uuid) language sql stable security definer
  set search_path = public, pg_temp as $$
    select 'case_file', c.id from case_file c where c.id = p_case
    union all select 'report', r.report_id from case_report r where r.case_id = p_case
    union all select 'screening', s.id from screening s where s.case_id = p_case
    union all select 'consent', k.id from consent k where k.case_id = p_case
    union all select 'referral', f.id from referral f where f.case_id = p_case
$$;
grant execute on function records_of_case(uuid) to mb_retention;
