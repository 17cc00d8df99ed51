package io.minimalcluster.master.scheduling;

import io.minimalcluster.master.job.state.JobProgress;
import io.minimalcluster.master.segment.IndexRange;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Repairs a job whose counters disagree with its rows. Such a job is a defect, which is logged. Tasks without any
 * record become pending again.
 */
final class CounterRepair {
    private static final Logger log = LoggerFactory.getLogger(CounterRepair.class);
    private static final String PENDING = "select first, last from pending_range where job_seq = :job";
    private static final String HELD =
            "select " + Lease.COLUMNS + " from lease where job_seq = :job and state in ('OPEN', 'LAPSED')";

    private CounterRepair() {}

    static void repair(JdbcClient sql, long jobSeq) {
        while (RetryScanner.scanNext(sql, jobSeq)) {
            // Completes the scan first, so that no part of the job is left out.
        }
        List<IndexRange> missing = new ArrayList<>();
        List<IndexRange> accountedFor = accountedFor(sql, jobSeq);
        RetryScanner.withoutOutcome(sql, jobSeq).forEach(range -> missing.addAll(range.without(accountedFor)));
        missing.forEach(range -> Leases.makePending(sql, jobSeq, range, LossPolicy.FIRST));
        JobProgress.recount(sql, jobSeq);
        log.error("event=job.counters-repaired seq={} lost={}", jobSeq, missing);
    }

    /** The ranges that are pending or held by a lease. */
    private static List<IndexRange> accountedFor(JdbcClient sql, long jobSeq) {
        List<IndexRange> found = new ArrayList<>(
                sql.sql(PENDING).param("job", jobSeq).query(IndexRange::of).list());
        for (Lease lease : sql.sql(HELD).param("job", jobSeq).query(Lease::of).list()) {
            IndexRange all = new IndexRange(lease.first(), lease.last());
            found.addAll(all.without(Leases.returned(sql, lease)));
        }
        return found;
    }
}
