-- What waits for whoever reviews and whoever mends is found by whose it is.
create index case_review_waiting on case_review (reviewer_id) where done_at is null;
create index case_review_action_waiting on case_review_action (owner_id) where done_on is null;
