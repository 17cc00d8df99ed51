package io.minimalcluster.master.result.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.minimalcluster.model.WorkerId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The course of a job.
 *
 * @param blocks tasks that a slot ran one after the other and whose outcomes arrived together, in the order of their
 *     recording; at most {@link JobTimelineReader#MAX_BLOCKS}, spread evenly over the job
 * @param running batches that workers hold
 * @param workers the workers of the blocks and batches that have not left long ago
 * @param durations how many tasks took how long, of {@code sampledTasks} tasks
 */
record JobTimeline(
        List<TimelineBlock> blocks,
        List<RunningBatch> running,
        List<TimelineWorker> workers,
        List<DurationClass> durations,
        long sampledTasks) {
    /**
     * A block of outcomes.
     *
     * @param first index of the first task
     * @param failed number of failed tasks
     * @param startedAt derived from the run times of the tasks; null if they are not known
     * @param finishedAt when the outcomes were recorded
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TimelineBlock(
            long first,
            long count,
            long failed,
            WorkerId worker,
            @Nullable Instant startedAt,
            Instant finishedAt) {}

    /**
     * A batch that a worker holds.
     *
     * @param first index of the first task
     * @param remaining number of tasks without an outcome
     */
    record RunningBatch(long first, long count, long remaining, WorkerId worker, Instant startedAt) {}

    /** A worker with its number of slots. */
    record TimelineWorker(WorkerId id, String name, int slots) {}

    /**
     * A class of run times.
     *
     * @param below exclusive upper bound in seconds; the lower bound is that of the class before
     */
    record DurationClass(double below, long tasks) {}
}
