alter table bundle_piece rename to bundle_chunk;
alter table bundle_chunk rename column place to chunk_number; -- from 1: chunk 0 is environment.bundle

alter table job rename column needs to requirements; -- the key of JobRequirements
alter table job rename column task_timeout to task_timeout_seconds; -- 0 for none
alter table job rename column keep_millis to retention_millis; -- null: the default of the master
alter table job rename column ending to termination_reason; -- of an early end
alter table job rename column copies to copies_allowed; -- whether tasks may get a speculative copy
alter table job rename column carried to previously_succeeded; -- tasks that succeeded before this round
alter table job rename column sweep to retry_scan_index; -- from here on, tasks to retry are not yet pending

-- Losses are stored in quarters: a batch that its worker may not have received costs one quarter.
alter table pending_range rename column losses to loss_quarters;
alter table lease rename column losses to loss_quarters;
alter table lease rename column charge to provisional_loss_quarters; -- become losses unless the silent worker returns
alter table lease rename column taken_at to acquired_at;
alter table lease rename column copied to has_copy; -- whether its last task has a speculative copy
alter table lease rename column end_told to shrink_request_id; -- null: not shrunk; empty: no poll was told of it yet
drop index lease_worn; -- see LeaseExpiry.EXHAUSTED
create index lease_exhausted on lease (seq) where loss_quarters >= 16 and state in ('OPEN', 'LAPSED');

alter table given_back rename to returned_range; -- tasks that a lease gave up although it continues

alter table worker rename column asked to last_request_id; -- of the latest poll
alter table worker rename column beats to heartbeat_count; -- counts polls too
alter table worker rename column ending to shutting_down; -- whether it has to be told to shut down

alter table audit rename column at to occurred_at;
alter table audit rename column who to actor; -- name of the key; null without a valid key
alter table audit rename column times to call_count; -- calls that the entry represents

alter table idempotency_key rename column thing to resource_id; -- id or name of the created resource
