package io.minimalcluster.master.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.job.JobOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("store")
class ResultSegmentsTest {
    @TempDir
    Path folder;

    private static StoredBlock block(long first, int count, @Nullable String errors) {
        SegmentBuilder values = new SegmentBuilder(first);
        for (int i = 0; i < count; i++) {
            values.add(new byte[] {'1'}, 0, 1);
        }
        return new StoredBlock(first, values.build(), errors, "[]", null, "worker-1", 1, 0, 0);
    }

    @Test
    void blocksWithErrorsAreFoundFromAnIndexOn() {
        try (Store store = TestStore.in(folder)) {
            long job = new TestJobs(store, InstantSource.system()).add(10, JobOptions.DEFAULTS);
            store.writeAndWait(sql -> {
                List.of(block(0, 2, null), block(2, 3, "[]"), block(5, 1, null), block(6, 4, "[]"))
                        .forEach(block -> ResultSegments.add(sql, job, block));
                return job;
            });

            List<OptionalLong> found = store.read(sql -> List.of(
                    ResultSegments.failing(sql, job, 0, 0),
                    ResultSegments.failing(sql, job, 0, 4),
                    ResultSegments.failing(sql, job, 0, 5),
                    ResultSegments.failing(sql, job, 0, 10),
                    ResultSegments.failing(sql, job, 1, 0)));

            assertThat(found)
                    .containsExactly(
                            OptionalLong.of(2),
                            OptionalLong.of(2),
                            OptionalLong.of(6),
                            OptionalLong.empty(),
                            OptionalLong.empty());
        }
    }
}
