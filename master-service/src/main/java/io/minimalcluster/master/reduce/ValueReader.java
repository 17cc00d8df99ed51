package io.minimalcluster.master.reduce;

import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.segment.IndexRange;
import io.minimalcluster.master.segment.RecordedRange;
import io.minimalcluster.master.segment.ResultSegments;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.store.Store;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads the values of a job in the order of their indexes, with about a mebibyte in memory at a time. */
@Component
class ValueReader {
    private static final int BYTES = 1024 * 1024;

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
                .map(span -> new Piece(ResultSegments.valuesAt(sql, job.seq(), span.position()), span.last()))
                .toList());
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
        return store.read(sql -> ResultSegments.values(sql, job, new IndexRange(from, to), BYTES)).stream()
                .map(block -> new Piece(block, block.end()))
                .toList();
    }
}
