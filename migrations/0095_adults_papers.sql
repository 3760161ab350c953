-- An adult's file of the trafficking track has papers as a case has them: a copy is of one case, or of one such file. A child's are those of its
-- case. Read and taken as `nrm_file` says.
alter table document_copy alter column case_id drop not null;
alter table document_copy add column nrm_id uuid references nrm_file;
alter table document_copy add constraint document_copy_of_one check (num_nonnulls(case_id, nrm_id) = 1);
create index document_copy_of_track on document_copy (nrm_id, at desc, id desc) where nrm_id is not null;
comment on column document_copy.nrm_id is 'the adult''s file of the trafficking track that the paper is of, where it is of no case';
comment on column document_copy.about_id is 'the meeting, referral, consent, visit … that the paper is of; a row of this case or file';
comment on table document_copy is 'T2: papers printed of a case or of an adult''s file of the trafficking track: template, language, taker, receiving unit; never what stands in them';
-- Asked by a function, so that the list of a case's copies does not carry the policies of the track in its plan (0086).
create function reads_adult(p_nrm uuid) returns boolean language plpgsql stable set search_path = public, pg_temp as $$
begin
  return p_nrm is not null and exists (select 1 from nrm_file f where f.id = p_nrm and f.subject = 'adult');
end $$;
revoke all on function reads_adult(uuid) from public;
grant execute on function reads_adult(uuid) to mb_app;
create policy see_adult on document_copy for select to mb_app using (reads_adult(nrm_id));
create policy take_adult on document_copy for insert to mb_app
  with check (by_id = (select me_user()) and unit_id = (select me_unit()) and reads_adult(nrm_id));
