-- The newest poll of a worker: whether the answer to that came is not known.
alter table worker add column asked text;
