package io.minimalcluster.master.result;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minimalcluster.master.lease.IndexRange;
import io.minimalcluster.master.lease.Lease;
import io.minimalcluster.master.lease.Leases;
import io.minimalcluster.master.lease.Silence;
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
final class LostTasks {
    private static final byte[] NULL = "null".getBytes(US_ASCII);
    private static final String WHY = "each time that it ran, its worker fell silent and did not come back";

    private final RecordPart recordPart;

    LostTasks(RecordPart recordPart) {
        this.recordPart = recordPart;
    }

    /** Gives up those of one lease, in its caller's transaction; empty when there are none left. */
    List<GivenUp> giveUpSome(JdbcClient sql) {
        return Silence.findWornOut(sql).map(lease -> giveUp(sql, lease)).orElse(List.of());
    }

    private List<GivenUp> giveUp(JdbcClient sql, Lease lease) {
        List<GivenUp> all = new ArrayList<>();
        for (IndexRange range : Leases.unrecorded(sql, lease, new IndexRange(lease.first(), lease.last()))) {
            all.add(record(sql, lease, lost(range)));
        }
        all.add(record(sql, lease, new PostedPart(null, new TreeMap<>(), new long[0], List.of(), true)));
        return all;
    }

    private GivenUp record(JdbcClient sql, Lease lease, PostedPart part) {
        return new GivenUp(lease, part, recordPart.record(sql, lease.worker(), lease.id(), part));
    }

    private static PostedPart lost(IndexRange range) {
        SegmentBuilder values = new SegmentBuilder(range.first());
        NavigableMap<Long, PostedError> errors = new TreeMap<>();
        for (long index = range.first(); index < range.last(); index++) {
            values.add(NULL, 0, NULL.length);
            errors.put(index, new PostedError(index, ErrorKind.LOST, null, WHY, List.of(), 1));
        }
        return new PostedPart(values.build(), errors, new long[0], List.of(), false);
    }

    /** What came of a part of a lease that was given up. */
    record GivenUp(Lease lease, PostedPart part, RecordPart.Outcome outcome) {}
}
