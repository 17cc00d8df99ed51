package io.minimalcluster.master.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Consecutive indexes whose newest outcomes stand in one recorded block.
 *
 * @param position of the block in the log
 * @param round that the block was recorded in
 * @param first the first index, which may be within the block
 * @param last the index after the last, which may be within the block too
 */
public record RecordedRange(long position, int round, long first, long last) {
    private static final String NEXT = """
            select position, first, first + count as last from result_segment
             where job_seq = :job and round = :round
               and first >= coalesce((select max(first) from result_segment
                                       where job_seq = :job and round = :round and first <= :from), 0)
               and first + count > :from
             order by first limit 1
            """;

    /**
     * The first span from an index on, with the blocks of later rounds before those of earlier ones.
     *
     * @param newestRound of the job
     */
    public static Optional<RecordedRange> from(JdbcClient sql, long job, int newestRound, long index) {
        List<RecordedRange> next = new ArrayList<>();
        for (int round = newestRound; round >= 0; round--) {
            Optional<RecordedRange> found = next(sql, job, round, index);
            if (found.isPresent() && found.get().first() <= index) {
                return Optional.of(found.get().within(index, next));
            }
            found.ifPresent(next::add);
        }
        OptionalLong first = next.stream().mapToLong(RecordedRange::first).min();
        return first.isEmpty() ? Optional.empty() : from(sql, job, newestRound, first.getAsLong());
    }

    private static Optional<RecordedRange> next(JdbcClient sql, long job, int round, long index) {
        return sql.sql(NEXT)
                .param("job", job)
                .param("round", round)
                .param("from", index)
                .query((row, number) ->
                        new RecordedRange(row.getLong("position"), round, row.getLong("first"), row.getLong("last")))
                .optional();
    }

    /** What of it is from an index on, up to where a newer one begins. */
    private RecordedRange within(long index, List<RecordedRange> newer) {
        long end = newer.stream().mapToLong(RecordedRange::first).reduce(last, Math::min);
        return new RecordedRange(position, round, index, end);
    }
}
