package io.minimalcluster.master.store.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.store.Store;
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

/** Query plans of frequent statements: each finds its rows by an index. */
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
        "worker.PollingWorker, FIND, lease_worker",
        "scheduling.BatchAllocator, READY, job_ready",
        "scheduling.BatchAllocator, FIRST_RANGE, pending_range_next",
        "scheduling.BatchAllocator, HAS_WORK, lease_job",
        "segment.ArgumentSegments, SIZES, sqlite_autoindex_argument_segment_1",
        "job.state.JobProgress, ALLOCATE, INTEGER PRIMARY KEY",
        "scheduling.Leases, FIND, sqlite_autoindex_lease_1",
        "scheduling.Leases, OF_WORKER, lease_worker",
        "scheduling.Leases, MAX_LOSSES_OF_WORKER, lease_worker",
        "scheduling.Leases, END_ALL_OF_JOB, lease_job",
        "scheduling.Leases, WORKERS_OF_JOB, lease_job",
        "segment.ResultSegments, RECORDED_BEFORE, result_segment_index",
        "segment.ResultSegments, RECORDED_WITHIN, result_segment_index",
        "scheduling.Leases, RETURNED, PRIMARY KEY",
        "scheduling.SpeculativeCopies, OF_LEASE, lease_copy",
        "scheduling.SpeculativeCopies, BY_SEQ, INTEGER PRIMARY KEY",
        "scheduling.SpeculativeCopies, WITH_WORKER, lease_worker",
        "scheduling.straggler.StragglerDetector, TAIL, job_tail",
        "scheduling.straggler.StragglerDetector, LEASES, lease_job",
        "segment.ResultSegments, NEWEST_TIMES, sqlite_autoindex_result_segment_1",
        "scheduling.straggler.StragglerMitigation, FREE, lease_worker",
        "scheduling.straggler.StragglerMitigation, LEASE, INTEGER PRIMARY KEY",
        "scheduling.LeaseExpiry, LAPSE, lease_worker",
        "scheduling.LeaseExpiry, REOPEN, lease_worker",
        "scheduling.LeaseExpiry, LAPSED_OF_JOB, lease_job",
        "scheduling.LeaseExpiry, EXHAUSTED, lease_exhausted",
        "result.record.LeasedWork, FIND, sqlite_autoindex_lease_1",
        "job.state.JobProgress, RECORD, INTEGER PRIMARY KEY",
        "job.state.JobProgress, COMPLETE, INTEGER PRIMARY KEY",
        "result.record.RecordPart, CREDIT_WORKER, sqlite_autoindex_worker_1",
        "segment.ResultSegments, AT_POSITION, sqlite_autoindex_result_segment_1",
        "segment.ResultSegments, NEXT, result_segment_index",
        "scheduling.RetryScanner, JOB, INTEGER PRIMARY KEY",
        "segment.ResultSegments, ALL_VALUES, sqlite_autoindex_result_segment_1",
        "segment.ResultSegments, ERRORS, sqlite_autoindex_result_segment_1",
        "segment.ResultSegments, FROM_POSITION, sqlite_autoindex_result_segment_1",
        "result.read.JobSnapshot, NOW, INTEGER PRIMARY KEY",
        "segment.ArgumentSegments, WITH_INDEX, sqlite_autoindex_argument_segment_1",
        "result.read.FindTask, LEASE, lease_job",
        "result.read.FindTask, COPY, lease_job",
        "segment.ArgumentSegments, WITHIN, sqlite_autoindex_argument_segment_1",
        "worker.WorkerLiveness, STATE, sqlite_autoindex_worker_1",
        "worker.WorkerLiveness, RECORD_CONTACT, sqlite_autoindex_worker_1",
        "worker.WorkerLiveness, RECORD_WORK, sqlite_autoindex_worker_1",
        "worker.WorkerLiveness, RECORD_RETURN, sqlite_autoindex_worker_1",
        "job.Jobs, FIND, sqlite_autoindex_job_1",
        "job.Jobs, BY_SEQ, INTEGER PRIMARY KEY",
        "job.submit.JobInsert, UNFINISHED, job_unfinished",
        "job.retention.EnforceDeadlines, OVERDUE, job_deadline",
        "job.retention.DeleteExpiredJobs, BY_DEFAULT, job_finished",
        "job.retention.DeleteExpiredJobs, BY_JOB_OPTION, job_kept",
        "environment.UnusedEnvironmentCleanup, NEXT, sqlite_autoindex_environment_1",
        "cluster.GracefulShutdown, OPEN_LEASE, lease_",
        "environment.BundleChunks, FIND, sqlite_autoindex_bundle_chunk_1",
        "idempotency.StoredReceipts, FIND, sqlite_autoindex_idempotency_key_1",
        "idempotency.StoredReceipts, SWEEP, idempotency_key_expiry",
        "idempotency.Receipt, DELETE_EXPIRED, sqlite_autoindex_idempotency_key_1",
        "scheduling.CapabilityCache, FIND, sqlite_autoindex_worker_1",
        "worker.SharedValueController, FIND, sqlite_autoindex_lease_1",
        "segment.ResultSegments, VALUES, result_segment_index",
        "reduce.Reduction, BEGIN, INTEGER PRIMARY KEY",
        "reduce.Reduction, ADVANCE, INTEGER PRIMARY KEY",
        "job.EndJob, REDUCTION_JOBS, job_parent",
        "cluster.ClusterViewReader, ENDED, job_ended",
        "segment.ResultSegments, LAST_POSITION, sqlite_autoindex_result_segment_1",
        "result.timeline.JobTimelineReader, RUNNING, lease_job"
    })
    void statementUsesAnIndex(String owner, String name, String index) throws ReflectiveOperationException {
        List<String> plan = plan(statement(owner, name));
        assertThat(plan).anyMatch(line -> line.contains("USING") && line.contains(index));
        assertThat(plan)
                .as("no table scan and no sort")
                .noneMatch(line -> (line.contains("SCAN") && !line.contains(" USING "))
                        || line.contains("TEMP B-TREE FOR ORDER BY"));
    }

    @Test
    void blocksOfATimelineAreFoundByTheirPositions() throws ReflectiveOperationException {
        List<String> plan = plan(statement("segment.ResultSegments", "SPREAD"));
        assertThat(plan)
                .filteredOn(line -> line.contains("result_segment"))
                .hasSize(2)
                .allMatch(line -> line.contains("SEARCH") && line.contains("position"));
    }

    @Test
    void queuesAreFoundByAnIndexSkipScan() throws ReflectiveOperationException {
        List<String> plan = plan(statement("scheduling.BatchAllocator", "QUEUES"));
        assertThat(plan).anyMatch(line -> line.contains("SEARCH job") && line.contains("job_ready"));
        assertThat(plan).noneMatch(line -> line.contains("SCAN job"));
    }
}
