package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.job.submit.SegmentSpool.AfterInsert;
import io.minimalcluster.master.scheduling.JobRequirements;
import io.minimalcluster.master.segment.SegmentBuilder;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.MaxFailures;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Builds an internal job that folds the values of its parent job. Each argument is a group of values. Groups are stored
 * as they are added.
 */
public final class ReductionJob implements AutoCloseable {
    private final JobRow parent;
    private final JobId id;
    private final SegmentSpool spool;
    private final SegmentBuilder segment = new SegmentBuilder(0);

    /** @param id the id of the future job */
    public ReductionJob(Store store, JobRow parent, JobId id) {
        this.parent = parent;
        this.id = id;
        this.spool = new SegmentSpool(store, parent.owner(), id);
    }

    /** Adds a group, a JSON array at the start of {@code bytes}. */
    public void add(byte[] bytes, int length) {
        segment.add(bytes, 0, length);
        if (segment.isFull()) {
            spool.add(segment.build());
        }
    }

    /** Inserts the job, so that its tasks are allocated like those of other jobs. */
    public Started start(String signature, long now, AfterInsert<?> after) {
        if (!segment.isEmpty()) {
            spool.add(segment.build());
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
        long seq = spool.insert(row, _ -> row.id(), (sql, number) -> {
            after.run(sql, number);
            return number;
        });
        return new Started(seq, JobRequirements.of(options), segment.end());
    }

    /**
     * A started internal job.
     *
     * @param tasks number of groups
     */
    public record Started(long seq, JobRequirements requirements, long tasks) {}

    /** Removes the stored groups if the job was not started. */
    @Override
    public void close() {
        spool.close();
    }
}
