package io.minimalcluster.master.reduce;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fairness of the poll over waiting reductions: every reduction is checked in turn. */
@Tag("store")
class ReductionFairnessTest {
    @Test
    void nextPageFollowsTheLastCheckedReduction(@TempDir Path folder) {
        try (Store store = TestStore.in(folder)) {
            store.writeAndWait(sql -> sql.sql("""
                    with recursive n (i) as (select 1 union all select i + 1 from n where i < 1001)
                    insert into reduction (job_seq, next_index) select i, 0 from n
                    """).update());

            List<Long> first = store.read(sql -> Reduction.jobs(sql, 0));
            List<Long> next = store.read(sql -> Reduction.jobs(sql, 1000));
            assertThat(first).hasSize(Reduction.PAGE_SIZE).contains(1L).doesNotContain(1001L);
            assertThat(next).containsExactly(1001L);
        }
    }
}
