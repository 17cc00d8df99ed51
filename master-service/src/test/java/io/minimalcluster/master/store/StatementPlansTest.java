package io.minimalcluster.master.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.job.TestJobs;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements that run for every batch, part or poll find their rows by an index, however many there are. */
class StatementPlansTest {
    private static final Pattern PARAMETER = Pattern.compile(":[a-zA-Z]+");

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        new TestJobs(store, InstantSource.system());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static String statement(String owner, String name) throws ReflectiveOperationException {
        Field field = Class.forName("io.minimalcluster.master." + owner).getDeclaredField(name);
        field.setAccessible(true);
        return String.valueOf(field.get(null));
    }

    private List<String> plan(String statement) {
        Matcher parameters = PARAMETER.matcher(statement);
        String plain = parameters.replaceAll("?");
        int count = Math.toIntExact(PARAMETER.matcher(statement).results().count());
        return store.read(sql -> {
            var explained = sql.sql("explain query plan " + plain);
            for (int i = 0; i < count; i++) {
                explained = explained.param(1);
            }
            return explained.query().listOfRows().stream().map(Map::toString).toList();
        });
    }

    @ParameterizedTest(name = "{0}.{1} by {2}")
    @CsvSource({
        "lease.TakeLeases, READY, job_ready",
        "lease.TakeLeases, FIRST_RANGE, PRIMARY KEY",
        "lease.TakeLeases, ANYTHING, lease_job",
        "lease.TakeLeases, SEGMENT_BOUND, sqlite_autoindex_argument_segment_1",
        "lease.TakeLeases, COUNT, INTEGER PRIMARY KEY",
        "lease.Leases, FIND, sqlite_autoindex_lease_1",
        "lease.Leases, OF_WORKER, lease_worker",
        "lease.Leases, MOST_LOSSES_OF_WORKER, lease_worker",
        "lease.Leases, END_ALL_OF_JOB, lease_job",
        "lease.Leases, WORKERS_OF_JOB, lease_job",
        "lease.Leases, RECORDED_BEFORE, result_segment_index",
        "lease.Leases, RECORDED_WITHIN, result_segment_index",
        "lease.Leases, GIVEN_BACK, PRIMARY KEY",
        "lease.SecondCopies, OF_LEASE, lease_copy",
        "lease.SecondCopies, BY_SEQ, INTEGER PRIMARY KEY",
        "lease.SecondCopies, WITH_WORKER, lease_worker",
        "lease.FindReliefs, TAIL, job_tail",
        "lease.FindReliefs, LEASES, lease_job",
        "lease.MedianTime, RECORDED, sqlite_autoindex_result_segment_1",
        "lease.RelieveStragglers, FREE, lease_worker",
        "lease.RelieveStragglers, LEASE, INTEGER PRIMARY KEY",
        "lease.Silence, LAPSE, lease_worker",
        "lease.Silence, REOPEN, lease_worker",
        "lease.Silence, LAPSED_OF_JOB, lease_job",
        "result.RecordPart, JOB, INTEGER PRIMARY KEY",
        "result.RecordPart, COUNT, INTEGER PRIMARY KEY",
        "result.RecordPart, CREDIT_WORKER, sqlite_autoindex_worker_1",
        "result.RecordedBlock, AT_POSITION, sqlite_autoindex_result_segment_1",
        "lease.RecordedSpan, NEXT, result_segment_index",
        "lease.Sweep, JOB, INTEGER PRIMARY KEY",
        "lease.Sweep, ERRORS, sqlite_autoindex_result_segment_1",
        "result.RecordedBlock, FROM_POSITION, sqlite_autoindex_result_segment_1",
        "result.RecordPart, HAS_TOO_MANY_FAILURES, INTEGER PRIMARY KEY",
        "result.JobNow, NOW, INTEGER PRIMARY KEY",
        "result.Arguments, SEGMENT, sqlite_autoindex_argument_segment_1",
        "result.ShowTask, LEASE, lease_job",
        "result.ShowTask, COPY, lease_job",
        "worker.PollAnswerWriter, SEGMENTS, sqlite_autoindex_argument_segment_1",
        "worker.SignOfLife, STATE, sqlite_autoindex_worker_1",
        "worker.SignOfLife, HEARD, sqlite_autoindex_worker_1",
        "job.Jobs, FIND, sqlite_autoindex_job_1",
        "job.Jobs, BY_SEQ, INTEGER PRIMARY KEY",
        "job.NewJobRow, UNFINISHED, job_unfinished",
        "job.EndOverdueJobs, OVERDUE, job_deadline",
        "job.DeleteExpired, BY_DEFAULT, job_finished",
        "job.DeleteExpired, BY_ITS_OWN_WISH, job_kept",
        "environment.UnusedEnvironments, NEXT, sqlite_autoindex_environment_1",
        "cluster.Drain, OPEN_LEASE, lease_",
        "environment.BundlePieces, FIND, sqlite_autoindex_bundle_piece_1",
        "idempotency.KnownKeys, FIND, sqlite_autoindex_idempotency_key_1",
        "idempotency.KnownKeys, SWEEP, idempotency_key_expiry",
        "idempotency.Receipt, DROP_EXPIRED, sqlite_autoindex_idempotency_key_1",
        "match.Offers, FIND, sqlite_autoindex_worker_1",
        "worker.SharedController, FIND, sqlite_autoindex_lease_1",
        "reduction.ValueWalk, BLOCKS, result_segment_index",
        "reduction.Reduction, BEGIN, INTEGER PRIMARY KEY",
        "reduction.Reduction, ADVANCE, INTEGER PRIMARY KEY",
        "job.EndJob, FOLDING, job_parent",
        "cluster.ClusterState, ENDED, job_ended"
    })
    void areFoundByAnIndex(String owner, String name, String index) throws ReflectiveOperationException {
        List<String> plan = plan(statement(owner, name));
        assertThat(plan).anyMatch(line -> line.contains("USING") && line.contains(index));
        assertThat(plan)
                .as("nothing is read through, and nothing is sorted")
                .noneMatch(line -> (line.contains("SCAN") && !line.contains(" USING "))
                        || line.contains("TEMP B-TREE FOR ORDER BY"));
    }

    @Test
    void theNeedsOfJobsAreFoundOneAfterTheOtherAndNotJobByJob() throws ReflectiveOperationException {
        List<String> plan = plan(statement("lease.TakeLeases", "QUEUES"));
        assertThat(plan).anyMatch(line -> line.contains("SEARCH job") && line.contains("job_ready"));
        assertThat(plan).noneMatch(line -> line.contains("SCAN job"));
    }
}
