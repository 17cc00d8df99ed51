package io.minimalcluster.master.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.StatementFaults;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.WorkerState;
import io.minimalcluster.model.worker.WorkerView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cleanup after a registration that was committed although it was reported as failed. */
class UnconfirmedRegistrationTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    Path folder;

    private final StatementFaults faults = new StatementFaults();
    private Store store;
    private TestWorkers workers;

    @BeforeEach
    void open() {
        store = TestStore.nonDurableIn(folder, faults);
        workers = new TestWorkers(store, CLOCK);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Workers at(Instant now) {
        return TestWorkers.in(store, InstantSource.fixed(now));
    }

    private List<WorkerId> in(WorkerState state) {
        return at(CLOCK.instant()).list(PageRequest.of(null, null), state).items().stream()
                .map(WorkerView::id)
                .toList();
    }

    @Test
    void unconfirmedWorkerTimesOutAndIsDeletedAfterAnHour() {
        faults.reportNextCommitAsFailed();
        assertThatThrownBy(() -> workers.register("w", 4)).isInstanceOf(Unavailable.class);
        WorkerId confirmed = workers.register("w", 4);
        assertThat(in(WorkerState.ACTIVE)).hasSize(2).contains(confirmed);

        workers.timeOutAllExcept(Set.of(confirmed));

        assertThat(in(WorkerState.ACTIVE)).containsExactly(confirmed);
        assertThat(in(WorkerState.SILENT)).hasSize(1);
        at(CLOCK.instant().plus(Duration.ofHours(2))).deleteSilent(Duration.ofHours(1));
        assertThat(in(WorkerState.SILENT)).isEmpty();
    }
}
