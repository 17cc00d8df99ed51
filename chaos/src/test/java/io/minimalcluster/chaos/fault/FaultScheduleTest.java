package io.minimalcluster.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {
    private static final Duration LEASE = Duration.ofSeconds(5);

    private static List<Fault> faults(long seed, int count) {
        FaultSchedule schedule = new FaultSchedule(seed, LEASE, true);
        return Stream.generate(schedule::next).limit(count).toList();
    }

    @Test
    void equalSeedsGiveEqualFaults() {
        assertThat(faults(42, 200)).isEqualTo(faults(42, 200));
        assertThat(faults(42, 200)).isNotEqualTo(faults(43, 200));
    }

    @Test
    void everyRoundContainsEveryKind() {
        FaultSchedule any = new FaultSchedule(7, LEASE, true);
        List<Fault> faults = faults(7, 3 * any.round());
        for (int round = 0; round < 3; round++) {
            assertThat(faults.subList(round * any.round(), (round + 1) * any.round()).stream()
                            .map(Fault::kind)
                            .distinct()
                            .sorted())
                    .containsExactlyElementsOf(any.kinds());
        }
    }

    @Test
    void workersAreStoppedForShorterAndForLongerThanALease() {
        assertThat(faults(1, 100).stream()
                        .filter(Fault.StopWorker.class::isInstance)
                        .map(fault -> ((Fault.StopWorker) fault).length().compareTo(LEASE) > 0))
                .contains(true, false);
    }
}
