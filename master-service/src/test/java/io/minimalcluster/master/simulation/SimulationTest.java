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

/** Many lives of a cluster, a seed each. */
class SimulationTest {
    private static final Logger log = LoggerFactory.getLogger(SimulationTest.class);
    private static final int STEPS = 120;
    private static final int SEEDS = 300;

    /** As many go on side by side, on a store each. */
    private static final int LANES = 2;

    @TempDir
    Path folder;

    private volatile boolean hasFailed; // so that nobody waits for the other lanes

    @BeforeEach
    void beQuiet() {
        LogSilencer.begin();
    }

    @AfterEach
    void logAgain() {
        LogSilencer.end();
    }

    @Test
    void randomHistoriesKeepTheInvariantsAndTerminate() throws Exception {
        long start = System.nanoTime();
        long[] seeds = seeds();
        Map<String, Integer> happened = Simulation.nothingYet();
        try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            List<Callable<Map<String, Integer>>> lives = IntStream.range(0, LANES)
                    .<Callable<Map<String, Integer>>>mapToObj(lane -> () -> live(lane, seeds))
                    .toList();
            for (Future<Map<String, Integer>> lane : lanes.invokeAll(lives)) {
                lane.get().forEach((what, times) -> happened.merge(what, times, Integer::sum));
            }
        }
        log.error(
                "simulated seeds={} seconds={} {}",
                seeds.length,
                (System.nanoTime() - start) / 1_000_000_000,
                happened);
        assertThat(happened).isNotEmpty();
        assertThat(LogSilencer.errors()).isEmpty();
    }

    /** Every so many of the lives, one after the other; how often what happened. */
    private Map<String, Integer> live(int lane, long[] seeds) {
        Map<String, Integer> happened = Simulation.nothingYet();
        try (Store store = TestStore.cheapIn(folder.resolve("lane-" + lane), new StatementFaults())) {
            for (int i = lane; i < seeds.length && !hasFailed; i += LANES) {
                TestStore.empty(store);
                JobCalls.addEnvironment(store);
                new Simulation(store, seeds[i], happened).run(STEPS);
                assertThat(LogSilencer.errors())
                        .as("seed %s, or one beside it", seeds[i])
                        .isEmpty();
            }
        } catch (RuntimeException | AssertionError e) {
            hasFailed = true;
            throw e;
        }
        return happened;
    }

    /** Always the same ones, so that nothing fails by chance; those of a long run are new each time. */
    private static long[] seeds() {
        Long one = Long.getLong("minimalcluster.test.seed");
        if (one != null) {
            return new long[] {one};
        }
        Integer many = Integer.getInteger("minimalcluster.test.seeds");
        long first = Long.getLong("minimalcluster.test.firstSeed", many == null ? 1 : anyFirst());
        int count = many == null ? SEEDS : many;
        log.error("simulating seeds={} first={}", count, first);
        return LongStream.range(first, first + count).toArray();
    }

    private static long anyFirst() {
        return new Random().nextLong() >>> 20;
    }
}
