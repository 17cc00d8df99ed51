package io.minimalcluster.master.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("store")
class ArgumentSegmentsTest {
    private static final int KIBIBYTE = 1024;

    @TempDir
    private Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void bytesEndAtTheSegmentThatReachesThem() {
        long job = new TestJobs(store, InstantSource.system()).add(segments(4, 100, 256 * KIBIBYTE));

        assertThat(startAfter(job, 0, 512 * KIBIBYTE)).contains(200L);
        assertThat(startAfter(job, 99, 512 * KIBIBYTE)).contains(200L);
        assertThat(startAfter(job, 100, 512 * KIBIBYTE)).contains(300L);
        assertThat(startAfter(job, 0, 512 * KIBIBYTE + 1)).contains(300L);
        assertThat(startAfter(job, 250, 512 * KIBIBYTE)).isEmpty();
    }

    @Test
    void longArgumentIsASegmentThatReachesThemAlone() {
        long job = new TestJobs(store, InstantSource.system()).add(segments(3, 1, 3 * KIBIBYTE * KIBIBYTE));

        assertThat(startAfter(job, 0, 2 * KIBIBYTE * KIBIBYTE)).contains(1L);
        assertThat(startAfter(job, 1, 2 * KIBIBYTE * KIBIBYTE)).contains(2L);
        assertThat(startAfter(job, 2, 2 * KIBIBYTE * KIBIBYTE)).isEmpty();
    }

    private Optional<Long> startAfter(long job, long index, int bytes) {
        return store.read(sql -> ArgumentSegments.startAfter(sql, job, index, bytes));
    }

    /** Segments of {@code bytes} in {@code count} arguments each. */
    private static List<Segment> segments(int segments, int count, int bytes) {
        List<Segment> all = new ArrayList<>();
        for (int i = 0; i < segments; i++) {
            SegmentBuilder segment = new SegmentBuilder((long) i * count);
            for (int j = 1; j < count; j++) {
                segment.add(new byte[] {'7'}, 0, 1);
            }
            int rest = bytes - 2 * (count - 1);
            segment.add("7".repeat(rest).getBytes(StandardCharsets.US_ASCII), 0, rest);
            all.add(segment.build());
        }
        return all;
    }
}
