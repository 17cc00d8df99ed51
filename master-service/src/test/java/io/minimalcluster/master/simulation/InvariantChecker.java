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

/**
 * Looks at the store after each step, and compares it with how it was before: what must hold of each job, and of all.
 */
final class InvariantChecker {
    private static final List<String> TABLES_OF_JOBS = List.of(
            "argument_segment",
            "result_segment",
            "lease",
            "pending_range",
            "given_back",
            "job_label",
            "shared_value",
            "reduced_value",
            "reduction");
    private static final int MOST_LOSSES = 20; // in quarters
    private static final Set<String> WORTH_ANOTHER_TRY = Set.of("crash", "out-of-memory");

    private final Store store;
    private final Map<Long, ObservedOutcomes> outcomes = new HashMap<>();
    private StoreRows last = new StoreRows(Map.of(), Map.of(), Map.of(), Map.of());
    private long lastCommits = -1;

    InvariantChecker(Store store) {
        this.store = store;
    }

    /** As it was when it was last looked at. */
    StoreRows last() {
        return last;
    }

    ObservedOutcomes of(long job) {
        return outcomes.computeIfAbsent(job, _ -> new ObservedOutcomes());
    }

    /**
     * Looks at everything after a step.
     *
     * @param delivery the part that was posted in it, which alone can have brought outcomes
     * @param retried the job that a client ran again in it
     */
    void check(@Nullable Delivery delivery, @Nullable Long retried) {
        long commits = store.figures().commits() + store.uncertainCommits();
        if (commits == lastCommits && delivery == null && retried == null) {
            return; // it was looked at as it is
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

    /** It goes forward, but for the return of one that was silent. */
    private static void checkLease(@Nullable LeaseRow before, LeaseRow now) {
        assertThat(before == null || (now.first() == before.first() && now.last() <= before.last()))
                .as("%s became %s: only its end may be cut", before, now)
                .isTrue();
        assertThat(now.losses()).as("losses of %s", now).isLessThan(MOST_LOSSES);
        boolean isFine = before == null
                ? now.isOpen()
                : switch (before.state()) {
                    case "OPEN", "LAPSED" -> true;
                    default -> now.state().equals(before.state());
                };
        assertThat(isFine).as("%s became %s", before, now).isTrue();
        assertThat(now.isLive() || now.remaining() == 0).as("%s has ended", now).isTrue();
    }

    /** What is a copy, or has one, stays so, but for a copy that takes the place of its lease. */
    private void checkCopy(@Nullable LeaseRow before, LeaseRow now) {
        if (before != null) {
            assertThat(now.copied() || !before.copied())
                    .as("%s had a copy", now)
                    .isTrue();
            assertThat(now.copyOf() == before.copyOf() || (before.isOpen() && !now.isCopy()))
                    .as("%s became %s", before, now)
                    .isTrue();
        } else if (now.isCopy()) {
            LeaseRow original = last.leases().get(now.copyOf());
            assertThat(original).as("what is copied by %s", now).isNotNull();
            assertThat(original.copied()).as("%s had a copy before", original).isFalse();
            assertThat(original.isCopy()).as("%s is a copy itself", original).isFalse();
            assertThat(original.isLive()).as("%s is copied", original).isTrue();
            assertThat(now.isSuspect()).as("%s is copied", original).isFalse();
            assertThat(now.worker()).as("the second worker").isNotEqualTo(original.worker());
            assertThat(now)
                    .extracting(LeaseRow::job, LeaseRow::round, LeaseRow::attempt, LeaseRow::losses)
                    .containsExactly(original.job(), original.round(), original.attempt(), original.losses());
        }
    }

    /** A copy runs for as long as the task is its lease's, and no longer; there is one at most. */
    private static void checkCopies(StoreRows now) {
        Set<Long> copied = new HashSet<>();
        for (LeaseRow copy : now.leases().values()) {
            if (copy.isCopy() && copy.remaining() > 0) {
                LeaseRow original = now.leases().get(copy.copyOf());
                assertThat(copied.add(copy.copyOf()))
                        .as("one copy of %s", original)
                        .isTrue();
                assertThat(copy.isOpen()).as("%s waits for nobody", copy).isTrue();
                assertThat(original).as("what is copied by %s", copy).isNotNull();
                assertThat(original.isOpen() && original.copied())
                        .as("%s runs, as %s does", original, copy)
                        .isTrue();
                assertThat(List.of(copy.first() + 1, copy.last()))
                        .as("the last task of %s", original)
                        .isEqualTo(List.of(original.last(), original.last()));
                assertThat(now.givenBackOf(original))
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
            checkTries(job, known, delivery);
        }
        if (job.nextPosition() != known.logged()) {
            checkNew(job, known.readOn(sql, job.seq()), delivery);
        }
        assertThat(known.logged()).as("positions of %s", job).isEqualTo((int) job.nextPosition());
        if (job.equals(before) && now.pendingOf(job).equals(last.pendingOf(job)) && isUntouched(now, job)) {
            return;
        }
        assertThat(job.counts().succeeded()).as("succeeded of %s", job).isEqualTo((int) known.succeeded());
        assertThat(job.counts().failed()).as("failed of %s", job).isEqualTo((int) known.failed());
        if (job.isOver()) {
            checkEnd(sql, now, job, known);
        } else {
            new Places(now, job, known).check();
        }
    }

    private boolean isUntouched(StoreRows now, JobRow job) {
        if (liveOf(now, job) != liveOf(last, job)) {
            return false;
        }
        return now.leases().values().stream()
                .filter(lease -> lease.job() == job.seq() && lease.isLive())
                .allMatch(lease -> lease.equals(last.leases().get(lease.seq()))
                        && now.givenBackOf(lease).equals(last.givenBackOf(lease)));
    }

    private static long liveOf(StoreRows rows, JobRow job) {
        return rows.leases().values().stream()
                .filter(lease -> lease.job() == job.seq() && lease.isLive())
                .count();
    }

    private static void checkRound(JobRow before, JobRow now, ObservedOutcomes known, boolean retried) {
        assertThat(now.round()).as("round of %s", now).isEqualTo(before.round() + (retried ? 1 : 0));
        if (retried) {
            known.retried();
        } else if (before.isOver()) {
            assertThat(now).as("what is over stays as it is").isEqualTo(before);
        } else {
            assertThat(now.nextPosition()).isGreaterThanOrEqualTo(before.nextPosition());
        }
    }

    /** No task fails without end: as often as its job has attempts, the last time being its outcome. */
    private void checkTries(JobRow job, ObservedOutcomes known, Delivery delivery) {
        PartInFlight part = delivery.part();
        LeaseRow lease = last.leases().get(part.lease().lease().seq());
        if (delivery.answer() == null || lease == null || lease.job() != job.seq() || !lease.isLive()) {
            return;
        }
        for (int index = part.first(); index < part.end(); index++) {
            boolean isNews = !known.has(index) && !lease.isCopy() && holds(lease, index);
            if (isNews && part.results().get(index - part.first()).error() != null) {
                assertThat(known.failed(index))
                        .as("failures of task %s of %s", index, job)
                        .isLessThanOrEqualTo(job.maxAttempts());
            }
        }
    }

    private boolean holds(LeaseRow lease, int index) {
        return lease.first() <= index
                && index < lease.last()
                && last.givenBackOf(lease).stream().noneMatch(span -> span.first() <= index && index < span.last());
    }

    /** New outcomes are those that were just posted, under a lease that was not lost, and as many as was answered. */
    private void checkNew(JobRow job, List<Outcome> found, @Nullable Delivery delivery) {
        if (delivery == null) {
            found.forEach(outcome -> checkGivenUp(job, outcome));
            return;
        }
        PartInFlight part = delivery.part();
        LeaseRow lease = last.leases().get(part.lease().lease().seq());
        assertThat(lease).as("lease of %s", part).isNotNull();
        assertThat(lease.isLive()).as("%s is fenced", lease).isTrue();
        assertThat(lease.job()).as("the job of %s", lease).isEqualTo(job.seq());
        assertThat(lease.worker()).isEqualTo(part.worker().value());
        assertThat(lease.round()).isEqualTo(job.round());
        for (Outcome outcome : found) {
            assertThat(outcome.index()).isBetween(part.first(), part.end() - 1);
            PartInFlight.Result result = part.results().get(outcome.index() - part.first());
            assertThat(outcome.value()).isEqualTo(result.error() == null ? result.value() : "null");
            assertThat(outcome.error()).isEqualTo(result.logged());
            assertThat(outcome.worker()).isEqualTo(lease.worker());
            assertThat(outcome.runs()).isEqualTo(lease.runs());
            assertThat(outcome.round()).isEqualTo(lease.round());
            if (outcome.error() != null
                    && WORTH_ANOTHER_TRY.contains(outcome.error().split(" ", 2)[0])) {
                assertThat(lease.attempt()).as("attempts of %s", outcome).isEqualTo(job.maxAttempts());
            }
        }
        if (!delivery.isUnclear()) {
            assertThat(delivery.answer()).as("answered").isNotNull();
            assertThat(delivery.answer().recorded()).as("answered").isEqualTo(found.size());
        }
    }

    /** Nobody posted it: its workers fell silent too often while they may have run it. */
    private void checkGivenUp(JobRow job, Outcome outcome) {
        assertThat(outcome.error()).as("somebody posted %s", outcome).startsWith("lost ");
        assertThat(last.leases().values())
                .as("a lease under which %s of %s was lost too often", outcome, job)
                .anyMatch(lease -> lease.job() == job.seq()
                        && lease.isOpen()
                        && lease.charge() > 0
                        && lease.losses() + lease.charge() >= MOST_LOSSES
                        && lease.worker().equals(outcome.worker())
                        && lease.first() <= outcome.index()
                        && outcome.index() < lease.last()
                        && outcome.runs() == lease.runs());
    }

    private static void checkEnd(JdbcClient sql, StoreRows now, JobRow job, ObservedOutcomes known) {
        assertThat(now.pendingOf(job)).as("pending of %s", job).isEmpty();
        assertThat(now.leases().values())
                .as("leases of %s", job)
                .noneMatch(lease -> lease.job() == job.seq() && lease.isLive());
        assertThat(job.counts().pending()
                        + job.counts().running()
                        + job.counts().leases())
                .as("left of %s", job)
                .isZero();
        if (job.ending() == null) {
            assertThat(known.succeeded() + known.failed())
                    .as("outcomes of %s", job)
                    .isEqualTo(job.total());
            boolean isGood = job.counts().failed() == 0 && job.reduceError() == null;
            assertThat(job.state()).as("end of %s", job).isEqualTo(isGood ? "SUCCEEDED" : "FAILED");
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

    /** When nothing is under way: logs are what they were, and nothing is left of what was deleted. */
    void checkAll() {
        store.read(sql -> {
            StoreRows.of(sql).jobs().keySet().forEach(job -> of(job).checkUnchanged(sql, job));
            for (String table : TABLES_OF_JOBS) {
                assertThat(sql.sql("select count(*) from " + table + " where job_seq not in (select seq from job)")
                                .query(Integer.class)
                                .single())
                        .as("left in %s of jobs that are gone", table)
                        .isZero();
            }
            assertThat(sql.sql("select count(*) from job where state in ('RECEIVING', 'DELETED')")
                            .query(Integer.class)
                            .single())
                    .as("jobs left to be taken away")
                    .isZero();
            return true;
        });
    }

    /** Where each task of an unfinished job is: in one place, and counted there. */
    private record Places(
            StoreRows rows, JobRow job, @Nullable String[] place) {
        Places(StoreRows rows, JobRow job, ObservedOutcomes known) {
            this(rows, job, new String[job.total()]);
            IntStream.range(0, job.total()).filter(known::has).forEach(index -> place[index] = "recorded");
        }

        void check() {
            int pending = 0;
            for (StoreRows.Span span : rows.pendingOf(job)) {
                assertThat(span.first()).as("pending range of %s", job).isLessThan(span.last());
                IntStream.range(span.first(), span.last()).forEach(index -> put(index, "pending"));
                pending += span.last() - span.first();
            }
            int running = 0;
            int open = 0;
            for (LeaseRow lease : rows.leases().values()) {
                if (lease.job() == job.seq() && lease.isCopy()) {
                    open += lease.isOpen() ? 1 : 0;
                } else if (lease.job() == job.seq() && lease.isLive()) {
                    int held = hold(lease);
                    running += lease.isOpen() ? held : 0;
                    pending += lease.isOpen() ? 0 : held;
                    open += lease.isOpen() ? 1 : 0;
                }
            }
            checkCopiesHere();
            pending += sweep();
            assertThat(place).as("no task of %s is nowhere", job).doesNotContainNull();
            assertThat(job.counts().pending()).as("pending of %s", job).isEqualTo(pending);
            assertThat(job.counts().running()).as("running of %s", job).isEqualTo(running);
            assertThat(job.counts().leases()).as("leases of %s", job).isEqualTo(open);
            assertThat(job.counts().failed()).as("failed of %s", job).isLessThanOrEqualTo((int)
                    Math.min(Integer.MAX_VALUE, job.maxFailures()));
            assertThat(pending + running > 0 || job.isReducing())
                    .as("something is left to do of %s", job)
                    .isTrue();
        }

        private int hold(LeaseRow lease) {
            assertThat(lease.round()).as("round of %s in %s", lease, job).isEqualTo(job.round());
            assertThat(lease.attempt()).as("attempts of %s", lease).isLessThanOrEqualTo(job.maxAttempts());
            int held = 0;
            for (int index = lease.first(); index < lease.last(); index++) {
                if (!"recorded".equals(place[index]) && !isGivenBack(lease, index)) {
                    put(index, lease.state() + " " + lease.seq());
                    held++;
                }
            }
            assertThat(lease.remaining()).as("remaining of %s", lease).isEqualTo(held);
            return held;
        }

        /** What a copy runs is in the hands of the lease that it is a copy of. */
        private void checkCopiesHere() {
            for (LeaseRow copy : rows.leases().values()) {
                if (copy.job() == job.seq() && copy.isCopy() && copy.isLive()) {
                    assertThat(place[copy.first()])
                            .as("what %s runs", copy)
                            .isEqualTo(copy.remaining() == 0 ? "recorded" : "OPEN " + copy.copyOf());
                }
            }
        }

        private boolean isGivenBack(LeaseRow lease, int index) {
            return rows.givenBackOf(lease).stream().anyMatch(span -> span.first() <= index && index < span.last());
        }

        /** What a retry has still to find. */
        private int sweep() {
            int unswept = 0;
            for (int index = job.sweep(); index < job.total(); index++) {
                if (place[index] == null) {
                    place[index] = "unswept";
                    unswept++;
                }
            }
            return unswept;
        }

        private void put(int index, String what) {
            assertThat(place[index]).as("%s of %s is %s, and", index, job, what).isNull();
            place[index] = what;
        }
    }
}
