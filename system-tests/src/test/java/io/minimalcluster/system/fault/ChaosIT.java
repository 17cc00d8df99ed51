package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.chaos.ChaosRun;
import io.minimalcluster.chaos.Options;
import io.minimalcluster.chaos.Outcome;
import io.minimalcluster.chaos.StoreChoice;
import io.minimalcluster.chaos.fault.Schedule;
import io.minimalcluster.system.harness.Folder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The long run's short sister: see docs/chaos.md. */
@Timeout(1200)
@Tag("faults")
class ChaosIT {
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final long SEED = 42;

    private static Options options(int faults, long seed) {
        return new Options(Duration.ZERO, faults, seed, LEASE, new StoreChoice.Sqlite());
    }

    private static Outcome run(Folder folder, int faults, long seed) throws InterruptedException {
        Options options = options(faults, seed);
        ChaosRun run = new ChaosRun(
                new io.minimalcluster.client.local.Installation(
                        io.minimalcluster.system.harness.Installation.HOME,
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        false),
                folder.path("."),
                options,
                System.out::println);
        return run.run();
    }

    @Test
    void everyKindOfFaultLeavesEveryPromiseKept() throws InterruptedException {
        Schedule schedule = options(0, SEED).schedule();
        try (Folder folder = Folder.create("chaos")) {
            Outcome outcome = run(folder, schedule.round(), SEED);

            assertThat(outcome.verdict().isClean())
                    .as("seed %d: %s", SEED, outcome)
                    .isTrue();
            assertThat(outcome.faults().keySet()).containsExactlyInAnyOrderElementsOf(schedule.kinds());
        }
    }

    @Test
    void aSeedThatNobodyChoseDoesNoHarmEither() throws InterruptedException {
        long seed = new Random().nextInt(1_000_000);
        System.out.println("seed " + seed);
        try (Folder folder = Folder.create("chaos")) {
            Outcome outcome = run(folder, 5, seed);

            assertThat(outcome.verdict().isClean())
                    .as("seed %d: %s", seed, outcome)
                    .isTrue();
        }
    }
}
