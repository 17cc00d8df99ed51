package io.minimalcluster.master.segment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Consecutive indexes whose latest outcomes are in one recorded block.
 *
 * @param position position of the block in the log
 * @param round round in which the block was recorded
 * @param first the first index; may be inside the block
 * @param last the index after the last; may be inside the block
 */
public record RecordedRange(long position, int round, long first, long last) {
    static RecordedRange of(ResultSet row, int number) throws SQLException {
        return new RecordedRange(
                row.getLong("position"), row.getInt("round"), row.getLong("first"), row.getLong("last"));
    }

    /**
     * Finds the first range at or after an index. Blocks of later rounds take precedence over blocks of earlier rounds.
     *
     * @param newestRound current round of the job
     */
    public static Optional<RecordedRange> from(JdbcClient sql, long job, int newestRound, long index) {
        List<RecordedRange> next = new ArrayList<>();
        for (int round = newestRound; round >= 0; round--) {
            Optional<RecordedRange> found = ResultSegments.next(sql, job, round, index);
            if (found.isPresent() && found.get().first() <= index) {
                return Optional.of(found.get().within(index, next));
            }
            found.ifPresent(next::add);
        }
        OptionalLong first = next.stream().mapToLong(RecordedRange::first).min();
        return first.isEmpty() ? Optional.empty() : from(sql, job, newestRound, first.getAsLong());
    }

    /** The part from an index up to the start of the first newer block. */
    private RecordedRange within(long index, List<RecordedRange> newer) {
        long end = newer.stream().mapToLong(RecordedRange::first).reduce(last, Math::min);
        return new RecordedRange(position, round, index, end);
    }
}
