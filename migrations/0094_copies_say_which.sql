-- Of several meetings, referrals or decisions a copy says which one it was made of. Copies taken before say nothing: then the newest was printed.
alter table document_copy add column about_id uuid;
comment on column document_copy.about_id is 'the meeting, referral, measure … that the paper is of; a row of this case';
