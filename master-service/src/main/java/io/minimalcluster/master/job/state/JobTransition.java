package io.minimalcluster.master.job.state;

import static io.minimalcluster.master.job.state.JobTransition.StoredState.CANCELLED;
import static io.minimalcluster.master.job.state.JobTransition.StoredState.DELETED;
import static io.minimalcluster.master.job.state.JobTransition.StoredState.FAILED;
import static io.minimalcluster.master.job.state.JobTransition.StoredState.PAUSED;
import static io.minimalcluster.master.job.state.JobTransition.StoredState.QUEUED;
import static io.minimalcluster.master.job.state.JobTransition.StoredState.RECEIVING;
import static io.minimalcluster.master.job.state.JobTransition.StoredState.RUNNING;
import static io.minimalcluster.master.job.state.JobTransition.StoredState.SUCCEEDED;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The allowed transitions of a job's state. A transition from another state changes nothing. */
enum JobTransition {
    /** The upload of the arguments is complete. A job without tasks has succeeded. */
    QUEUE(EnumSet.of(RECEIVING), EnumSet.of(QUEUED, SUCCEEDED)),
    /** The upload of the arguments was abandoned. */
    DISCARD(EnumSet.of(RECEIVING), EnumSet.of(DELETED)),
    /** A batch is allocated. */
    ALLOCATE(EnumSet.of(QUEUED, RUNNING), EnumSet.of(RUNNING)),
    PAUSE(EnumSet.of(QUEUED, RUNNING), EnumSet.of(PAUSED)),
    RESUME(EnumSet.of(PAUSED), EnumSet.of(QUEUED, RUNNING)),
    /** Every task has an outcome. A batch that was allocated before a pause may complete a paused job. */
    COMPLETE(EnumSet.of(RUNNING, PAUSED), EnumSet.of(SUCCEEDED, FAILED)),
    /** The reduction of the values has ended. */
    REDUCE(EnumSet.of(RUNNING), EnumSet.of(SUCCEEDED, FAILED)),
    /** The job ends before every task has an outcome. */
    TERMINATE(EnumSet.of(QUEUED, RUNNING, PAUSED), EnumSet.of(CANCELLED, FAILED)),
    RETRY(EnumSet.of(FAILED, CANCELLED), EnumSet.of(QUEUED, RUNNING)),
    /** The job is hidden until its rows are removed. */
    DELETE(EnumSet.allOf(StoredState.class), EnumSet.of(DELETED));

    @SuppressWarnings("ImmutableEnumChecker") // a copy
    private final Set<StoredState> from;

    @SuppressWarnings("ImmutableEnumChecker") // a copy
    private final Set<StoredState> to;

    JobTransition(Set<StoredState> from, Set<StoredState> to) {
        this.from = Set.copyOf(from);
        this.to = Set.copyOf(to);
    }

    Set<StoredState> from() {
        return from;
    }

    Set<StoredState> to() {
        return to;
    }

    /** A condition in SQL that the state of a job is one from which the transition starts. */
    String condition() {
        return from.stream()
                .sorted()
                .map(state -> "'" + state + "'")
                .collect(Collectors.joining(", ", "state in (", ")"));
    }

    /** A job's state in the store. Clients see the states from QUEUED to CANCELLED only. */
    enum StoredState {
        RECEIVING,
        QUEUED,
        RUNNING,
        PAUSED,
        SUCCEEDED,
        FAILED,
        CANCELLED,
        DELETED
    }
}
