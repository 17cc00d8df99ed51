-- Losses are counted in quarters: where it is not known that a worker got what it was given, that costs one.
update pending_range set losses = losses * 4;
update lease set losses = losses * 4;
alter table lease rename column may_run to charge; -- what the silence of its worker costs its tasks
update lease set charge = 4 where charge = 1;
drop index lease_worn;
create index lease_worn on lease (seq) where losses >= 16 and state in ('OPEN', 'LAPSED'); -- see Tries
