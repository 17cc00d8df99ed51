package io.minimalcluster.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.job.JobCalls;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.TestStore;
import io.minimalcluster.master.store.Trouble;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
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

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        QuietLogs.begin();
        store = TestStore.cheapIn(folder, new Trouble());
    }

    @AfterEach
    void close() {
        store.close();
        QuietLogs.end();
    }

    @Test
    void whateverHappensNothingIsLostAndEverythingEnds() {
        Map<String, Integer> happened = Simulation.nothingYet();
        long start = System.nanoTime();
        int lives = 0;
        for (long seed : seeds()) {
            run(seed, happened);
            lives++;
        }
        log.error("simulated seeds={} seconds={} {}", lives, (System.nanoTime() - start) / 1_000_000_000, happened);
        assertThat(happened).isNotEmpty();
    }

    private void run(long seed, Map<String, Integer> happened) {
        TestStore.empty(store);
        JobCalls.addEnvironment(store);
        new Simulation(store, seed, happened).run(STEPS);
        assertThat(QuietLogs.errors()).as("seed %s", seed).isEmpty();
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
