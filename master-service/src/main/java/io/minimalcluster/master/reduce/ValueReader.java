package io.minimalcluster.master.reduce;

import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.scheduling.RecordedRange;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads the values of a job in the order of their indexes, with about a mebibyte in memory at a time. */
@Component
class ValueReader {
    private static final int BYTES = 1024 * 1024;
    private static final String BLOCKS = """
            select first, count, data, lengths from result_segment
             where job_seq = :job and round = 0
               and first >= coalesce((select max(first) from result_segment
                                       where job_seq = :job and round = 0 and first <= :from), 0)
               and first < :to
             order by first limit 512
            """;

    private static final String AT_POSITION = """
            select first, count, data, lengths from result_segment where job_seq = :job and position = :position
            """;

    private final Store store;

    ValueReader(Store store) {
        this.store = store;
    }

    /** Receives one value, which is a part of {@code data}. */
    @FunctionalInterface
    interface Visitor {
        void visit(long index, byte[] data, int start, int end);
    }

    /** Passes the values from an index to another, exclusive, to a visitor. All of them must have a value. */
    void forEach(JobRow job, long from, long to, Visitor visitor) {
        long next = from;
        while (next < to) {
            long before = next;
            for (Piece piece : job.round() == 0 ? blocks(job.seq(), next, to) : span(job, next)) {
                next = visit(piece.block(), next, Math.min(to, piece.end()), visitor);
            }
            if (next == before) {
                throw new IllegalStateException("job " + job.id() + " has no value at " + next);
            }
        }
    }

    /** After a retry blocks may overlap, and the latest outcome counts. */
    private List<Piece> span(JobRow job, long from) {
        return store.read(sql -> RecordedRange.from(sql, job.seq(), job.round(), from).stream()
                .map(span -> new Piece(
                        sql.sql(AT_POSITION)
                                .param("job", job.seq())
                                .param("position", span.position())
                                .query((row, number) -> segment(row))
                                .single(),
                        span.last()))
                .toList());
    }

    private static Segment segment(ResultSet row) throws SQLException {
        return new Segment(row.getLong("first"), row.getInt("count"), row.getBytes("data"), row.getBytes("lengths"));
    }

    /**
     * Consecutive values of one block.
     *
     * @param end the index after the last value that counts
     */
    private record Piece(Segment block, long end) {}

    private static long visit(Segment block, long from, long to, Visitor visitor) {
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

    private List<Piece> blocks(long job, long from, long to) {
        return store.read(sql -> sql.sql(BLOCKS)
                .param("job", job)
                .param("from", from)
                .param("to", to)
                .query(ValueReader::readBlocks));
    }

    private static List<Piece> readBlocks(ResultSet rows) throws SQLException {
        List<Piece> blocks = new ArrayList<>();
        long bytes = 0;
        while (bytes < BYTES && rows.next()) {
            Segment block = segment(rows);
            blocks.add(new Piece(block, block.end()));
            bytes += block.data().length;
        }
        return blocks;
    }
}
