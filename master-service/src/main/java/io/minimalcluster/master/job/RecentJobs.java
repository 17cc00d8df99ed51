package io.minimalcluster.master.job;

import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.TaskRange;
import io.minimalcluster.model.support.LruCache;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Recently used jobs, with what never changes of them. A batch of a small job is then sent without a read, which after
 * each commit would load its pages again. Evicts the least recently used entries.
 */
@Component
public class RecentJobs {
    private static final int JOBS = 2000;

    /** Maximum size of the arguments that are kept with a job. */
    private static final int ARGUMENT_BYTES = 4096;

    private final Map<Long, RecentJob> jobs = LruCache.of(JOBS);
    private final Store store;

    public RecentJobs(Store store) {
        this.store = store;
    }

    /**
     * Adds a new job.
     *
     * @param arguments all its arguments; empty if it has a range, or if they are not at hand
     */
    public void put(JobRow job, List<Segment> arguments) {
        boolean isShort = arguments.size() == 1 && arguments.getFirst().data().length <= ARGUMENT_BYTES;
        jobs.put(job.seq(), RecentJob.of(job, isShort ? arguments.getFirst() : null));
    }

    /** Finds a job, in the store if it is not recent. Empty if it was deleted before. */
    public Optional<RecentJob> find(long seq) {
        RecentJob known = jobs.get(seq);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<RecentJob> found = store.read(sql -> Jobs.bySeq(sql, seq)).map(job -> RecentJob.of(job, null));
        found.ifPresent(job -> jobs.put(seq, job));
        return found;
    }

    /**
     * What never changes of a job.
     *
     * @param range the range that generates the arguments; null where arguments are stored
     * @param taskTimeoutSeconds 0 for none
     * @param arguments all arguments, if they are short and at hand
     */
    public record RecentJob(
            JobId id,
            String owner,
            EnvironmentId environmentId,
            String method,
            @Nullable TaskRange range,
            double taskTimeoutSeconds,
            JobRow.ExecutionMode executionMode,
            @Nullable Segment arguments) {
        private static RecentJob of(JobRow job, @Nullable Segment arguments) {
            return new RecentJob(
                    job.id(),
                    job.owner(),
                    job.environmentId(),
                    job.method(),
                    job.range(),
                    job.taskTimeoutSeconds(),
                    job.executionMode(),
                    arguments);
        }
    }
}
