package io.minimalcluster.master.scheduling;

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
    private static final String NEXT = """
            select position, first, first + count as last from result_segment
             where job_seq = :job and round = :round
               and first >= coalesce((select max(first) from result_segment
                                       where job_seq = :job and round = :round and first <= :from), 0)
               and first + count > :from
             order by first limit 1
            """;

    /**
     * Finds the first range at or after an index. Blocks of later rounds take precedence over blocks of earlier rounds.
     *
     * @param newestRound current round of the job
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

    /** The part from an index up to the start of the first newer block. */
    private RecordedRange within(long index, List<RecordedRange> newer) {
        long end = newer.stream().mapToLong(RecordedRange::first).reduce(last, Math::min);
        return new RecordedRange(position, round, index, end);
    }
}
