package io.minimalcluster.master.segment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Range of consecutive indexes of a job.
 *
 * @param last exclusive
 */
public record IndexRange(long first, long last) {
    public IndexRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("no range: " + first + " to " + last);
        }
    }

    public static IndexRange of(ResultSet row, int number) throws SQLException {
        return new IndexRange(row.getLong("first"), row.getLong("last"));
    }

    public long count() {
        return last - first;
    }

    /** Subtracts other ranges, which may overlap and extend beyond this one. Returns the remaining ranges in order. */
    public List<IndexRange> without(List<IndexRange> others) {
        List<IndexRange> left = count() == 0 ? List.of() : List.of(this);
        for (IndexRange other : others) {
            List<IndexRange> next = new ArrayList<>(left.size() + 1);
            for (IndexRange range : left) {
                addIfAny(next, range.first, Math.min(range.last, other.first));
                addIfAny(next, Math.max(range.first, other.last), range.last);
            }
            left = next;
        }
        return left;
    }

    private static void addIfAny(List<IndexRange> ranges, long first, long last) {
        if (first < last) {
            ranges.add(new IndexRange(first, last));
        }
    }
}
