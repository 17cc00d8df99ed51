package io.minimalcluster.master.scheduling.straggler;

import io.minimalcluster.master.job.state.JobProgress;
import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.Leases;
import io.minimalcluster.master.segment.IndexRange;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reclaims unstarted tasks of a lease by moving its end. The tasks become pending without a charge. */
public final class TaskReclaim {
    private static final String CUT = """
            update lease set last = :end, remaining = remaining - :tasks, shrink_request_id = '' where seq = :seq
            """;

    private TaskReclaim() {}

    /**
     * Reclaims the tasks without an outcome from an index on. If these are all tasks, the lease ends.
     *
     * @param lease the current state of the lease
     * @return number of reclaimed tasks
     */
    public static long cut(JdbcClient sql, Lease lease, long end) {
        if (!lease.isOpen()
                || lease.isExhausted()
                || lease.isCopy()
                || lease.hasCopy()
                || end < lease.first()
                || end >= lease.last()) {
            return 0;
        }
        if (end == lease.first()) {
            Leases.returnTasks(sql, lease);
            return lease.remaining();
        }
        List<IndexRange> taken = Leases.unrecorded(sql, lease, new IndexRange(end, lease.last()));
        long tasks = taken.stream().mapToLong(IndexRange::count).sum();
        if (tasks > 0) {
            sql.sql(CUT)
                    .param("end", end)
                    .param("tasks", tasks)
                    .param("seq", lease.seq())
                    .update();
            JobProgress.release(sql, lease.jobSeq(), tasks, 0);
            taken.forEach(range -> Leases.makePending(sql, lease.jobSeq(), range, lease.attempts()));
        }
        return tasks;
    }
}
