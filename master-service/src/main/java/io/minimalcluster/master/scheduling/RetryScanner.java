package io.minimalcluster.master.scheduling;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds what of a retried job is to run again, piece by piece as it is handed out, so that a retry costs the same
 * however many tasks failed.
 */
final class RetryScanner {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String JOB = "select round, sweep, total from job where seq = :job";
    private static final String GO_ON = "update job set sweep = :sweep where seq = :job";
    private static final String ERRORS = """
            select errors from result_segment where job_seq = :job and position = :position
            """;

    private RetryScanner() {}

    /** Makes the next tasks that are to run again wait to be handed out; false if there are none left. */
    static boolean on(JdbcClient sql, long jobSeq) {
        Swept job = Swept.of(sql, jobSeq);
        Long next = job.sweep();
        boolean any = false;
        while (next != null && !any) {
            Piece piece = piece(sql, jobSeq, job.round() - 1, next, job.total());
            piece.again().forEach(range -> Leases.makePending(sql, jobSeq, range, LossPolicy.FIRST));
            any = !piece.again().isEmpty();
            next = piece.end() < job.total() ? piece.end() : null;
        }
        if (job.sweep() != null) {
            sql.sql(GO_ON).param("sweep", next).param("job", jobSeq).update();
        }
        return any;
    }

    /** All that has no outcome yet, of this round or a good one of an earlier round. */
    static List<IndexRange> unsettled(JdbcClient sql, long jobSeq) {
        Swept job = Swept.of(sql, jobSeq);
        List<IndexRange> found = new ArrayList<>();
        long next = 0;
        while (next < job.total()) {
            Piece piece = piece(sql, jobSeq, job.round(), next, job.total());
            if (piece.round() < job.round()) {
                found.addAll(piece.again());
            }
            next = piece.end();
        }
        return found;
    }

    /** What of the indexes from {@code from} up to the end of a recorded span, or of a gap, has no good outcome. */
    private static Piece piece(JdbcClient sql, long job, int newestRound, long from, long total) {
        Optional<RecordedRange> found = RecordedRange.from(sql, job, newestRound, from);
        long begins = found.map(RecordedRange::first).orElse(total);
        if (begins > from) {
            return new Piece(List.of(new IndexRange(from, begins)), begins, -1);
        }
        RecordedRange span = found.orElseThrow();
        long[] failed = failed(sql, job, span)
                .filter(index -> index >= span.first() && index < span.last())
                .sorted()
                .toArray();
        return new Piece(runs(failed), span.last(), span.round());
    }

    private static LongStream failed(JdbcClient sql, long job, RecordedRange span) {
        @Nullable
        String errors = sql.sql(ERRORS)
                .param("job", job)
                .param("position", span.position())
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
        return errors == null
                ? LongStream.empty()
                : Arrays.stream(JSON.readValue(errors, Failed[].class)).mapToLong(Failed::index);
    }

    private static List<IndexRange> runs(long[] indexes) {
        List<IndexRange> runs = new ArrayList<>();
        int begin = 0;
        for (int i = 1; i <= indexes.length; i++) {
            if (i == indexes.length || indexes[i] != indexes[i - 1] + 1) {
                runs.add(new IndexRange(indexes[begin], indexes[i - 1] + 1));
                begin = i;
            }
        }
        return runs;
    }

    /**
     * A part of a job's indexes.
     *
     * @param again what of it has no good outcome
     * @param end the index after it
     * @param round that it was recorded in; -1 for none
     */
    private record Piece(List<IndexRange> again, long end, int round) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Failed(long index) {}

    private record Swept(int round, @Nullable Long sweep, long total) {
        static Swept of(JdbcClient sql, long job) {
            return sql.sql(JOB).param("job", job).query(Swept::of).single();
        }

        static Swept of(ResultSet row, int number) throws SQLException {
            long sweep = row.getLong("sweep");
            Long known = row.wasNull() ? null : sweep;
            return new Swept(row.getInt("round"), known, row.getLong("total"));
        }
    }
}
