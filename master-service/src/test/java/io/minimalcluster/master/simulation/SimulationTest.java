package io.minimalcluster.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.minimalcluster.master.job.JobCalls;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.TestStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;
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
        quietly(Level.ERROR);
        store = TestStore.cheapIn(folder);
    }

    @AfterEach
    void close() {
        store.close();
        quietly(null);
    }

    /** What is logged of millions of steps would be most of the work. */
    private static void quietly(@Nullable Level level) {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger("org.springframework")).setLevel(level);
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger("io.minimalcluster.master.worker")).setLevel(level);
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
        log.warn("simulated seeds={} seconds={} {}", lives, (System.nanoTime() - start) / 1_000_000_000, happened);
        assertThat(happened).isNotEmpty();
    }

    private void run(long seed, Map<String, Integer> happened) {
        TestStore.empty(store);
        JobCalls.addEnvironment(store);
        new Simulation(store, seed, happened).run(STEPS);
    }

    private static long[] seeds() {
        Long one = Long.getLong("minimalcluster.test.seed");
        if (one != null) {
            return new long[] {one};
        }
        int count = Integer.getInteger("minimalcluster.test.seeds", SEEDS);
        long first = new Random().nextLong() >>> 20;
        return LongStream.range(first, first + count).toArray();
    }
}
