package io.minimalcluster.master.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.id.TestIds;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.scheduling.TestLeases;
import io.minimalcluster.master.scheduling.straggler.StragglerChore;
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
import tools.jackson.databind.json.JsonMapper;

/** Signs of life, and their absence. */
class HeartbeatsTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final LeaseSettings SETTINGS = new LeaseSettings(Duration.ofSeconds(15), Duration.ofSeconds(5));
    private static final Heartbeat BEAT = new Heartbeat(List.of(), null);
    private static final Duration TICK = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private Store store;
    private Heartbeats heartbeats;
    private WorkerTimeoutDetector silence;
    private WorkerId worker;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        heartbeats = new Heartbeats(store, CLOCK, TestLeases.headways(System::nanoTime));
        silence = new WorkerTimeoutDetector(store, new PollRegistry(), SETTINGS);
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
    void areWrittenTogetherAndOnce() {
        heartbeats.add(worker, BEAT);
        heartbeats.add(worker, BEAT);
        heartbeats.add(new WorkerId("worker-that-left"), BEAT);
        heartbeats.flush();
        heartbeats.flush();
        assertThat(column("beats", Long.class)).isEqualTo(1);
    }

    @Test
    void areNoSignOfLifeFromAWorkerThatIsCutOff() {
        heartbeats.add(worker, BEAT.whenCutOff());
        heartbeats.flush();
        assertThat(column("beats", Long.class)).isZero();
    }

    @Test
    void areNotForgottenWhenTheStoreFails() {
        store.writeAndWait(sql -> sql.sql("""
                create trigger trouble before update on worker begin select raise(abort, 'trouble'); end
                """).update());
        heartbeats.add(worker, BEAT);
        assertThatThrownBy(() -> heartbeats.flush()).isInstanceOf(MasterException.class);
        store.writeAndWait(sql -> sql.sql("drop trigger trouble").update());
        heartbeats.flush();
        assertThat(column("beats", Long.class)).isEqualTo(1);
    }

    @Test
    void sayWhyAWorkerTakesNoWork() {
        heartbeats.add(worker, new Heartbeat(List.of(), "no memory\nat all"));
        heartbeats.flush();
        assertThat(column("trouble", String.class)).isEqualTo("no memory at all");
        assertThat(state()).isEqualTo("DRAINING");
        for (int i = 0; i < 16; i++) {
            silence.tick(TICK);
        }
        assertThat(state()).isEqualTo("SILENT");
        heartbeats.add(worker, new Heartbeat(List.of(), "no memory\nat all"));
        heartbeats.flush();
        assertThat(state()).as("back, and no better").isEqualTo("DRAINING");

        heartbeats.add(worker, BEAT);
        heartbeats.flush();
        assertThat(column("trouble is null", Boolean.class)).isTrue();
        assertThat(state()).isEqualTo("ACTIVE");
    }

    @Test
    void aWorkerIsSilentAfterTheTimeOfALeaseAndNotBefore() {
        silence.tick(TICK);
        for (int i = 0; i < 14; i++) {
            silence.tick(TICK);
        }
        assertThat(state()).isEqualTo("ACTIVE");
        silence.tick(TICK);
        assertThat(state()).isEqualTo("SILENT");
        heartbeats.add(worker, BEAT);
        heartbeats.flush();
        assertThat(state()).isEqualTo("ACTIVE");
    }

    @Test
    void aSingleBeatBeginsTheCountAnew() {
        for (int i = 0; i < 40; i++) {
            if (i % 15 == 0) {
                heartbeats.add(worker, BEAT);
                heartbeats.flush();
            }
            silence.tick(TICK);
        }
        assertThat(state()).isEqualTo("ACTIVE");
    }

    @Test
    void choresGoOnAfterOneFailed() {
        StragglerChore stragglers = new StragglerChore(
                store, TestLeases.reliever(CLOCK, TestLeases.headways(System::nanoTime)), new PollRegistry());
        WorkerChores chores = new WorkerChores(
                heartbeats,
                silence,
                stragglers,
                new Workers(store, InstantSource.system(), JsonMapper.shared(), new TaskRates(), TestIds.random()));
        store.close();
        heartbeats.add(worker, BEAT);
        chores.tick();
        chores.tick();
        chores.stop();
    }
}
