package io.minimalcluster.master.result.record;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks the invariants of jobs from their rows alone: each task has exactly one status, the counters match the rows,
 * and result positions have no gaps. Each query reads one table for all jobs and reads columns by number, for speed.
 */
public final class JobInvariants {
    private static final String JOBS = """
            select seq, state, total, pending, running, succeeded, failed, leases, next_position, round,
                   retry_scan_index, termination_reason
              from job where seq in (:jobs)
            """;
    private static final String BLOCKS = """
            select job_seq, position, first, count, length(lengths), round, errors
              from result_segment where job_seq in (:jobs) order by job_seq, position
            """;
    private static final String LEASES = """
            select job_seq, seq, state, worker_id, first, last, remaining, has_copy, copy_of
              from lease where job_seq in (:jobs) and (state in ('OPEN', 'LAPSED') or has_copy <> 0)
            """;
    private static final String PENDING = "select job_seq, first, last from pending_range where job_seq in (:jobs)";
    private static final String RETURNED = "select lease_seq, first, last from returned_range where job_seq in (:jobs)";

    private final JobRow row;
    private final List<Block> blocks;
    private final Map<Long, LeaseRow> leases; // leases that hold tasks, and leases that ever had a copy
    private final List<Span> pending;
    private final Map<Long, List<Span>> returned;
    private long unscanned;

    private JobInvariants(
            JobRow row, List<Block> blocks, List<LeaseRow> leases, List<Span> pending, Map<Long, List<Span>> returned) {
        this.row = row;
        this.blocks = blocks;
        this.leases = leases.stream().collect(Collectors.toMap(LeaseRow::seq, Function.identity()));
        this.pending = pending;
        this.returned = returned;
    }

    public static long check(JdbcClient sql, long job) {
        check(sql, List.of(job));
        return job;
    }

    /** Checks {@code jobs} and returns their rows. */
    public static List<JobRow> check(JdbcClient sql, Collection<Long> jobs) {
        if (jobs.isEmpty()) {
            return List.of();
        }
        List<JobRow> rows = rows(sql, JOBS, jobs, JobRow::of);
        assertThat(rows).extracting(JobRow::seq).as("jobs").containsExactlyInAnyOrderElementsOf(jobs);
        Map<Long, List<Block>> blocks =
                rows(sql, BLOCKS, jobs, Block::of).stream().collect(groupingBy(Block::job));
        Map<Long, List<LeaseRow>> leases =
                rows(sql, LEASES, jobs, LeaseRow::of).stream().collect(groupingBy(LeaseRow::job));
        Map<Long, List<Span>> pending =
                rows(sql, PENDING, jobs, Span::of).stream().collect(groupingBy(Span::owner));
        Map<Long, List<Span>> returned =
                rows(sql, RETURNED, jobs, Span::of).stream().collect(groupingBy(Span::owner));
        rows.forEach(row -> new JobInvariants(
                        row,
                        blocks.getOrDefault(row.seq(), List.of()),
                        leases.getOrDefault(row.seq(), List.of()),
                        pending.getOrDefault(row.seq(), List.of()),
                        returned)
                .check());
        return rows;
    }

    private static <T> List<T> rows(JdbcClient sql, String query, Collection<Long> jobs, RowMapper<T> mapper) {
        return sql.sql(query).param("jobs", jobs).query(mapper).list();
    }

    private void check() {
        checkResultPositions();
        if (row.isTerminal()) {
            checkNothingIsLeft();
        } else {
            checkTaskStatuses();
            checkCounters();
        }
    }

    private void checkResultPositions() {
        long position = 0;
        long[] failed = new long[row.round() + 1];
        long errors = 0;
        for (Block block : blocks) {
            assertThat(block.position()).as("position").isEqualTo(position);
            assertThat(block.count()).as("count").isPositive().isLessThanOrEqualTo(block.bytes());
            position += block.count();
            failed[block.round()] += block.errors().size();
            errors += block.errors().size();
        }
        assertThat(row.nextPosition()).as("next position").isEqualTo(position);
        assertThat(row.failed()).as("failed").isEqualTo(failed[failed.length - 1]);
        assertThat(row.succeeded()).as("succeeded").isEqualTo(position - errors);
    }

    /** Marks every task individually, because a check by ranges could repeat an error of the code under test. */
    private void checkTaskStatuses() {
        @Nullable String[] statuses = new String[row.total()];
        markRecorded(statuses);
        for (Span range : pending) {
            for (int index = range.first(); index < range.last(); index++) {
                mark(statuses, "pending", index);
            }
        }
        boolean[] recorded = new boolean[statuses.length];
        for (int index = 0; index < statuses.length; index++) {
            recorded[index] = "recorded".equals(statuses[index]);
        }
        for (LeaseRow lease : leases.values()) {
            if (lease.isHeld() && lease.copyOf() != null) {
                checkCopy(lease, lease.copyOf(), recorded);
            } else if (lease.isHeld()) {
                long held = markHeld(statuses, recorded, lease);
                assertThat(lease.remaining()).as("remaining of %s", lease).isEqualTo(held);
            }
        }
        markUnscanned(statuses);
        assertThat(statuses).as("every task has a status").doesNotContainNull();
    }

    /** Marks tasks with an outcome of this round or a value of an earlier round. */
    private void markRecorded(@Nullable String[] statuses) {
        for (Block block : blocks) {
            boolean isOld = block.round() < row.round();
            for (int index = block.first(); index < block.first() + block.count(); index++) {
                if (!isOld || !block.errors().contains(index)) {
                    mark(statuses, "recorded", index);
                }
            }
        }
    }

    /** Marks failed tasks that the retry scan has not reached. */
    private void markUnscanned(@Nullable String[] statuses) {
        Long next = row.retryScanIndex();
        for (int index = next == null ? statuses.length : Math.toIntExact(next); index < statuses.length; index++) {
            if (statuses[index] == null) {
                statuses[index] = "unscanned";
                unscanned++;
            }
        }
    }

    private static void mark(@Nullable String[] statuses, String status, int index) {
        if (statuses[index] != null) {
            throw new AssertionError(index + " is " + statuses[index] + " and " + status);
        }
        statuses[index] = status;
    }

    private long markHeld(@Nullable String[] statuses, boolean[] recorded, LeaseRow lease) {
        boolean[] isReturned = new boolean[statuses.length];
        for (Span range : returned.getOrDefault(lease.seq(), List.of())) {
            Arrays.fill(isReturned, range.first(), range.last(), true);
        }
        String status = lease.state() + " " + lease.seq();
        long held = 0;
        for (int index = lease.first(); index < lease.last(); index++) {
            if (!recorded[index] && !isReturned[index]) {
                mark(statuses, status, index);
                held++;
            }
        }
        return held;
    }

    /** Checks a speculative copy. Counters ignore it: the original lease holds the task until the first outcome. */
    private void checkCopy(LeaseRow copy, long copyOf, boolean[] recorded) {
        assertThat(copy.isOpen()).as("%s is open", copy).isTrue();
        boolean hasOutcome = recorded[copy.first()];
        assertThat(copy.remaining()).as("remaining of %s", copy).isEqualTo(hasOutcome ? 0 : 1);
        LeaseRow original = leases.get(copyOf);
        assertThat(original).as("original of %s, which had a copy", copy).isNotNull();
        assertThat(original.worker()).isNotEqualTo(copy.worker());
        assertThat(original.last()).isEqualTo(copy.last());
        if (!hasOutcome) {
            assertThat(original.isOpen()).as("original of %s is open", copy).isTrue();
            assertThat(original.hasCopy()).isEqualTo(1);
        }
    }

    private void checkCounters() {
        long lapsed = 0;
        long running = 0;
        long open = 0;
        for (LeaseRow lease : leases.values()) {
            lapsed += lease.isHeld() && !lease.isOpen() ? lease.remaining() : 0;
            running += lease.isOpen() && lease.copyOf() == null ? lease.remaining() : 0;
            open += lease.isOpen() ? 1 : 0;
        }
        long waiting = pending.stream()
                .mapToLong(range -> range.last() - range.first())
                .sum();
        assertThat(row.pending()).as("pending of %s", row).isEqualTo(waiting + lapsed + unscanned);
        assertThat(row.running()).as("running of %s", row).isEqualTo(running);
        assertThat(row.leases()).as("leases of %s", row).isEqualTo(open);
        assertThat(row.succeeded() + row.failed())
                .as("an unfinished job has unfinished tasks: %s", row)
                .isLessThan(row.total());
    }

    private void checkNothingIsLeft() {
        assertThat(leases.values()).noneMatch(LeaseRow::isHeld);
        assertThat(pending).isEmpty();
        assertThat(row.pending() + row.running() + row.leases())
                .as("left of %s", row)
                .isZero();
        if (row.terminationReason() == null) {
            assertThat(row.succeeded() + row.failed()).isEqualTo(row.total());
            assertThat(row.state()).isEqualTo(row.failed() > 0 ? "FAILED" : "SUCCEEDED");
        }
    }

    private static @Nullable Long numberOrNull(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /** The checked columns of a row of table {@code job}. */
    public record JobRow(
            long seq,
            String state,
            int total,
            long pending,
            long running,
            long succeeded,
            long failed,
            long leases,
            long nextPosition,
            int round,
            @Nullable Long retryScanIndex,
            @Nullable String terminationReason) {
        static JobRow of(ResultSet row, int number) throws SQLException {
            return new JobRow(
                    row.getLong(1),
                    row.getString(2),
                    row.getInt(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getLong(8),
                    row.getLong(9),
                    row.getInt(10),
                    numberOrNull(row, 11),
                    row.getString(12));
        }

        public boolean isTerminal() {
            return List.of("SUCCEEDED", "FAILED", "CANCELLED").contains(state);
        }
    }

    private record Block(long job, long position, int first, int count, int bytes, int round, Set<Integer> errors) {
        static Block of(ResultSet row, int number) throws SQLException {
            return new Block(
                    row.getLong(1),
                    row.getLong(2),
                    row.getInt(3),
                    row.getInt(4),
                    row.getInt(5),
                    row.getInt(6),
                    errors(row.getString(7)));
        }

        private static Set<Integer> errors(@Nullable String json) {
            return json == null
                    ? Set.of()
                    : JsonMapper.shared()
                            .readTree(json)
                            .valueStream()
                            .map(error -> error.path("index").asInt())
                            .collect(Collectors.toSet());
        }
    }

    private record LeaseRow(
            long job,
            long seq,
            String state,
            String worker,
            int first,
            int last,
            long remaining,
            int hasCopy,
            @Nullable Long copyOf) {
        static LeaseRow of(ResultSet row, int number) throws SQLException {
            return new LeaseRow(
                    row.getLong(1),
                    row.getLong(2),
                    row.getString(3),
                    row.getString(4),
                    row.getInt(5),
                    row.getInt(6),
                    row.getLong(7),
                    row.getInt(8),
                    numberOrNull(row, 9));
        }

        boolean isOpen() {
            return state.equals("OPEN");
        }

        boolean isHeld() {
            return isOpen() || state.equals("LAPSED");
        }
    }

    /** A range of tasks of a job or of a lease. */
    private record Span(long owner, int first, int last) {
        static Span of(ResultSet row, int number) throws SQLException {
            return new Span(row.getLong(1), row.getInt(2), row.getInt(3));
        }
    }
}
