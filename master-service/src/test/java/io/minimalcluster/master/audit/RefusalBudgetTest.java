package io.minimalcluster.master.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RefusalBudgetTest {
    private final AtomicLong now = new AtomicLong(5);
    private final RefusalBudget budget = new RefusalBudget(now::get);

    @Test
    void aFloodIsWrittenInPartAndNoneOfItIsUncounted() {
        long written = LongStream.range(0, 10_000)
                .map(_ -> budget.spend())
                .filter(times -> times > 0)
                .count();
        assertThat(written).isEqualTo(RefusalBudget.AT_ONCE);

        now.addAndGet(RefusalBudget.EACH.toNanos());

        assertThat(budget.spend()).isEqualTo(10_000 - RefusalBudget.AT_ONCE + 1);
        assertThat(budget.spend()).isZero();
    }

    @Test
    void whatWasNotSpentIsNotSavedUpForEver() {
        now.addAndGet(1_000 * RefusalBudget.EACH.toNanos());

        assertThat(LongStream.range(0, 1_000).filter(_ -> budget.spend() > 0).count())
                .isEqualTo(RefusalBudget.AT_ONCE);
    }
}
