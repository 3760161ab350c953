-- A packet that left stands in the same log as everything else that left, with its legal basis, also where there is no case; and a
-- country that publishes its list of recalled packets is asked for it at the address that its contact was given.
alter table disclosure drop constraint disclosure_kind_check;
alter table disclosure add constraint disclosure_kind_check
  check (kind in ('referral', 'written_request', 'document', 'spoken', 'packet'));
alter table disclosure alter column case_id drop not null;
alter table disclosure add column nrm_id uuid references nrm_file;
alter table disclosure add column packet_id uuid references packet;
alter table disclosure add constraint disclosure_of_something check (num_nonnulls(case_id, nrm_id) > 0);
alter table disclosure add constraint disclosure_of_packet
  check ((kind = 'packet') = (packet_id is not null) and (packet_id is null or nrm_id is not null));
create unique index disclosure_packet on disclosure (packet_id) where packet_id is not null;
create index disclosure_track on disclosure (nrm_id, at desc, id desc) where nrm_id is not null;
create policy with_track on disclosure for select to mb_app
  using (nrm_id is not null and exists (select 1 from nrm_file f where f.id = disclosure.nrm_id));
create policy add_packet on disclosure for insert to mb_app with check (kind = 'packet' and by_id = (select me_user())
  and exists (select 1 from packet p join nrm_file f on f.id = p.nrm_id where p.id = disclosure.packet_id and p.nrm_id = disclosure.nrm_id
    and f.case_id is not distinct from disclosure.case_id and p.made_by = disclosure.by_id and works_on_returns(p.nrm_id)));
-- What left before: its event says what the row says.
insert into disclosure (id, case_id, nrm_id, packet_id, at, kind, to_kind, grounds, fields, tier, overrides, child_asked, by_id)
  select (e.facts ->> 'disclosureId')::uuid, f.case_id, p.nrm_id, p.id, p.made_at, 'packet', 'other_country', e.facts -> 'grounds', p.fields,
    p.tier, 'none', e.facts ->> 'childAsked', p.made_by
  from packet p join nrm_file f on f.id = p.nrm_id
    join event e on e.record_id = p.id and e.kind = 'packet' and e.type = 'DisclosureMade';

alter table counterpart add column lists_url text check (length(lists_url) <= 300
  and lists_url ~ '^https://([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,63}(:[0-9]{2,5})?(/[A-Za-z0-9._~/-]*)?$');
grant update (lists_url) on counterpart to mb_app;
