package io.minimalcluster.master.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.error.MasterException.WorkerUnknown;
import io.minimalcluster.master.scheduling.LastPolls;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.scheduling.TestLeases;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Heartbeat;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recording of heartbeats, and worker timeouts without them. */
class HeartbeatsTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final LeaseSettings SETTINGS = new LeaseSettings(Duration.ofSeconds(15), Duration.ofSeconds(5));
    private static final Heartbeat HEARTBEAT = new Heartbeat(List.of(), null);
    private static final Duration TICK = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private Store store;
    private Heartbeats heartbeats;
    private WorkerTimeoutDetector timeoutDetector;
    private WorkerId worker;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        heartbeats = new Heartbeats(
                store, CLOCK, TestLeases.progressCache(System::nanoTime), new WorkerLoads(), new LastPolls(CLOCK));
        timeoutDetector = new WorkerTimeoutDetector(store, new PollRegistry(), new LastPolls(CLOCK), SETTINGS);
        worker = new TestWorkers(store, CLOCK).register("w", 1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private String state() {
        return column("state", String.class);
    }

    private <T> T column(String name, Class<T> type) {
        return store.read(sql -> sql.sql("select " + name + " from worker where id = :id")
                .param("id", worker.value())
                .query(type)
                .single());
    }

    @Test
    void heartbeatsAreWrittenTogetherAndOnce() {
        heartbeats.add(worker, HEARTBEAT);
        heartbeats.add(worker, HEARTBEAT);
        heartbeats.add(new WorkerId("worker-that-left"), HEARTBEAT);
        heartbeats.flush();
        heartbeats.flush();
        assertThat(column("heartbeat_count", Long.class)).isEqualTo(1);
    }

    @Test
    void workerIsKnownFromAWrittenHeartbeatUntilItLeaves() {
        Workers workers = TestWorkers.with(heartbeats, store, CLOCK);
        heartbeats.add(worker, HEARTBEAT);
        assertThat(heartbeats.isKnown(worker)).isFalse();

        heartbeats.flush();
        assertThat(heartbeats.isKnown(worker)).isTrue();
        store.close(); // no more reads
        workers.checkKnown(worker);

        store = TestStore.in(folder);
        heartbeats = new Heartbeats(
                store, CLOCK, TestLeases.progressCache(System::nanoTime), new WorkerLoads(), new LastPolls(CLOCK));
        Workers again = TestWorkers.with(heartbeats, store, CLOCK);
        heartbeats.add(worker, HEARTBEAT);
        heartbeats.flush();
        again.leave(worker);
        assertThatThrownBy(() -> again.checkKnown(worker)).isInstanceOf(WorkerUnknown.class);
    }

    @Test
    void deletedWorkerIsUnknownAfterTheNextFlush() {
        Workers workers = TestWorkers.with(heartbeats, store, CLOCK);
        heartbeats.add(worker, HEARTBEAT);
        heartbeats.flush();
        store.writeAndWait(sql -> sql.sql("delete from worker").update());

        heartbeats.add(worker, HEARTBEAT);
        heartbeats.flush();

        assertThatThrownBy(() -> workers.checkKnown(worker)).isInstanceOf(WorkerUnknown.class);
    }

    @Test
    void heartbeatOfACutOffWorkerIsNotCounted() {
        heartbeats.add(worker, HEARTBEAT.whenCutOff());
        heartbeats.flush();
        assertThat(column("heartbeat_count", Long.class)).isZero();
    }

    @Test
    void heartbeatsAreKeptWhenTheStoreFails() {
        store.writeAndWait(sql -> sql.sql("""
                create trigger trouble before update on worker begin select raise(abort, 'trouble'); end
                """).update());
        heartbeats.add(worker, HEARTBEAT);
        assertThatThrownBy(() -> heartbeats.flush()).isInstanceOf(MasterException.class);
        store.writeAndWait(sql -> sql.sql("drop trigger trouble").update());
        heartbeats.flush();
        assertThat(column("heartbeat_count", Long.class)).isEqualTo(1);
    }

    @Test
    void heartbeatReportsWhyAWorkerTakesNoWork() {
        heartbeats.add(worker, new Heartbeat(List.of(), "no memory\nat all"));
        heartbeats.flush();
        assertThat(column("trouble", String.class)).isEqualTo("no memory at all");
        assertThat(state()).isEqualTo("DRAINING");
        for (int i = 0; i < 16; i++) {
            timeoutDetector.tick(TICK);
        }
        assertThat(state()).isEqualTo("SILENT");
        heartbeats.add(worker, new Heartbeat(List.of(), "no memory\nat all"));
        heartbeats.flush();
        assertThat(state()).as("back, with the same trouble").isEqualTo("DRAINING");

        heartbeats.add(worker, HEARTBEAT);
        heartbeats.flush();
        assertThat(column("trouble is null", Boolean.class)).isTrue();
        assertThat(state()).isEqualTo("ACTIVE");
    }

    @Test
    void workerTimesOutAfterTheLeaseDuration() {
        timeoutDetector.tick(TICK);
        for (int i = 0; i < 14; i++) {
            timeoutDetector.tick(TICK);
        }
        assertThat(state()).isEqualTo("ACTIVE");
        timeoutDetector.tick(TICK);
        assertThat(state()).isEqualTo("SILENT");
        heartbeats.add(worker, HEARTBEAT);
        heartbeats.flush();
        assertThat(state()).isEqualTo("ACTIVE");
    }

    @Test
    void heartbeatRestartsTheTimeout() {
        for (int i = 0; i < 40; i++) {
            if (i % 15 == 0) {
                heartbeats.add(worker, HEARTBEAT);
                heartbeats.flush();
            }
            timeoutDetector.tick(TICK);
        }
        assertThat(state()).isEqualTo("ACTIVE");
    }
}
