package io.minimalcluster.client.reduce;

import io.minimalcluster.model.JobId;
import java.io.Serial;

/**
 * Thrown when all tasks of a job succeeded but their values could not be reduced: the operator failed, a value is no
 * number that a built-in reduces, or the deadline passed. The message says why. The values are kept, as those of a job
 * without a reduction: {@code cluster.client().values(e.job(), Long.class)} reads them.
 */
public final class ReductionFailedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient JobId job;

    /** @param reason why the job failed, as text for people */
    public ReductionFailedException(JobId job, String reason) {
        super("the values of " + job.value() + " were not reduced: " + reason);
        this.job = job;
    }

    public JobId job() {
        return job;
    }
}
