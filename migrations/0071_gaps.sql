-- A referral can carry out an action of the child's plan, and be sent by an entry of the service directory (S004, Mbrojtja).

alter table referral add column action_id uuid references plan_action, add column entry_id uuid references provider_service;
create index referral_of_action on referral (action_id) where action_id is not null;
create index referral_by_entry on referral (entry_id) where entry_id is not null;
