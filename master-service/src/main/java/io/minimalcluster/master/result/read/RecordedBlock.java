package io.minimalcluster.master.result.read;

import io.minimalcluster.master.result.record.IndexedError;
import io.minimalcluster.master.result.record.IndexedOutput;
import io.minimalcluster.master.segment.ResultSegments;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.segment.StoredBlock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Recorded outcomes of consecutive indexes, at consecutive positions of the log.
 *
 * @param errors errors by index
 * @param micros JSON array: the time of each task, one total time, or empty
 */
public record RecordedBlock(
        long position,
        Segment values,
        Map<Long, IndexedError> errors,
        String micros,
        List<IndexedOutput> output,
        String worker,
        int attempt,
        Instant recordedAt,
        int round) {
    /** Reads the block that begins at a position. */
    public static RecordedBlock at(JdbcClient sql, JsonMapper json, long job, long position) {
        return of(json, ResultSegments.at(sql, job, position));
    }

    /** Reads the first block of the log with positions at or after {@code position}. */
    public static Optional<RecordedBlock> fromPosition(JdbcClient sql, JsonMapper json, long job, long position) {
        return ResultSegments.fromPosition(sql, job, position).map(stored -> of(json, stored));
    }

    private static RecordedBlock of(JsonMapper json, StoredBlock stored) {
        return new RecordedBlock(
                stored.position(),
                stored.values(),
                list(json, stored.errors(), IndexedError[].class).stream()
                        .collect(Collectors.toMap(IndexedError::index, Function.identity())),
                stored.micros(),
                list(json, stored.output(), IndexedOutput[].class),
                stored.worker(),
                stored.attempt(),
                Instant.ofEpochMilli(stored.recordedAt()),
                stored.round());
    }

    private static <T> List<T> list(JsonMapper json, @Nullable String text, Class<T[]> type) {
        return text == null ? List.of() : Arrays.asList(json.readValue(text, type));
    }

    /** The position after the last outcome. */
    public long endPosition() {
        return position + values.count();
    }

    public @Nullable IndexedError error(long index) {
        return errors.get(index);
    }

    /** The seconds that a task took; null if only the total or nothing is known. */
    @Nullable
    Double secondsOf(JsonMapper json, long index) {
        long[] each = json.readValue(micros, long[].class);
        return each.length == values.count() ? each[Math.toIntExact(index - values.first())] / 1e6 : null;
    }
}
