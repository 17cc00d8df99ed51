package io.minimalcluster.master.result.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.master.error.MasterException.NotFound;
import io.minimalcluster.master.http.budget.ResponseBuffer;
import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.result.record.IndexedError;
import io.minimalcluster.master.result.record.IndexedOutput;
import io.minimalcluster.master.scheduling.LossPolicy;
import io.minimalcluster.master.segment.RecordedRange;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.TaskState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Finds the details of one task. */
@Component
class FindTask {
    private static final String LEASE = """
            select worker_id, attempt, loss_quarters, refusals from lease
             where job_seq = :job and state in ('OPEN', 'LAPSED') and state = 'OPEN'
               and first <= :index and last > :index and copy_of is null limit 1
            """;
    private static final String COPY = """
            select worker_id from lease
             where job_seq = :job and state in ('OPEN', 'LAPSED') and state = 'OPEN'
               and first = :index and copy_of is not null and remaining > 0
            """;
    private static final String PENDING = """
            select attempt, loss_quarters, refusals from pending_range where job_seq = :job and first <= :index and last > :index
            """;

    private final Store store;
    private final JsonMapper json;

    FindTask(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    TaskView show(JobRow job, long index) {
        if (index < 0 || index >= job.tasks().total()) {
            throw new NotFound("task " + index + " of job " + job.id());
        }
        ResponseBuffer.reserve();
        String argument = argument(job, index);
        return store.read(sql -> {
            JobSnapshot snapshot = JobSnapshot.of(sql, job.seq());
            return RecordedRange.from(sql, job.seq(), snapshot.round(), index)
                    .filter(span -> span.first() <= index)
                    .map(span -> RecordedBlock.at(sql, json, job.seq(), span.position()))
                    .filter(block -> block.error(index) == null || snapshot.isCurrent(block))
                    .map(block -> finished(argument, block, index))
                    .orElseGet(() -> unfinished(sql, job, index, argument));
        });
    }

    private TaskView finished(String argument, RecordedBlock block, long index) {
        IndexedError error = block.error(index);
        Optional<IndexedOutput> output =
                block.output().stream().filter(text -> text.index() == index).findFirst();
        return new TaskView(
                index,
                error == null ? TaskState.SUCCEEDED : TaskState.FAILED,
                argument,
                error == null ? new String(block.values().value(index), UTF_8) : null,
                error == null ? null : error.toError(),
                block.attempt(),
                new WorkerId(block.worker()),
                null,
                block.recordedAt(),
                block.secondsOf(json, index),
                output.map(IndexedOutput::text).orElse(null),
                output.map(IndexedOutput::truncated).orElse(false));
    }

    private static TaskView unfinished(JdbcClient sql, JobRow job, long index, String argument) {
        if (job.state().isTerminal()) {
            return unfinishedView(index, TaskState.CANCELLED, argument, null, 0);
        }
        return sql.sql(LEASE)
                .param("job", job.seq())
                .param("index", index)
                .query((row, number) -> unfinishedView(
                        index,
                        TaskState.RUNNING,
                        argument,
                        new WorkerId(row.getString("worker_id")),
                        LossPolicy.of(row).runs()))
                .optional()
                .map(running -> copy(sql, job, index).map(running::copiedTo).orElse(running))
                .orElseGet(
                        () -> unfinishedView(index, TaskState.PENDING, argument, null, attemptsSoFar(sql, job, index)));
    }

    private static Optional<WorkerId> copy(JdbcClient sql, JobRow job, long index) {
        return sql.sql(COPY)
                .param("job", job.seq())
                .param("index", index)
                .query((row, number) -> new WorkerId(row.getString("worker_id")))
                .optional();
    }

    private static int attemptsSoFar(JdbcClient sql, JobRow job, long index) {
        return sql.sql(PENDING)
                        .param("job", job.seq())
                        .param("index", index)
                        .query((row, number) -> LossPolicy.of(row))
                        .optional()
                        .orElse(LossPolicy.FIRST)
                        .runs()
                - 1;
    }

    private static TaskView unfinishedView(
            long index, TaskState state, String argument, @Nullable WorkerId worker, int attempts) {
        return new TaskView(index, state, argument, null, null, attempts, worker, null, null, null, null, false);
    }

    private String argument(JobRow job, long index) {
        Segment.Slice argument = new ArgumentCursor(store, job).of(index);
        return new String(argument.bytes(), argument.offset(), argument.length(), UTF_8);
    }
}
