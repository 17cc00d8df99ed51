package io.minimalcluster.master.result.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.result.timeline.JobTimeline.TimelineBlock;
import io.minimalcluster.master.segment.ResultSegments;
import io.minimalcluster.master.segment.SegmentBuilder;
import io.minimalcluster.master.segment.StoredBlock;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.job.JobOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@Tag("store")
class JobTimelineReaderTest {
    private static final long RECORDED_AT = 1_800_000_000_000L;

    @TempDir
    Path folder;

    private Store store;
    private TestJobs jobs;
    private JobTimelineReader reader;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        jobs = new TestJobs(store, InstantSource.system());
        reader = new JobTimelineReader(store, JsonMapper.shared());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static StoredBlock block(long first, int count, String micros, @Nullable String errors) {
        SegmentBuilder values = new SegmentBuilder(first);
        for (int i = 0; i < count; i++) {
            values.add(new byte[] {'1'}, 0, 1);
        }
        return new StoredBlock(first, values.build(), errors, micros, null, "worker-1", 1, RECORDED_AT + first, 0);
    }

    private void record(long job, List<StoredBlock> blocks) {
        store.writeAndWait(sql -> {
            blocks.forEach(block -> ResultSegments.add(sql, job, block));
            return blocks.size();
        });
    }

    private JobTimeline timeline(long job) {
        return reader.read(jobs.get(job));
    }

    @Test
    void blockHasItsTimesAndFailures() {
        long job = jobs.add(10, JobOptions.DEFAULTS);
        record(
                job,
                List.of(
                        block(0, 2, "[1500,500]", null),
                        block(2, 3, "[9000]", "[{\"index\":3}]"),
                        block(5, 1, "[]", null)));

        JobTimeline timeline = timeline(job);

        assertThat(timeline.blocks()).extracting(TimelineBlock::first).containsExactly(0L, 2L, 5L);
        assertThat(timeline.blocks()).extracting(TimelineBlock::failed).containsExactly(0L, 1L, 0L);
        assertThat(timeline.blocks())
                .extracting(TimelineBlock::startedAt)
                .containsExactly(
                        Instant.ofEpochMilli(RECORDED_AT - 2), Instant.ofEpochMilli(RECORDED_AT + 2 - 9), null);
        assertThat(timeline.durations())
                .as("500 µs, 1500 µs, and 3 ms each for a total of 9 ms")
                .containsExactly(
                        new JobTimeline.DurationClass(0.001, 1),
                        new JobTimeline.DurationClass(0.002, 1),
                        new JobTimeline.DurationClass(0.005, 3));
        assertThat(timeline.sampledTasks()).isEqualTo(5);
    }

    @Test
    void blocksOfALongJobAreSpreadEvenly() {
        int count = 4 * JobTimelineReader.MAX_BLOCKS;
        long job = jobs.add(count, JobOptions.DEFAULTS);
        record(
                job,
                IntStream.range(0, count)
                        .mapToObj(index -> block(index, 1, "[100]", null))
                        .toList());

        List<TimelineBlock> blocks = timeline(job).blocks();

        assertThat(blocks)
                .hasSize(JobTimelineReader.MAX_BLOCKS)
                .isSortedAccordingTo(Comparator.comparingLong(TimelineBlock::first));
        assertThat(blocks.getFirst().first()).isLessThan(8);
        assertThat(blocks.getLast().first()).isEqualTo(count - 1);
        for (int i = 1; i < blocks.size(); i++) {
            assertThat(blocks.get(i).first() - blocks.get(i - 1).first()).isBetween(3L, 5L);
        }
    }

    @Test
    void jobWithoutResultsHasAnEmptyTimeline() {
        JobTimeline timeline = timeline(jobs.add(10, JobOptions.DEFAULTS));

        assertThat(timeline.blocks()).isEmpty();
        assertThat(timeline.running()).isEmpty();
        assertThat(timeline.durations()).isEmpty();
    }
}
