package io.minimalcluster.master.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException.PayloadTooLarge;
import io.minimalcluster.master.error.MasterException.Unavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestMemoryBudgetTest {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int LONG = 2 * RequestMemoryBudget.SMALL;

    private final RequestMemoryBudget memoryBudget = new RequestMemoryBudget(8 * MEBIBYTE, Duration.ZERO);

    @Test
    void smallBodyTakesNoBudget() {
        for (int i = 0; i < 1000; i++) {
            memoryBudget.share(MEBIBYTE, true).readOn(RequestMemoryBudget.SMALL, RequestMemoryBudget.SMALL);
        }
        memoryBudget.share(2 * MEBIBYTE, true).readOn(LONG, 0);
    }

    @Test
    void waitForBudgetTimesOutAndBudgetIsReleased() {
        RequestMemoryBudget.Share one = memoryBudget.share(MEBIBYTE, true);
        RequestMemoryBudget.Share other = memoryBudget.share(MEBIBYTE, true);
        one.readOn(LONG, 0);
        other.readOn(LONG, 0);
        try (RequestMemoryBudget.Share third = memoryBudget.share(MEBIBYTE, true)) {
            assertThatThrownBy(() -> third.readOn(LONG, 0)).isInstanceOf(Unavailable.class);
        }
        one.close();
        one.close();
        other.close();

        memoryBudget.share(2 * MEBIBYTE, true).readOn(LONG, 0);
    }

    @Test
    void streamReservesBudgetForLongValuesOnly() {
        RequestMemoryBudget.Share all = memoryBudget.share(2 * MEBIBYTE, true);
        all.readOn(LONG, 0);
        RequestMemoryBudget.Share stream = memoryBudget.share(MEBIBYTE, false);

        stream.readOn(Long.MAX_VALUE, RequestMemoryBudget.SMALL);

        assertThatThrownBy(() -> stream.readOn(0, LONG)).isInstanceOf(Unavailable.class);
    }

    @Test
    void bodyAboveTheBudgetIsTooLarge() {
        assertThatThrownBy(() -> memoryBudget.share(3 * MEBIBYTE, true).readOn(LONG, 0))
                .isInstanceOf(PayloadTooLarge.class);
    }

    @Test
    void waitersGetBudgetInOrder() {
        RequestMemoryBudget patient = new RequestMemoryBudget(8 * MEBIBYTE, Duration.ofMinutes(1));
        RequestMemoryBudget.Share first = patient.share(2 * MEBIBYTE, true);
        first.readOn(LONG, 0);
        CompletableFuture<Void> second = CompletableFuture.runAsync(
                () -> patient.share(2 * MEBIBYTE, true).readOn(LONG, 0), Thread::startVirtualThread);
        assertThat(second).isNotDone();

        first.close();

        assertThat(second.orTimeout(30, TimeUnit.SECONDS)).succeedsWithin(Duration.ofSeconds(30));
    }
}
