package io.minimalcluster.master.job.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException.InsufficientStorage;
import io.minimalcluster.master.id.TestIds;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.segment.SegmentBuilder;
import io.minimalcluster.master.store.DiskSpaceGuard;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.TestDiskSpace;
import io.minimalcluster.master.store.configuration.TestStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads of arguments, and their end when disk space runs out. */
class SegmentSpoolTest {
    private static final byte[] ARGUMENT =
            ("\"" + "a".repeat(SegmentBuilder.FULL_BYTES) + "\"").getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private static Segment segment(long first) {
        SegmentBuilder segment = new SegmentBuilder(first);
        segment.add(ARGUMENT, 0, ARGUMENT.length);
        return segment.build();
    }

    private static long count(Store store, String table) {
        return store.read(sql ->
                sql.sql("select count(*) from " + table).query(Long.class).single());
    }

    @Test
    void insufficientDiskSpaceEndsTheUploadAndDeletesItsRows() {
        try (Store store = TestStore.in(folder)) {
            DiskSpaceGuard fullDisk = TestDiskSpace.fullIn(folder);
            AtomicInteger checks = new AtomicInteger();
            AtomicInteger accepted = new AtomicInteger();

            assertThatThrownBy(() -> {
                        try (SegmentSpool job =
                                new SegmentSpool(store, "me", TestIds.random().job(), _ -> {
                                    if (checks.incrementAndGet() > 3) {
                                        fullDisk.check();
                                    }
                                })) {
                            for (int first = 0; first < 100; first++) {
                                job.add(segment(first));
                                accepted.incrementAndGet();
                            }
                        }
                    })
                    .isInstanceOf(InsufficientStorage.class);

            assertThat(accepted.get()).as("segments before the end").isBetween(5, 40);
            assertThat(count(store, "argument_segment")).isZero();
            assertThat(count(store, "job")).isZero();
        }
    }

    @Test
    void smallUploadStaysInMemory() {
        try (Store store = TestStore.in(folder);
                SegmentSpool job =
                        new SegmentSpool(store, "me", TestIds.random().job(), _ -> {
                            throw new InsufficientStorage("full");
                        })) {
            job.add(segment(0));
            assertThat(count(store, "job")).isZero();
        }
    }
}
