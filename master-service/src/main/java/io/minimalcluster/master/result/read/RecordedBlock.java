package io.minimalcluster.master.result.read;

import io.minimalcluster.master.result.record.IndexedError;
import io.minimalcluster.master.result.record.IndexedOutput;
import io.minimalcluster.master.segment.Segment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
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
    private static final String COLUMNS =
            "position, first, count, data, lengths, errors, micros, output, worker_id, attempt, recorded_at, round";
    private static final String AT_POSITION = "select " + COLUMNS + """
             from result_segment
            where job_seq = :job and position = :from
            """;
    private static final String FROM_POSITION = "select " + COLUMNS + """
             from result_segment
            where job_seq = :job
              and position >= coalesce((select max(position) from result_segment
                                         where job_seq = :job and position <= :from), 0)
              and position + count > :from
            order by position limit 1
            """;

    /** Reads the block that begins at a position. */
    public static RecordedBlock at(JdbcClient sql, JsonMapper json, long job, long position) {
        return next(sql, json, AT_POSITION, job, position).orElseThrow();
    }

    /** Reads the first block of the log with positions at or after {@code position}. */
    public static Optional<RecordedBlock> fromPosition(JdbcClient sql, JsonMapper json, long job, long position) {
        return next(sql, json, FROM_POSITION, job, position);
    }

    private static Optional<RecordedBlock> next(JdbcClient sql, JsonMapper json, String query, long job, long from) {
        return sql.sql(query)
                .param("job", job)
                .param("from", from)
                .query(rows(json))
                .optional();
    }

    private static RowMapper<RecordedBlock> rows(JsonMapper json) {
        return (row, number) -> new RecordedBlock(
                row.getLong("position"),
                new Segment(row.getLong("first"), row.getInt("count"), row.getBytes("data"), row.getBytes("lengths")),
                list(json, row, "errors", IndexedError[].class).stream()
                        .collect(Collectors.toMap(IndexedError::index, Function.identity())),
                row.getString("micros"),
                list(json, row, "output", IndexedOutput[].class),
                row.getString("worker_id"),
                row.getInt("attempt"),
                Instant.ofEpochMilli(row.getLong("recorded_at")),
                row.getInt("round"));
    }

    private static <T> List<T> list(JsonMapper json, ResultSet row, String column, Class<T[]> type)
            throws SQLException {
        String text = row.getString(column);
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
