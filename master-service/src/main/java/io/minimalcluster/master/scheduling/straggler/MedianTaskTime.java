package io.minimalcluster.master.scheduling.straggler;

import io.minimalcluster.master.segment.ResultSegments;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Median time of the recently recorded tasks of a job. It comes from the store, so it is known after a restart too. */
final class MedianTaskTime {

    private static final long NANOS_PER_MICRO = 1_000;

    private MedianTaskTime() {}

    /** The median in nanoseconds; empty if nothing is recorded. */
    static OptionalLong of(JdbcClient sql, long jobSeq) {
        List<Times> blocks =
                ResultSegments.newestTimes(sql, jobSeq).stream().map(Times::of).toList();
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
        static Times of(ResultSegments.Times block) {
            String json = block.micros();
            long[] micros = json == null ? new long[] {0} : JsonMapper.shared().readValue(json, long[].class);
            if (micros.length == 1) {
                return new Times(new long[] {micros[0] / block.count()}, block.count());
            }
            return new Times(micros, 1);
        }
    }
}
