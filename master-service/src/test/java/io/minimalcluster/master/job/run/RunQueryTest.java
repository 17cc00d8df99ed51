package io.minimalcluster.master.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunQueryTest {
    @ParameterizedTest
    @CsvSource({", 0, 50", ", 20, 30", ", 70, 0", "2m, 1, 49", "10s, 1, 10", "10s, 45, 5", "0s, 0, 0"})
    void compilationCountsAgainstTheLongestWait(@Nullable String wait, int elapsed, int rest) {
        assertThat(RunQuery.of(wait, null).after(Duration.ofSeconds(elapsed)).longest())
                .isEqualTo(Duration.ofSeconds(rest));
    }
}
