package io.minimalcluster.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.job.JobCalls;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.StatementFaults;
import io.minimalcluster.master.store.configuration.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs many simulations of a cluster, one per seed. */
class SimulationTest {
    private static final Logger log = LoggerFactory.getLogger(SimulationTest.class);
    private static final int STEPS = 120;
    private static final int SEEDS = 120;

    /** Number of concurrent simulations, each on its own store. */
    private static final int LANES = 2;

    @TempDir
    Path folder;

    private volatile boolean hasFailed; // ends the other lanes early

    @BeforeEach
    void silenceLogs() {
        LogSilencer.begin();
    }

    @AfterEach
    void restoreLogs() {
        LogSilencer.end();
    }

    @Test
    void randomHistoriesKeepTheInvariantsAndTerminate() throws Exception {
        long start = System.nanoTime();
        long[] seeds = seeds();
        Map<String, Integer> counts = Simulation.newCounts();
        try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            List<Callable<Map<String, Integer>>> runs = IntStream.range(0, LANES)
                    .<Callable<Map<String, Integer>>>mapToObj(lane -> () -> runLane(lane, seeds))
                    .toList();
            for (Future<Map<String, Integer>> lane : lanes.invokeAll(runs)) {
                lane.get().forEach((kind, count) -> counts.merge(kind, count, Integer::sum));
            }
        }
        log.error(
                "simulated seeds={} seconds={} {}", seeds.length, (System.nanoTime() - start) / 1_000_000_000, counts);
        assertThat(counts).isNotEmpty();
        assertThat(LogSilencer.errors()).isEmpty();
    }

    /** Runs every {@code LANES}-th seed and returns the number of each kind of step. */
    private Map<String, Integer> runLane(int lane, long[] seeds) {
        Map<String, Integer> counts = Simulation.newCounts();
        try (Store store = TestStore.nonDurableIn(folder.resolve("lane-" + lane), new StatementFaults())) {
            for (int i = lane; i < seeds.length && !hasFailed; i += LANES) {
                TestStore.empty(store);
                JobCalls.addEnvironment(store);
                new Simulation(store, seeds[i], counts).run(STEPS);
                assertThat(LogSilencer.errors())
                        .as("errors of seed %s or of a concurrent one", seeds[i])
                        .isEmpty();
            }
        } catch (RuntimeException | AssertionError e) {
            hasFailed = true;
            throw e;
        }
        return counts;
    }

    /** Fixed seeds by default, so that builds are reproducible. A long run with a given number uses new seeds. */
    private static long[] seeds() {
        Long one = Long.getLong("minimalcluster.test.seed");
        if (one != null) {
            return new long[] {one};
        }
        Integer requested = Integer.getInteger("minimalcluster.test.seeds");
        long first = Long.getLong("minimalcluster.test.firstSeed", requested == null ? 1 : randomFirstSeed());
        int count = requested == null ? SEEDS : requested;
        log.error("simulating seeds={} first={}", count, first);
        return LongStream.range(first, first + count).toArray();
    }

    private static long randomFirstSeed() {
        return new Random().nextLong() >>> 20;
    }
}
