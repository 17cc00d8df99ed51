package io.minimalcluster.master.segment;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Recorded outcomes of consecutive indexes as a row of the store.
 *
 * @param position position of the first outcome in the log of the job
 * @param errors JSON array of the errors; null if there are none
 * @param micros JSON array: the time of each task, one total time, or empty
 * @param output JSON array of the captured output; null if there is none
 * @param recordedAt time in epoch milliseconds
 */
public record StoredBlock(
        long position,
        Segment values,
        @Nullable String errors,
        String micros,
        @Nullable String output,
        String worker,
        int attempt,
        long recordedAt,
        int round) {
    static final String COLUMNS =
            "position, first, count, data, lengths, errors, micros, output, worker_id, attempt, recorded_at, round";

    static StoredBlock of(ResultSet row, int number) throws SQLException {
        return new StoredBlock(
                row.getLong("position"),
                Segment.of(row, number),
                row.getString("errors"),
                row.getString("micros"),
                row.getString("output"),
                row.getString("worker_id"),
                row.getInt("attempt"),
                row.getLong("recorded_at"),
                row.getInt("round"));
    }
}
