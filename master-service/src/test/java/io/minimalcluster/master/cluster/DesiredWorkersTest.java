package io.minimalcluster.master.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.cluster.DesiredWorkers.Waiting;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class DesiredWorkersTest {
    private static Waiting tasks(long tasks, double seconds) {
        return new Waiting(tasks, OptionalDouble.of(seconds * 1e9));
    }

    @Test
    void noWorkersAreDesiredWithoutWaitingTasks() {
        assertThat(DesiredWorkers.of(List.of(), 2)).isZero();
    }

    @Test
    void desiredWorkersAreSizedForHalfAMinuteOfWork() {
        assertThat(DesiredWorkers.of(List.of(tasks(1_000_000, 1e-6)), 2)).isEqualTo(1);
        assertThat(DesiredWorkers.of(List.of(tasks(600, 1)), 2)).isEqualTo(10);
        assertThat(DesiredWorkers.of(List.of(tasks(3, 3600)), 1))
                .as("one slot per task")
                .isEqualTo(3);
    }

    @Test
    void desiredWorkersAreBounded() {
        assertThat(DesiredWorkers.of(List.of(tasks(Integer.MAX_VALUE, 3600)), 0))
                .isEqualTo(10_000);
        assertThat(DesiredWorkers.of(List.of(new Waiting(5, OptionalDouble.empty())), 1))
                .isEqualTo(1);
    }
}
