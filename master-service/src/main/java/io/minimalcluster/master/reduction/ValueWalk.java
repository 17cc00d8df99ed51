package io.minimalcluster.master.reduction;

import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Walks over the values of a job in the order of their indexes, about a mebibyte in memory at a time. */
@Component
class ValueWalk {
    private static final int BYTES = 1024 * 1024;
    private static final String BLOCKS = """
            select first, count, data, lengths from result_segment
             where job_seq = :job
               and first >= coalesce((select max(first) from result_segment where job_seq = :job and first <= :from), 0)
               and first < :to
             order by first limit 512
            """;

    private final Store store;

    ValueWalk(Store store) {
        this.store = store;
    }

    /** Is shown one value, which stands in some bytes. */
    @FunctionalInterface
    interface Visitor {
        void visit(long index, byte[] data, int start, int end);
    }

    /** Shows those from an index to another, exclusive; all of them are there. */
    void forEach(long job, long from, long to, Visitor visitor) {
        long next = from;
        while (next < to) {
            long before = next;
            for (Segment block : blocks(job, next, to)) {
                next = show(block, next, to, visitor);
            }
            if (next == before) {
                throw new IllegalStateException("job " + job + " has no value at " + next);
            }
        }
    }

    private static long show(Segment block, long from, long to, Visitor visitor) {
        long next = from;
        Segment.Values at = block.values();
        while (at.next() && at.index() < to) {
            if (at.index() >= from) {
                if (at.index() != next) {
                    throw new IllegalStateException("no value at " + next);
                }
                visitor.visit(at.index(), block.data(), at.start(), at.end());
                next++;
            }
        }
        return next;
    }

    private List<Segment> blocks(long job, long from, long to) {
        return store.read(sql -> sql.sql(BLOCKS)
                .param("job", job)
                .param("from", from)
                .param("to", to)
                .query(ValueWalk::someOf));
    }

    private static List<Segment> someOf(ResultSet rows) throws SQLException {
        List<Segment> blocks = new ArrayList<>();
        long bytes = 0;
        while (bytes < BYTES && rows.next()) {
            Segment block = new Segment(
                    rows.getLong("first"), rows.getInt("count"), rows.getBytes("data"), rows.getBytes("lengths"));
            blocks.add(block);
            bytes += block.data().length;
        }
        return blocks;
    }
}
