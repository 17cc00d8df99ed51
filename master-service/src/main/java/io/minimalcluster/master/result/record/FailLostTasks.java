package io.minimalcluster.master.result.record;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minimalcluster.master.scheduling.IndexRange;
import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.LeaseExpiry;
import io.minimalcluster.master.scheduling.Leases;
import io.minimalcluster.master.segment.SegmentBuilder;
import io.minimalcluster.model.job.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Fails tasks whose workers fell silent too often while they may have run them: what brings down each worker that it
 * meets would go on for ever.
 */
public final class FailLostTasks {
    private static final byte[] NULL = "null".getBytes(US_ASCII);
    private static final String WHY = "each time that it ran, its worker fell silent and did not come back";

    private final RecordPart recordPart;

    public FailLostTasks(RecordPart recordPart) {
        this.recordPart = recordPart;
    }

    /** Gives up those of one lease, in its caller's transaction; empty when there are none left. */
    public List<GivenUp> failSome(JdbcClient sql) {
        return LeaseExpiry.findExhausted(sql).map(lease -> giveUp(sql, lease)).orElse(List.of());
    }

    private List<GivenUp> giveUp(JdbcClient sql, Lease lease) {
        List<GivenUp> all = new ArrayList<>();
        for (IndexRange range : Leases.unrecorded(sql, lease, new IndexRange(lease.first(), lease.last()))) {
            all.add(record(sql, lease, lost(range)));
        }
        all.add(record(sql, lease, new ResultPart(null, new TreeMap<>(), new long[0], List.of(), true)));
        return all;
    }

    private GivenUp record(JdbcClient sql, Lease lease, ResultPart part) {
        return new GivenUp(lease, part, recordPart.record(sql, lease.worker(), lease.id(), part));
    }

    private static ResultPart lost(IndexRange range) {
        SegmentBuilder values = new SegmentBuilder(range.first());
        NavigableMap<Long, IndexedError> errors = new TreeMap<>();
        for (long index = range.first(); index < range.last(); index++) {
            values.add(NULL, 0, NULL.length);
            errors.put(index, new IndexedError(index, ErrorKind.LOST, null, WHY, List.of(), 1));
        }
        return new ResultPart(values.build(), errors, new long[0], List.of(), false);
    }

    /** What came of a part of a lease that was given up. */
    public record GivenUp(Lease lease, ResultPart part, RecordPart.Outcome outcome) {}
}
