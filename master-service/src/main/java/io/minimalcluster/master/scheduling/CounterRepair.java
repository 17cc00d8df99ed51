package io.minimalcluster.master.scheduling;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sets a job right whose counts do not agree with its rows: a defect, which is logged, and which costs no more than
 * this. Tasks that are nowhere wait to be handed out again.
 */
final class CounterRepair {
    private static final Logger log = LoggerFactory.getLogger(CounterRepair.class);
    private static final String PENDING = "select first, last from pending_range where job_seq = :job";
    private static final String HELD =
            "select " + Lease.COLUMNS + " from lease where job_seq = :job and state in ('OPEN', 'LAPSED')";
    private static final String COUNT = """
            update job set
                   pending = (select coalesce(sum(last - first), 0) from pending_range where job_seq = :job)
                           + (select coalesce(sum(remaining), 0) from lease where job_seq = :job and state = 'LAPSED'),
                   running = (select coalesce(sum(remaining), 0) from lease
                               where job_seq = :job and state = 'OPEN' and copy_of is null),
                   leases = (select count(*) from lease where job_seq = :job and state = 'OPEN')
             where seq = :job
            """;

    private CounterRepair() {}

    static void of(JdbcClient sql, long jobSeq) {
        while (RetryScanner.on(sql, jobSeq)) {
            // so that there is no part of it that was not looked at
        }
        List<IndexRange> nowhere = new ArrayList<>();
        List<IndexRange> somewhere = somewhere(sql, jobSeq);
        RetryScanner.unsettled(sql, jobSeq).forEach(range -> nowhere.addAll(range.without(somewhere)));
        nowhere.forEach(range -> Leases.makePending(sql, jobSeq, range, LossPolicy.FIRST));
        sql.sql(COUNT).param("job", jobSeq).update();
        log.error("event=job.counters-repaired seq={} lost={}", jobSeq, nowhere);
    }

    /** Whatever waits, or is in somebody's hands. */
    private static List<IndexRange> somewhere(JdbcClient sql, long jobSeq) {
        List<IndexRange> found = new ArrayList<>(
                sql.sql(PENDING).param("job", jobSeq).query(IndexRange::of).list());
        for (Lease lease : sql.sql(HELD).param("job", jobSeq).query(Lease::of).list()) {
            IndexRange all = new IndexRange(lease.first(), lease.last());
            found.addAll(all.without(Leases.givenBack(sql, lease)));
        }
        return found;
    }
}
