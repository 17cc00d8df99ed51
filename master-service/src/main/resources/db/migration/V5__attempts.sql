-- Tasks that wait for another attempt.
alter table pending_range add column ready_at bigint not null default 0; -- when their back-off ends; 0 for none
alter table pending_range add column failed_on text; -- the worker of the last attempt, which another one should follow
alter table pending_range add column refusals bigint not null default 0; -- workers that could not read or run them
alter table lease add column refusals bigint not null default 0; -- before it
create index pending_range_next on pending_range (job_seq, ready_at desc, first);
create index pending_range_ready on pending_range (ready_at) where ready_at > 0;

alter table worker add column memory_bytes bigint; -- heap of each of its executors; null: not told
