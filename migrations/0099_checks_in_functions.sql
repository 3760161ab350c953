-- What a statement inserts is checked by expressions that the database reads anew for each statement, and the longer they are the
-- longer that takes: of the three tables that every report writes a third of the inserting. In a function it is read once a session.
-- The conditions are those of before; an unknown (a column left empty) passes, as in any check.
create function clock_stands(breaches integer, extensions integer, started_at timestamptz, warn_at timestamptz, due_at timestamptz,
    stopped_at timestamptz, verification text, rule text, record_kind text)
  returns boolean language plpgsql immutable parallel safe as $$
begin
  return breaches >= 0 and extensions >= 0 and due_at >= started_at and warn_at <= due_at
    and (stopped_at is null or stopped_at >= started_at)
    and verification in ('V', 'U', 'D') and rule ~ '^(D[0-9]{2}|AGREED)$'
    and record_kind in ('report', 'case_file', 'referral', 'nrm_file');
end $$;
alter table clock drop constraint clock_breaches_check, drop constraint clock_check, drop constraint clock_check1,
  drop constraint clock_extensions_check, drop constraint clock_record_kind, drop constraint clock_rule_check,
  drop constraint clock_verification_check,
  add constraint clock_stands
    check (clock_stands(breaches, extensions, started_at, warn_at, due_at, stopped_at, verification, rule, record_kind));

create function report_stands(state text, immediacy text, municipality text, children smallint)
  returns boolean language plpgsql immutable parallel safe as $$
begin
  return state in ('RECEIVED', 'TRIAGED', 'ACCEPTED', 'REFERRED_ON', 'INFO_ONLY', 'SCREENED_OUT')
    and immediacy in ('immediate', 'high', 'ordinary', 'unknown')
    and municipality ~ '^[0-9]{2}$' and children between 1 and 20;
end $$;
alter table report drop constraint report_state_check, drop constraint report_immediacy_check,
  drop constraint report_municipality_check, drop constraint report_children_check,
  add constraint report_stands check (report_stands(state, immediacy, municipality, children));

create function report_child_stands(given_name text, family_name text, other_names text, sex text, birth_from date, birth_to date,
    citizenship text, description text, address text, contact text)
  returns boolean language plpgsql immutable parallel safe as $$
begin
  return sex in ('female', 'male', 'unknown')
    and (birth_from is null) = (birth_to is null) and birth_from <= birth_to
    and length(given_name) <= 120 and length(family_name) <= 120 and length(other_names) <= 240
    and citizenship ~ '^[A-Z]{2}$' and length(description) <= 2000
    and length(address) <= 400 and length(contact) <= 200;
end $$;
alter table report_child drop constraint report_child_other_names_check, drop constraint report_child_sex_check,
  drop constraint report_child_citizenship_check, drop constraint report_child_description_check,
  drop constraint report_child_address_check, drop constraint report_child_given_name_check, drop constraint report_child_check,
  drop constraint report_child_check1, drop constraint report_child_contact_check, drop constraint report_child_family_name_check,
  add constraint report_child_stands check (report_child_stands(given_name, family_name, other_names, sex, birth_from, birth_to,
    citizenship, description, address, contact));

grant execute on function clock_stands(integer, integer, timestamptz, timestamptz, timestamptz, timestamptz, text, text, text) to mb_app, mb_jobs, mb_retention;
grant execute on function report_stands(text, text, text, smallint) to mb_app, mb_jobs, mb_retention;
grant execute on function report_child_stands(text, text, text, text, date, date, text, text, text, text) to mb_app, mb_jobs, mb_retention;
