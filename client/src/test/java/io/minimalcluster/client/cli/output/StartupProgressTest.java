package io.minimalcluster.client.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StartupProgressTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    private StartupProgress progress() {
        return new StartupProgress(new PrintStream(screen, true, UTF_8), false, clock::get);
    }

    private void advanceClock(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void eachStepIsPrintedWithItsDuration() {
        try (StartupProgress progress = progress()) {
            progress.accept("Starting the master at port 8080");
            progress.tick();
            progress.tick();
            advanceClock(Duration.ofMillis(9200));
            progress.accept("Starting 2 workers");
            advanceClock(Duration.ofMillis(700));
        }

        assertThat(screen.toString(UTF_8).lines())
                .containsExactly("Starting the master at port 8080 .. 9.2 s", "Starting 2 workers  0.7 s");
    }

    @Test
    void nothingIsPrintedWithoutAStep() {
        StartupProgress progress = progress();
        progress.tick();
        progress.close();

        assertThat(screen.size()).isZero();
    }
}
