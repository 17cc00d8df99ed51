package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.scheduling.JobRequirements;
import io.minimalcluster.master.segment.SegmentBuilder;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.MaxFailures;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * A job in the making that nobody sees and that folds the values of another, its parent: a group of them is an argument
 * of its. Groups are kept as they come.
 */
public final class ReductionJob implements AutoCloseable {
    private final JobRow parent;
    private final JobId id;
    private final CompletedUpload completedUpload;
    private SegmentBuilder segment = new SegmentBuilder(0);

    /** @param id that it will have */
    public ReductionJob(Store store, JobRow parent, JobId id) {
        this.parent = parent;
        this.id = id;
        this.completedUpload = new CompletedUpload(store, parent.owner(), id);
    }

    /** Adds a group, which stands in some bytes: a JSON array. */
    public void add(byte[] bytes, int length) {
        segment.add(bytes, 0, length);
        if (segment.isFull()) {
            long next = segment.end();
            completedUpload.add(segment.build());
            segment = new SegmentBuilder(next);
        }
    }

    /** Makes it a job that is handed out as others are; its number. */
    public Started start(String signature, long now, AfterStart after) {
        if (!segment.isEmpty()) {
            completedUpload.add(segment.build());
        }
        JobOptions parents = JsonMapper.shared().readValue(parent.options(), JobOptions.class);
        JobOptions options = new JobOptions(
                null,
                null,
                parents.priority(),
                parents.taskTimeoutSeconds(),
                null,
                parents.maxAttempts(),
                parents.retryOn(),
                new MaxFailures(0, false),
                null,
                parents.copies(),
                parents.network(),
                parents.requires(),
                null,
                null,
                null);
        TargetFunction function = new TargetFunction(signature, "", List.of(), "", signature);
        JobInsert row = new JobInsert(
                id,
                parent.owner(),
                new TargetResolver.Target(null, parent.environmentId(), function, null),
                options,
                JsonMapper.shared().writeValueAsString(options),
                new JobInsert.Folding(parent.seq()),
                segment.end(),
                null,
                now,
                Integer.MAX_VALUE);
        long seq = completedUpload.keep(row, _ -> row.id(), after);
        return new Started(seq, JobRequirements.of(options), segment.end());
    }

    /**
     * A job that was started.
     *
     * @param tasks how many groups it has
     */
    public record Started(long seq, JobRequirements requirements, long tasks) {}

    /** What else is written in the transaction that makes it a job. */
    @FunctionalInterface
    public interface AfterStart {
        void started(JdbcClient sql, long seq);
    }

    /** Leaves nothing behind if it was not started. */
    @Override
    public void close() {
        completedUpload.close();
    }
}
