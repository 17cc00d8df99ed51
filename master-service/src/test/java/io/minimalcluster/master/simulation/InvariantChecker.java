package io.minimalcluster.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.simulation.ObservedOutcomes.Outcome;
import io.minimalcluster.master.simulation.StoreRows.JobRow;
import io.minimalcluster.master.simulation.StoreRows.LeaseRow;
import io.minimalcluster.master.store.Store;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checks the invariants of all jobs after each step, by comparison of the rows of the store before and after it. */
final class InvariantChecker {
    private static final List<String> JOB_TABLES = List.of(
            "argument_segment",
            "result_segment",
            "lease",
            "pending_range",
            "returned_range",
            "job_label",
            "shared_value",
            "reduced_value",
            "reduction");
    private static final int MAX_LOSSES = 20; // in quarters of a loss
    private static final int MAX_REFUSALS = 2;
    private static final Set<String> RETRYABLE_KINDS = Set.of("crash", "out-of-memory");

    private final Store store;
    private final Map<Long, ObservedOutcomes> outcomes = new HashMap<>();
    private StoreRows last = new StoreRows(Map.of(), Map.of(), Map.of(), Map.of());
    private long lastCommits = -1;

    InvariantChecker(Store store) {
        this.store = store;
    }

    /** The rows at the last check. */
    StoreRows last() {
        return last;
    }

    ObservedOutcomes of(long job) {
        return outcomes.computeIfAbsent(job, _ -> new ObservedOutcomes());
    }

    /**
     * Checks all jobs and leases after a step.
     *
     * @param delivery the part that was posted in the step, the only source of new outcomes except lost tasks
     * @param retried the job that a client retried in the step
     */
    void check(@Nullable Delivery delivery, @Nullable Long retried) {
        long commits = store.statistics().commits() + store.uncertainCommits();
        if (commits == lastCommits && delivery == null && retried == null) {
            return; // nothing was committed since the last check
        }
        lastCommits = commits;
        last = store.read(sql -> {
            StoreRows now = StoreRows.of(sql);
            now.leases().values().forEach(lease -> checkLease(last.leases().get(lease.seq()), lease));
            now.leases().values().forEach(lease -> checkCopy(last.leases().get(lease.seq()), lease));
            checkCopies(now);
            now.jobs().values().forEach(job -> checkJob(sql, now, job, delivery, retried));
            return now;
        });
    }

    /** Checks the state transition of a lease. The only way back is from LAPSED to OPEN. */
    private static void checkLease(@Nullable LeaseRow before, LeaseRow now) {
        assertThat(before == null || (now.first() == before.first() && now.last() <= before.last()))
                .as("%s became %s: only its end may shrink", before, now)
                .isTrue();
        assertThat(now.losses()).as("losses of %s", now).isLessThan(MAX_LOSSES);
        assertThat(now.refusals()).as("refusals of %s", now).isLessThan(MAX_REFUSALS);
        boolean isValid = before == null
                ? now.isOpen()
                : switch (before.state()) {
                    case "OPEN", "LAPSED" -> true;
                    default -> now.state().equals(before.state());
                };
        assertThat(isValid).as("%s became %s", before, now).isTrue();
        assertThat(now.isHeld() || now.remaining() == 0).as("%s has ended", now).isTrue();
    }

    /** Checks that copies and their originals stay so, except for a copy that replaces its original. */
    private void checkCopy(@Nullable LeaseRow before, LeaseRow now) {
        if (before != null) {
            assertThat(now.hasCopy() || !before.hasCopy())
                    .as("%s had a copy", now)
                    .isTrue();
            assertThat(now.copyOf() == before.copyOf() || (before.isOpen() && !now.isCopy()))
                    .as("%s became %s", before, now)
                    .isTrue();
        } else if (now.isCopy()) {
            LeaseRow original = last.leases().get(now.copyOf());
            assertThat(original).as("original of %s", now).isNotNull();
            assertThat(original.hasCopy()).as("%s had a copy before", original).isFalse();
            assertThat(original.isCopy()).as("%s is a copy itself", original).isFalse();
            assertThat(original.isHeld()).as("%s is copied", original).isTrue();
            assertThat(now.isSuspect()).as("%s is copied", original).isFalse();
            assertThat(now.worker()).as("worker of the copy").isNotEqualTo(original.worker());
            assertThat(now)
                    .extracting(LeaseRow::job, LeaseRow::round, LeaseRow::attempt, LeaseRow::losses)
                    .containsExactly(original.job(), original.round(), original.attempt(), original.losses());
        }
    }

    /** Checks that a task has at most one copy, and only while its original lease is open and holds the task. */
    private static void checkCopies(StoreRows now) {
        Set<Long> copied = new HashSet<>();
        for (LeaseRow copy : now.leases().values()) {
            if (copy.isCopy() && copy.remaining() > 0) {
                LeaseRow original = now.leases().get(copy.copyOf());
                assertThat(copied.add(copy.copyOf()))
                        .as("one copy of %s", original)
                        .isTrue();
                assertThat(copy.isOpen()).as("%s is open", copy).isTrue();
                assertThat(original).as("original of %s", copy).isNotNull();
                assertThat(original.isOpen() && original.hasCopy())
                        .as("%s is open, like its copy %s", original, copy)
                        .isTrue();
                assertThat(List.of(copy.first() + 1, copy.last()))
                        .as("the last task of %s", original)
                        .isEqualTo(List.of(original.last(), original.last()));
                assertThat(now.returnedOf(original))
                        .as("given back of %s", original)
                        .noneMatch(span -> span.first() <= copy.first() && copy.first() < span.last());
            }
        }
    }

    private void checkJob(
            JdbcClient sql, StoreRows now, JobRow job, @Nullable Delivery delivery, @Nullable Long retried) {
        JobRow before = last.jobs().get(job.seq());
        ObservedOutcomes known = of(job.seq());
        if (before != null) {
            checkRound(before, job, known, retried != null && retried == job.seq());
        }
        if (delivery != null) {
            checkAttempts(job, known, delivery);
        }
        if (job.nextPosition() != known.positions()) {
            checkNewOutcomes(job, known.readNew(sql, job.seq()), delivery);
        }
        assertThat(known.positions()).as("positions of %s", job).isEqualTo((int) job.nextPosition());
        if (job.equals(before) && now.pendingOf(job).equals(last.pendingOf(job)) && hasUnchangedLeases(now, job)) {
            return;
        }
        assertThat(job.counts().succeeded()).as("succeeded of %s", job).isEqualTo((int) known.succeeded());
        assertThat(job.counts().failed()).as("failed of %s", job).isEqualTo((int) known.failed());
        if (job.isTerminal()) {
            checkEnd(sql, now, job, known);
        } else {
            new TaskStatuses(now, job, known).check();
        }
    }

    private boolean hasUnchangedLeases(StoreRows now, JobRow job) {
        if (heldLeases(now, job) != heldLeases(last, job)) {
            return false;
        }
        return now.leases().values().stream()
                .filter(lease -> lease.job() == job.seq() && lease.isHeld())
                .allMatch(lease -> lease.equals(last.leases().get(lease.seq()))
                        && now.returnedOf(lease).equals(last.returnedOf(lease)));
    }

    private static long heldLeases(StoreRows rows, JobRow job) {
        return rows.leases().values().stream()
                .filter(lease -> lease.job() == job.seq() && lease.isHeld())
                .count();
    }

    private static void checkRound(JobRow before, JobRow now, ObservedOutcomes known, boolean retried) {
        assertThat(now.round()).as("round of %s", now).isEqualTo(before.round() + (retried ? 1 : 0));
        if (retried) {
            known.retried();
        } else if (before.isTerminal()) {
            assertThat(now).as("an ended job does not change").isEqualTo(before);
        } else {
            assertThat(now.nextPosition()).isGreaterThanOrEqualTo(before.nextPosition());
        }
    }

    /** Checks that no task fails more often than its job has attempts. */
    private void checkAttempts(JobRow job, ObservedOutcomes known, Delivery delivery) {
        PartInFlight part = delivery.part();
        LeaseRow lease = last.leases().get(part.lease().lease().seq());
        if (delivery.answer() == null || lease == null || lease.job() != job.seq() || !lease.isHeld()) {
            return;
        }
        if (part.refused() != null) {
            return; // a refusal charges no attempt
        }
        for (int index = part.first(); index < part.end(); index++) {
            boolean isNew = !known.hasOutcome(index) && !lease.isCopy() && holds(lease, index);
            if (isNew && part.results().get(index - part.first()).error() != null) {
                assertThat(known.recordFailure(index))
                        .as("failures of task %s of %s", index, job)
                        .isLessThanOrEqualTo(job.maxAttempts());
            }
        }
    }

    private boolean holds(LeaseRow lease, int index) {
        return lease.first() <= index
                && index < lease.last()
                && last.returnedOf(lease).stream().noneMatch(span -> span.first() <= index && index < span.last());
    }

    /** Checks that new outcomes equal the posted results, under a lease that was not lost, and match the answer. */
    private void checkNewOutcomes(JobRow job, List<Outcome> found, @Nullable Delivery delivery) {
        if (delivery == null) {
            found.forEach(outcome -> checkLost(job, outcome));
            return;
        }
        PartInFlight part = delivery.part();
        LeaseRow lease = last.leases().get(part.lease().lease().seq());
        assertThat(lease).as("lease of %s", part).isNotNull();
        assertThat(lease.isHeld()).as("%s is fenced", lease).isTrue();
        assertThat(lease.job()).as("the job of %s", lease).isEqualTo(job.seq());
        assertThat(lease.worker()).isEqualTo(part.worker().value());
        assertThat(lease.round()).isEqualTo(job.round());
        assertThat(part.refused() == null || lease.refusals() == MAX_REFUSALS - 1)
                .as("only the last refusal fails tasks: %s", lease)
                .isTrue();
        for (Outcome outcome : found) {
            assertThat(outcome.index()).isBetween(part.first(), part.end() - 1);
            PartInFlight.Result result = part.results().get(outcome.index() - part.first());
            assertThat(outcome.value()).isEqualTo(result.error() == null ? result.value() : "null");
            assertThat(outcome.error()).isEqualTo(result.errorText());
            assertThat(outcome.worker()).isEqualTo(lease.worker());
            assertThat(outcome.runs()).isEqualTo(lease.runs());
            assertThat(outcome.round()).isEqualTo(lease.round());
            if (part.refused() == null
                    && outcome.error() != null
                    && RETRYABLE_KINDS.contains(outcome.error().split(" ", 2)[0])) {
                assertThat(lease.attempt()).as("attempts of %s", outcome).isEqualTo(job.maxAttempts());
            }
        }
        if (!delivery.isUnclear()) {
            assertThat(delivery.answer()).as("answer").isNotNull();
            assertThat(delivery.answer().recorded()).as("answer").isEqualTo(found.size());
        }
    }

    /** Checks an outcome of kind {@code lost}: its lease had too many losses. */
    private void checkLost(JobRow job, Outcome outcome) {
        assertThat(outcome.error())
                .as("only lost tasks get an outcome without a post: %s", outcome)
                .startsWith("lost ");
        assertThat(last.leases().values())
                .as("a lease under which %s of %s was lost too often", outcome, job)
                .anyMatch(lease -> lease.job() == job.seq()
                        && lease.isOpen()
                        && lease.provisionalLosses() > 0
                        && lease.losses() + lease.provisionalLosses() >= MAX_LOSSES
                        && lease.worker().equals(outcome.worker())
                        && lease.first() <= outcome.index()
                        && outcome.index() < lease.last()
                        && outcome.runs() == lease.runs());
    }

    private static void checkEnd(JdbcClient sql, StoreRows now, JobRow job, ObservedOutcomes known) {
        assertThat(now.pendingOf(job)).as("pending of %s", job).isEmpty();
        assertThat(now.leases().values())
                .as("leases of %s", job)
                .noneMatch(lease -> lease.job() == job.seq() && lease.isHeld());
        assertThat(job.counts().pending()
                        + job.counts().running()
                        + job.counts().leases())
                .as("counters of %s", job)
                .isZero();
        if (job.terminationReason() == null) {
            assertThat(known.succeeded() + known.failed())
                    .as("outcomes of %s", job)
                    .isEqualTo(job.total());
            boolean isSuccess = job.counts().failed() == 0 && job.reduceError() == null;
            assertThat(job.state()).as("end of %s", job).isEqualTo(isSuccess ? "SUCCEEDED" : "FAILED");
        }
        if (job.reduce() != null && job.state().equals("SUCCEEDED")) {
            String reduced = sql.sql("select value from reduced_value where job_seq = :job")
                    .param("job", job.seq())
                    .query(String.class)
                    .single();
            String expected = job.reduce().equals("count") ? "" + job.total() : "" + known.sum();
            if (job.total() > 0) {
                assertThat(reduced).as("reduced %s", job).isEqualTo(expected);
            }
        }
    }

    /** Checks, without pending background work, that outcomes are unchanged and that deleted jobs left no rows. */
    void checkAll() {
        store.read(sql -> {
            StoreRows.of(sql).jobs().keySet().forEach(job -> of(job).checkUnchanged(sql, job));
            for (String table : JOB_TABLES) {
                assertThat(sql.sql("select count(*) from " + table + " where job_seq not in (select seq from job)")
                                .query(Integer.class)
                                .single())
                        .as("rows in %s of deleted jobs", table)
                        .isZero();
            }
            assertThat(sql.sql("select count(*) from job where state in ('RECEIVING', 'DELETED')")
                            .query(Integer.class)
                            .single())
                    .as("jobs that remain to be deleted")
                    .isZero();
            return true;
        });
    }

    /** The status of each task of an unfinished job: every task has exactly one, and the counters match. */
    private record TaskStatuses(
            StoreRows rows, JobRow job, @Nullable String[] statuses) {
        TaskStatuses(StoreRows rows, JobRow job, ObservedOutcomes known) {
            this(rows, job, new String[job.total()]);
            IntStream.range(0, job.total()).filter(known::hasOutcome).forEach(index -> statuses[index] = "recorded");
        }

        void check() {
            int pending = 0;
            for (StoreRows.Span span : rows.pendingOf(job)) {
                assertThat(span.first()).as("pending range of %s", job).isLessThan(span.last());
                IntStream.range(span.first(), span.last()).forEach(index -> mark(index, "pending"));
                pending += span.last() - span.first();
            }
            int running = 0;
            int open = 0;
            for (LeaseRow lease : rows.leases().values()) {
                if (lease.job() == job.seq() && lease.isCopy()) {
                    open += lease.isOpen() ? 1 : 0;
                } else if (lease.job() == job.seq() && lease.isHeld()) {
                    int held = markHeld(lease);
                    running += lease.isOpen() ? held : 0;
                    pending += lease.isOpen() ? 0 : held;
                    open += lease.isOpen() ? 1 : 0;
                }
            }
            checkCopiesOfJob();
            pending += markUnscanned();
            assertThat(statuses).as("every task of %s has a status", job).doesNotContainNull();
            assertThat(job.counts().pending()).as("pending of %s", job).isEqualTo(pending);
            assertThat(job.counts().running()).as("running of %s", job).isEqualTo(running);
            assertThat(job.counts().leases()).as("leases of %s", job).isEqualTo(open);
            assertThat(job.counts().failed()).as("failed of %s", job).isLessThanOrEqualTo((int)
                    Math.min(Integer.MAX_VALUE, job.maxFailures()));
            assertThat(pending + running > 0 || job.isReducing())
                    .as("an unfinished job has unfinished tasks or a reduction: %s", job)
                    .isTrue();
        }

        private int markHeld(LeaseRow lease) {
            assertThat(lease.round()).as("round of %s in %s", lease, job).isEqualTo(job.round());
            assertThat(lease.attempt()).as("attempts of %s", lease).isLessThanOrEqualTo(job.maxAttempts());
            int held = 0;
            for (int index = lease.first(); index < lease.last(); index++) {
                if (!"recorded".equals(statuses[index]) && !isReturned(lease, index)) {
                    mark(index, lease.state() + " " + lease.seq());
                    held++;
                }
            }
            assertThat(lease.remaining()).as("remaining of %s", lease).isEqualTo(held);
            return held;
        }

        /** Checks that the original lease holds the task of each copy. */
        private void checkCopiesOfJob() {
            for (LeaseRow copy : rows.leases().values()) {
                if (copy.job() == job.seq() && copy.isCopy() && copy.isHeld()) {
                    assertThat(statuses[copy.first()])
                            .as("status of the task of %s", copy)
                            .isEqualTo(copy.remaining() == 0 ? "recorded" : "OPEN " + copy.copyOf());
                }
            }
        }

        private boolean isReturned(LeaseRow lease, int index) {
            return rows.returnedOf(lease).stream().anyMatch(span -> span.first() <= index && index < span.last());
        }

        /** Marks the tasks that the retry scan has not reached, and returns their number. */
        private int markUnscanned() {
            int unscanned = 0;
            for (int index = job.retryScanIndex(); index < job.total(); index++) {
                if (statuses[index] == null) {
                    statuses[index] = "unscanned";
                    unscanned++;
                }
            }
            return unscanned;
        }

        private void mark(int index, String status) {
            assertThat(statuses[index])
                    .as("%s of %s is %s, and", index, job, status)
                    .isNull();
            statuses[index] = status;
        }
    }
}
