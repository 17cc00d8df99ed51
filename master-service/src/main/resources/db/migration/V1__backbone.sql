-- Times are milliseconds since 1970-01-01 UTC. Blobs named "data" hold JSON values joined by commas, "lengths" their
-- lengths as varints. One text for all databases; what they name differently stands in braces and is in Dialect.

create table environment (
    id            text primary key,
    sha256        text not null,
    functions     text not null,
    warnings      text not null,
    sources       text not null,
    files         text not null default '{"libraries":[],"resources":[]}', -- what was posted beside the sources
    bundle        ${blob} not null, -- its first piece, of 1 MiB; most bundles have no other
    bundle_sha256 text not null
);

-- The same content may have been posted by several clients; each sees it, and can take leave of it, alone.
create table environment_owner (
    seq            ${sequence},
    environment_id text not null references environment (id),
    owner          text not null,
    name           text,
    created_at     bigint not null,
    unique (environment_id, owner)
);

create table bundle_piece (
    environment_id text not null,
    place          bigint not null, -- from 1, for the piece after the first
    data           ${blob} not null,
    primary key (environment_id, place)
);

create table function (
    seq            ${sequence},
    owner          text not null,
    name           text not null,
    environment_id text not null references environment (id),
    method         text not null,
    created_at     bigint not null,
    unique (owner, name)
);
create index function_environment on function (environment_id);

create table job (
    seq            ${sequence},
    id             text not null unique,
    owner          text not null,
    name           text,
    function       text,
    environment_id text references environment (id), -- null while RECEIVING
    method         text not null,
    state          text not null,
    options        text not null,
    priority       bigint not null,
    batch_size     bigint,
    max_attempts   bigint not null,
    task_timeout   double precision not null, -- seconds, 0 for none
    total          bigint not null,
    pending        bigint not null, -- to hand out, those of lapsed leases among them
    running        bigint not null,
    succeeded      bigint not null,
    failed         bigint not null,
    leases         bigint not null, -- open ones
    next_position  bigint not null, -- in the log of results
    range_from     bigint,
    range_step     bigint,
    created_at     bigint not null,
    started_at     bigint,
    finished_at    bigint,
    -- what it needs of a worker, see Needs; jobs with the same needs stand in one queue
    needs          text not null default '',
    network        bigint not null default 0,
    shared_sha256  text, -- of the value that all its tasks get
    reduce         text, -- what folds its values: a built-in, or a signature
    reduce_error   text, -- why they could not be folded
    parent_seq     bigint, -- the job whose values this one folds; nobody sees it
    fold           bigint not null default 0, -- whether its tasks are arrays to fold
    -- how it ends, and what comes after
    round          bigint not null default 0, -- how often it was retried
    sweep          bigint, -- of a retry: from this index on, what is to run again is not in pending_range yet
    carried        bigint not null default 0, -- tasks that had succeeded before this round
    max_failures   bigint,
    retry_on       text, -- JSON: names of exception classes
    deadline_at    bigint,
    keep_millis    bigint, -- after its end; the master's default where it is null
    ending         text, -- why it ended before its tasks did
    copies         bigint not null default 1 -- whether a task may run twice at a time
);
create index job_deadline on job (deadline_at) where deadline_at is not null and state in ('QUEUED', 'RUNNING', 'PAUSED');
create index job_finished on job (finished_at) where keep_millis is null and state in ('SUCCEEDED', 'FAILED', 'CANCELLED');
create index job_kept on job ((finished_at + keep_millis))
    where keep_millis is not null and state in ('SUCCEEDED', 'FAILED', 'CANCELLED');
create index job_ready on job (needs, priority desc, leases, seq) where pending > 0 and state in ('QUEUED', 'RUNNING');
create index job_tail on job (priority desc, seq) where pending = 0 and running > 0 and state = 'RUNNING';
create index job_owner on job (owner, seq);
create index job_unfinished on job (owner) where state in ('QUEUED', 'RUNNING', 'PAUSED');
create index job_environment on job (environment_id);
create index job_parent on job (parent_seq) where parent_seq is not null;
create index job_ended on job (state, total, succeeded, failed)
    where parent_seq is null and state in ('SUCCEEDED', 'FAILED', 'CANCELLED');

create table shared_value (
    job_seq ${number} primary key,
    data    ${blob} not null
);

-- How far the values of a job are folded; there is a row from its last task until its end.
create table reduction (
    job_seq    ${number} primary key,
    next_index bigint not null, -- a built-in has folded the values before
    state      text, -- into this
    child_seq  bigint -- the job that folds them by a method, group by group
);

create table reduced_value (
    job_seq ${number} primary key,
    value   text not null
);

-- Who did what, and who was refused.
create table audit (
    seq     ${sequence},
    at      bigint not null,
    who     text, -- null where nobody knows
    action  text not null,
    target  text,
    status  bigint not null,
    address text not null,
    times   bigint not null -- how many times, this one and those before it that were not written
);

create table job_label (
    job_seq bigint not null,
    name    text not null,
    value   text not null,
    primary key (job_seq, name)
)${by_key};

create table argument_segment (
    job_seq bigint not null,
    first   bigint not null,
    count   bigint not null,
    data    ${blob} not null,
    lengths ${blob} not null,
    primary key (job_seq, first)
);

-- What of a job is still to be handed out.
create table pending_range (
    job_seq bigint not null,
    first   bigint not null,
    last    bigint not null, -- exclusive
    attempt bigint not null,
    losses  bigint not null default 0, -- how often a worker fell silent that may have run them
    primary key (job_seq, first)
)${by_key};

create table lease (
    seq        ${sequence},
    id         text not null unique,
    job_seq    bigint not null,
    worker_id  text not null,
    request_id text not null,
    first      bigint not null,
    last       bigint not null, -- exclusive
    attempt    bigint not null,
    losses     bigint not null default 0, -- before it
    may_run    bigint not null default 0, -- whether its worker fell silent when it may have run
    remaining  bigint not null, -- tasks without an outcome
    state      text not null,
    taken_at   bigint not null,
    round      bigint not null default 0, -- of the job, when it was taken
    end_told   text, -- where its end was cut: the poll whose answer told its worker, empty for none yet
    copied     bigint not null default 0, -- whether its last task was given to a second worker too
    copy_of    bigint -- of such a second copy: the lease that has the task, and that counts
);
create index lease_worker on lease (worker_id) where state in ('OPEN', 'LAPSED');
create index lease_job on lease (job_seq) where state in ('OPEN', 'LAPSED');
create index lease_of_job on lease (job_seq);
create index lease_copy on lease (copy_of) where copy_of is not null;
create index lease_worn on lease (seq) where losses >= 4 and state in ('OPEN', 'LAPSED'); -- see Tries

-- What of a lease is its worker's no more, though the lease goes on: it is to run again.
create table given_back (
    job_seq   bigint not null,
    lease_seq bigint not null,
    first     bigint not null,
    last      bigint not null, -- exclusive
    primary key (job_seq, lease_seq, first)
)${by_key};

create table result_segment (
    job_seq     bigint not null,
    position    bigint not null, -- of the first, in the log of the job
    first       bigint not null,
    count       bigint not null,
    data        ${blob} not null,
    lengths     ${blob} not null,
    errors      text,
    micros      text,
    output      text,
    worker_id   text not null,
    attempt     bigint not null,
    recorded_at bigint not null,
    round       bigint not null default 0, -- of the job; blocks of one round never overlap
    primary key (job_seq, position)
);
create index result_segment_index on result_segment (job_seq, round, first, count);

create table worker (
    seq           ${sequence},
    id            text not null unique,
    name          text not null,
    host          text,
    pid           bigint not null,
    slots         bigint not null,
    labels        text not null,
    isolation     text not null,
    local         bigint not null,
    version       text not null,
    java_version  text not null,
    state         text not null,
    beats         bigint not null, -- signs of life; counted, for a stored time can't be trusted
    network       bigint not null default 0, -- whether it gives its tasks the network
    draining      bigint not null default 0, -- also while it is silent
    ending        bigint not null default 0, -- it is to be told to end
    trouble       text, -- why it takes no work, where it can't run anything
    registered_at bigint not null,
    last_seen_at  bigint not null,
    tasks_done    bigint not null
);

-- Keys that were made by calls; those of the settings are not here.
create table access_key (
    seq        ${sequence},
    name       text not null unique,
    role       text not null,
    sha256     text not null unique,
    expires_at bigint,
    created_at bigint not null,
    created_by text not null
);

-- Sign-ins of browsers, each for a key; a session opens what its key opens.
create table browser_session (
    seq        ${sequence},
    sha256     text not null unique,
    key_sha256 text not null,
    ended      bigint not null,
    expires_at bigint not null
);
create index browser_session_key on browser_session (key_sha256, seq);
create index browser_session_expiry on browser_session (expires_at);

-- Idempotency-Keys, each kept in the transaction that made its thing.
create table idempotency_key (
    seq        ${sequence},
    owner      text not null,
    name       text not null,
    sha256     text not null, -- of the whole call
    body_bytes bigint not null,
    thing      text not null, -- the id or the name of what was made
    expires_at bigint not null,
    unique (owner, name)
);
create index idempotency_key_expiry on idempotency_key (expires_at);
