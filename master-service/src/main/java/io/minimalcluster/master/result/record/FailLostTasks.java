package io.minimalcluster.master.result.record;

import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.LeaseExpiry;
import io.minimalcluster.master.scheduling.Leases;
import io.minimalcluster.master.segment.IndexRange;
import io.minimalcluster.model.job.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Fails tasks at the limit of losses. Without this limit a poison task would kill one worker after the other. */
public final class FailLostTasks {
    private static final String MESSAGE = "on each run its worker timed out and did not return";

    private final RecordPart recordPart;

    public FailLostTasks(RecordPart recordPart) {
        this.recordPart = recordPart;
    }

    /** Fails the tasks of one exhausted lease in the transaction of the caller. Empty if there is none. */
    public List<FailedPart> failNext(JdbcClient sql) {
        return LeaseExpiry.findExhausted(sql)
                .map(lease -> failTasks(sql, lease))
                .orElse(List.of());
    }

    private List<FailedPart> failTasks(JdbcClient sql, Lease lease) {
        List<FailedPart> all = new ArrayList<>();
        for (IndexRange range : Leases.unrecorded(sql, lease, new IndexRange(lease.first(), lease.last()))) {
            all.add(record(sql, lease, ResultPart.failed(range, ErrorKind.LOST, MESSAGE, null)));
        }
        all.add(record(sql, lease, new ResultPart(null, new TreeMap<>(), new long[0], List.of(), true)));
        return all;
    }

    private FailedPart record(JdbcClient sql, Lease lease, ResultPart part) {
        return new FailedPart(lease, part, recordPart.record(sql, lease.worker(), lease.id(), part));
    }

    /** The recorded outcome of a part of a lease whose tasks were failed. */
    public record FailedPart(Lease lease, ResultPart part, RecordPart.Outcome outcome) {}
}
