-- Values are stored uncompressed: compression would cost more time than the disk space is worth.
alter table environment alter column bundle set storage external;
alter table bundle_chunk alter column data set storage external;
alter table shared_value alter column data set storage external;
alter table argument_segment alter column data set storage external;
alter table result_segment alter column data set storage external;

-- Tables with few rows and many updates per second are vacuumed early.
alter table job set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
alter table worker set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
alter table pending_range set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
alter table lease set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);
