package io.minimalcluster.master.scheduling;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.minimalcluster.master.job.state.JobProgress;
import io.minimalcluster.master.segment.IndexRange;
import io.minimalcluster.master.segment.RecordedRange;
import io.minimalcluster.master.segment.ResultSegments;
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
 * Finds the tasks of a retried job to run again. It scans the job in pieces while batches are allocated. So the cost of
 * a retry call does not depend on the number of failed tasks.
 */
final class RetryScanner {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String JOB = "select round, retry_scan_index, total from job where seq = :job";

    private RetryScanner() {}

    /** Makes the next tasks of a retry pending. Returns false if none are left. */
    static boolean scanNext(JdbcClient sql, long jobSeq) {
        ScanState job = ScanState.of(sql, jobSeq);
        Long next = job.retryScanIndex();
        boolean any = false;
        while (next != null && !any) {
            Piece piece = piece(sql, jobSeq, job.round() - 1, next, job.total());
            piece.again().forEach(range -> Leases.makePending(sql, jobSeq, range, LossPolicy.FIRST));
            any = !piece.again().isEmpty();
            next = piece.end() < job.total() ? piece.end() : null;
        }
        if (job.retryScanIndex() != null) {
            JobProgress.setRetryScanIndex(sql, jobSeq, next);
        }
        return any;
    }

    /** The tasks without an outcome of this round and without a success in an earlier round. */
    static List<IndexRange> withoutOutcome(JdbcClient sql, long jobSeq) {
        ScanState job = ScanState.of(sql, jobSeq);
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

    /** The tasks without success from an index up to the end of a recorded range or gap. */
    private static Piece piece(JdbcClient sql, long job, int newestRound, long from, long total) {
        Optional<RecordedRange> found = RecordedRange.from(sql, job, newestRound, from);
        long start = found.map(RecordedRange::first).orElse(total);
        if (start > from) {
            return new Piece(List.of(new IndexRange(from, start)), start, -1);
        }
        RecordedRange span = found.orElseThrow();
        long[] failed = failed(sql, job, span)
                .filter(index -> index >= span.first() && index < span.last())
                .sorted()
                .toArray();
        return new Piece(runs(failed), span.last(), span.round());
    }

    private static LongStream failed(JdbcClient sql, long job, RecordedRange span) {
        return ResultSegments.errorsAt(sql, job, span.position()).stream()
                .flatMap(errors -> Arrays.stream(JSON.readValue(errors, Failed[].class)))
                .mapToLong(Failed::index);
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
     * A scanned part of the indexes of a job.
     *
     * @param again ranges without success
     * @param end the index after the part
     * @param round round of the recorded outcomes; -1 for none
     */
    private record Piece(List<IndexRange> again, long end, int round) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Failed(long index) {}

    private record ScanState(int round, @Nullable Long retryScanIndex, long total) {
        static ScanState of(JdbcClient sql, long job) {
            return sql.sql(JOB).param("job", job).query(ScanState::of).single();
        }

        static ScanState of(ResultSet row, int number) throws SQLException {
            long index = row.getLong("retry_scan_index");
            Long known = row.wasNull() ? null : index;
            return new ScanState(row.getInt("round"), known, row.getLong("total"));
        }
    }
}
