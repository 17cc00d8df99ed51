package io.minimalcluster.master.reduce;

import io.minimalcluster.master.job.CancelJob;
import io.minimalcluster.master.job.DeleteJob;
import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.job.state.JobProgress;
import io.minimalcluster.master.store.Store;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Ends reductions and their jobs. */
@Component
class ReductionEnd {
    private static final Logger log = LoggerFactory.getLogger(ReductionEnd.class);

    private static final String KEEP = """
            insert into reduced_value (job_seq, value) values (:job, :value)
            on conflict (job_seq) do update set value = excluded.value
            """;

    private final Store store;
    private final InstantSource clock;
    private final JobSubscriptions subscriptions;
    private final CancelJob cancel;

    ReductionEnd(Store store, InstantSource clock, JobSubscriptions subscriptions, CancelJob cancel) {
        this.store = store;
        this.clock = clock;
        this.subscriptions = subscriptions;
        this.cancel = cancel;
    }

    /** Stores the reduced value and ends the job as SUCCEEDED. */
    void succeeded(JobRow job, Reduction reduction, String value) {
        end(job, reduction, value, null);
    }

    /** Ends the job as FAILED, because its values cannot be folded. */
    void failed(JobRow job, Reduction reduction, String error) {
        end(job, reduction, null, error);
    }

    private void end(JobRow job, Reduction reduction, @Nullable String value, @Nullable String error) {
        boolean ended = store.writeAndWait(sql -> {
            boolean isEnded = JobProgress.endReduction(sql, job.seq(), error, clock.millis());
            if (isEnded) {
                Reduction.delete(sql, job.seq());
                if (value != null) {
                    sql.sql(KEEP).param("job", job.seq()).param("value", value).update();
                }
            }
            return isEnded;
        });
        if (ended) {
            subscriptions.ended(job.id());
            log.info("event=job.ended job={} reduced={}", job.id(), error == null);
            removeJob(reduction.child());
        }
    }

    /** Discards a reduction whose job has ended or was deleted. */
    void abandon(Reduction reduction) {
        Long child = reduction.child();
        if (child != null) {
            cancel.cancelReductionJob(child);
        }
        store.writeAndWait(sql -> {
            Reduction.delete(sql, reduction.job());
            return reduction;
        });
        removeJob(child);
    }

    /** Removes an internal job that is no longer needed. */
    void removeJob(@Nullable Long child) {
        if (child != null) {
            store.writeAndWait(sql -> {
                JobProgress.delete(sql, child);
                return child;
            });
            DeleteJob.tryRemoveRows(store, List.of(child));
        }
    }
}
