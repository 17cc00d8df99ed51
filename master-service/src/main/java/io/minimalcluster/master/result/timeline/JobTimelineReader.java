package io.minimalcluster.master.result.timeline;

import io.minimalcluster.master.http.budget.ResponseBuffer;
import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.result.timeline.JobTimeline.RunningBatch;
import io.minimalcluster.master.result.timeline.JobTimeline.TimelineBlock;
import io.minimalcluster.master.result.timeline.JobTimeline.TimelineWorker;
import io.minimalcluster.master.segment.ResultSegments;
import io.minimalcluster.master.segment.ResultSegments.Summary;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.WorkerId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads the course of a job. Its cost has a bound that does not depend on the length of the job. */
@Component
class JobTimelineReader {
    /** Maximum number of blocks and of running batches. */
    static final int MAX_BLOCKS = 500;

    private static final String RUNNING = """
            select first, last, remaining, worker_id, acquired_at from lease
             where job_seq = :job and state in ('OPEN', 'LAPSED') and remaining > 0
             order by seq limit :max
            """;
    private static final String WORKERS = "select id, name, slots from worker where id in (:ids)";

    private final Store store;
    private final JsonMapper json;

    JobTimelineReader(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    JobTimeline read(JobRow job) {
        ResponseBuffer.reserve();
        return store.read(sql -> {
            DurationHistogram durations = new DurationHistogram();
            List<TimelineBlock> blocks =
                    ResultSegments.spread(sql, job.seq(), MAX_BLOCKS, block -> block(block, durations));
            List<RunningBatch> running = running(sql, job.seq());
            return new JobTimeline(
                    blocks, running, workers(sql, blocks, running), durations.classes(), durations.total());
        });
    }

    private static List<RunningBatch> running(JdbcClient sql, long job) {
        return sql.sql(RUNNING)
                .param("job", job)
                .param("max", MAX_BLOCKS)
                .query((row, number) -> new RunningBatch(
                        row.getLong("first"),
                        row.getLong("last") - row.getLong("first"),
                        row.getLong("remaining"),
                        new WorkerId(row.getString("worker_id")),
                        Instant.ofEpochMilli(row.getLong("acquired_at"))))
                .list();
    }

    private static List<TimelineWorker> workers(
            JdbcClient sql, List<TimelineBlock> blocks, List<RunningBatch> running) {
        List<String> ids = Stream.concat(
                        blocks.stream().map(block -> block.worker().value()),
                        running.stream().map(batch -> batch.worker().value()))
                .distinct()
                .toList();
        return ids.isEmpty()
                ? List.of()
                : sql.sql(WORKERS)
                        .param("ids", ids)
                        .query((row, number) -> new TimelineWorker(
                                new WorkerId(row.getString("id")), row.getString("name"), row.getInt("slots")))
                        .list();
    }

    private TimelineBlock block(Summary block, DurationHistogram durations) {
        Instant finishedAt = Instant.ofEpochMilli(block.recordedAt());
        long[] micros = micros(block.micros());
        if (micros.length == block.count()) {
            Arrays.stream(micros).forEach(each -> durations.add(each, 1));
        } else if (micros.length == 1) {
            durations.add(micros[0] / Math.max(1, block.count()), block.count());
        }
        return new TimelineBlock(
                block.first(),
                block.count(),
                failed(block),
                new WorkerId(block.worker()),
                micros.length == 0
                        ? null
                        : finishedAt.minusMillis(Arrays.stream(micros).sum() / 1000),
                finishedAt);
    }

    private long[] micros(@Nullable String text) {
        return text == null ? new long[0] : json.readValue(text, long[].class);
    }

    /** Number of failed tasks. A block whose errors are too long to be read counts as failed as a whole. */
    private long failed(Summary block) {
        if (!block.failing()) {
            return 0;
        }
        return block.errors() == null
                ? block.count()
                : json.readTree(block.errors()).size();
    }
}
