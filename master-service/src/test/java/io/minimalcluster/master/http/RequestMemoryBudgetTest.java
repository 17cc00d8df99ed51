package io.minimalcluster.master.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException.PayloadTooLarge;
import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.limit.SharedBudget;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestMemoryBudgetTest {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int LONG = 2 * RequestMemoryBudget.SMALL;

    /** 24 MiB for clients, of which each may use 12, and 8 for workers alone. */
    private final RequestMemoryBudget memoryBudget = new RequestMemoryBudget(32 * MEBIBYTE, Duration.ZERO);

    private RequestMemoryBudget.Share taken(String owner, int mebibytes) {
        RequestMemoryBudget.Share share = memoryBudget.share(owner, (long) mebibytes * MEBIBYTE, true);
        share.readOn(LONG, 0);
        return share;
    }

    @Test
    void smallBodyTakesNoBudget() {
        for (int i = 0; i < 1000; i++) {
            memoryBudget.share("a", MEBIBYTE, true).readOn(RequestMemoryBudget.SMALL, RequestMemoryBudget.SMALL);
        }
        assertThat(taken("a", 3).isTaken()).isTrue();
    }

    @Test
    void waitForBudgetTimesOutAndBudgetIsReleased() {
        RequestMemoryBudget.Share one = taken("a", 3);
        RequestMemoryBudget.Share other = taken("b", 3);
        assertThatThrownBy(() -> taken("c", 1)).isInstanceOf(Unavailable.class);
        one.close();
        one.close();
        other.close();

        assertThat(taken("c", 6).isTaken()).isTrue();
    }

    @Test
    void ownerWithAFullShareLeavesBudgetForOthers() {
        taken("a", 3);
        assertThatThrownBy(() -> taken("a", 1)).isInstanceOf(Unavailable.class);

        assertThat(taken("b", 3).isTaken()).isTrue();
    }

    @Test
    void workersHaveAReserve() {
        taken("a", 6);
        assertThatThrownBy(() -> taken("b", 1)).isInstanceOf(Unavailable.class);

        assertThat(taken(SharedBudget.WORKERS, 2).isTaken()).isTrue();
    }

    @Test
    void streamReservesBudgetForLongValuesOnly() {
        taken("a", 6);
        RequestMemoryBudget.Share stream = memoryBudget.share("b", MEBIBYTE, false);

        stream.readOn(Long.MAX_VALUE, RequestMemoryBudget.SMALL);

        assertThatThrownBy(() -> stream.readOn(0, LONG)).isInstanceOf(Unavailable.class);
    }

    @Test
    void bodyAboveTheBudgetIsTooLarge() {
        assertThatThrownBy(() -> taken("a", 7)).isInstanceOf(PayloadTooLarge.class);
        assertThat(taken(SharedBudget.WORKERS, 8).isTaken()).isTrue();
    }
}
