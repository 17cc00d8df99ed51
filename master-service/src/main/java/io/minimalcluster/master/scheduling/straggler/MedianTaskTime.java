package io.minimalcluster.master.scheduling.straggler;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Median time of the recently recorded tasks of a job. It comes from the store, so it is known after a restart too. */
final class MedianTaskTime {
    /** Reads the newest blocks. A block with a longer list of times has tasks too short to matter. */
    private static final String RECORDED = """
            select count, case when length(micros) <= 32768 then micros end as micros from result_segment
             where job_seq = :job order by position desc limit 64
            """;

    private static final long NANOS_PER_MICRO = 1_000;

    private MedianTaskTime() {}

    /** The median in nanoseconds; empty if nothing is recorded. */
    static OptionalLong of(JdbcClient sql, long jobSeq) {
        List<Times> blocks = sql.sql(RECORDED)
                .param("job", jobSeq)
                .query((row, number) -> Times.of(row.getLong("count"), Optional.ofNullable(row.getString("micros"))))
                .list();
        long[][] sorted = blocks.stream()
                .flatMap(block -> Arrays.stream(block.micros()).mapToObj(time -> new long[] {time, block.weight()}))
                .sorted((one, other) -> Long.compare(one[0], other[0]))
                .toArray(long[][]::new);
        long half = (Arrays.stream(sorted).mapToLong(time -> time[1]).sum() + 1) / 2;
        long passed = 0;
        for (long[] time : sorted) {
            passed += time[1];
            if (passed >= half) {
                return OptionalLong.of(time[0] * NANOS_PER_MICRO);
            }
        }
        return OptionalLong.empty();
    }

    /**
     * Task times of a block.
     *
     * @param weight number of tasks that each time stands for
     */
    private record Times(long[] micros, long weight) {
        static Times of(long count, Optional<String> json) {
            long[] micros = json.map(text -> JsonMapper.shared().readValue(text, long[].class))
                    .orElse(new long[] {0});
            if (micros.length == 1) {
                return new Times(new long[] {micros[0] / count}, count);
            }
            return new Times(micros, 1);
        }
    }
}
