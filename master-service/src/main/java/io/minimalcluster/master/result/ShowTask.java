package io.minimalcluster.master.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.problem.MasterException.NotFound;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.TaskRange;
import io.minimalcluster.model.job.TaskState;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Finds all that is known of one task. */
@Component
class ShowTask {
    private static final String ARGUMENTS = """
            select first, count, data, lengths from argument_segment
             where job_seq = :job and first <= :index order by first desc limit 1
            """;
    private static final String LEASE = """
            select worker_id, attempt from lease
             where job_seq = :job and state in ('OPEN', 'LAPSED') and state = 'OPEN'
               and first <= :index and last > :index limit 1
            """;
    private static final String PENDING = """
            select attempt from pending_range where job_seq = :job and first <= :index and last > :index
            """;

    private final Store store;
    private final JsonMapper json;

    ShowTask(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    TaskView show(JobRow job, long index) {
        if (index < 0 || index >= job.tasks().total()) {
            throw new NotFound("task " + index + " of job " + job.id());
        }
        return store.read(sql -> RecordedBlock.fromIndex(sql, json, job.seq(), index)
                .filter(block -> block.values().first() <= index)
                .map(block -> finished(sql, job, block, index))
                .orElseGet(() -> unfinished(sql, job, index)));
    }

    private TaskView finished(JdbcClient sql, JobRow job, RecordedBlock block, long index) {
        PostedError error = block.error(index);
        Optional<PostedOutput> output =
                block.output().stream().filter(text -> text.index() == index).findFirst();
        return new TaskView(
                index,
                error == null ? TaskState.SUCCEEDED : TaskState.FAILED,
                argument(sql, job, index),
                error == null ? new String(block.values().value(index), UTF_8) : null,
                error == null ? null : error.toError(),
                block.attempt(),
                new WorkerId(block.worker()),
                block.recordedAt(),
                block.secondsOf(json, index),
                output.map(PostedOutput::text).orElse(null),
                output.map(PostedOutput::truncated).orElse(false));
    }

    private TaskView unfinished(JdbcClient sql, JobRow job, long index) {
        if (job.state().isTerminal()) {
            return waiting(sql, job, index, TaskState.CANCELLED, null, 0);
        }
        return sql.sql(LEASE)
                .param("job", job.seq())
                .param("index", index)
                .query((row, number) -> waiting(
                        sql,
                        job,
                        index,
                        TaskState.RUNNING,
                        new WorkerId(row.getString("worker_id")),
                        row.getInt("attempt")))
                .optional()
                .orElseGet(() -> waiting(sql, job, index, TaskState.PENDING, null, attemptsSoFar(sql, job, index)));
    }

    private static int attemptsSoFar(JdbcClient sql, JobRow job, long index) {
        return sql.sql(PENDING)
                        .param("job", job.seq())
                        .param("index", index)
                        .query(Integer.class)
                        .optional()
                        .orElse(1)
                - 1;
    }

    private TaskView waiting(
            JdbcClient sql, JobRow job, long index, TaskState state, @Nullable WorkerId worker, int attempts) {
        return new TaskView(
                index, state, argument(sql, job, index), null, null, attempts, worker, null, null, null, false);
    }

    private static String argument(JdbcClient sql, JobRow job, long index) {
        TaskRange range = job.range();
        if (range != null) {
            return String.valueOf(range.from() + index * Objects.requireNonNull(range.step()));
        }
        Segment segment = sql.sql(ARGUMENTS)
                .param("job", job.seq())
                .param("index", index)
                .query((row, number) -> new Segment(
                        row.getLong("first"), row.getInt("count"), row.getBytes("data"), row.getBytes("lengths")))
                .single();
        return new String(segment.value(index), UTF_8);
    }
}
