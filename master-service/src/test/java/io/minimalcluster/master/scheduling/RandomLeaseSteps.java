package io.minimalcluster.master.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.result.read.RecordedBlock;
import io.minimalcluster.master.result.record.IndexedError;
import io.minimalcluster.master.result.record.JobInvariants;
import io.minimalcluster.master.result.record.RecordPart;
import io.minimalcluster.master.result.record.ResultPart;
import io.minimalcluster.master.result.record.TestParts;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.master.worker.TestWorkers;
import io.minimalcluster.master.worker.WorkerLiveness;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.JobState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Random operations on jobs, workers and leases, each followed by a check of the invariants. */
final class RandomLeaseSteps implements AutoCloseable {
    private static final InstantSource CLOCK = TestLeases.fastClock();
    private static final int WORKERS = 4;
    private static final int MAX_UNFINISHED_JOBS = 5;

    private final Path folder;
    private final Random random;
    private final BatchAllocator batchAllocator = TestLeases.allocator(CLOCK);
    private final RecordPart recordPart = new RecordPart(CLOCK, JsonMapper.shared());
    private final List<Long> jobs = new ArrayList<>();
    private final List<WorkerId> workers = new ArrayList<>();
    private final List<Lease> leases = new ArrayList<>(); // all leases ever taken
    private final Map<Long, Map<Long, String>> outcomes = new HashMap<>(); // by job and index, as first recorded
    private final Set<Long> ended = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private Store store;
    private TestJobs jobsInStore;
    private @Nullable Posting last;

    RandomLeaseSteps(Path folder, long seed) {
        this.folder = folder;
        this.random = new Random(seed);
        this.store = TestStore.in(folder);
        this.jobsInStore = new TestJobs(store, CLOCK);
        for (int i = 0; i < WORKERS; i++) {
            workers.add(workers().register("worker " + i, 2));
        }
    }

    private TestJobs jobs() {
        return jobsInStore;
    }

    private TestWorkers workers() {
        return new TestWorkers(store, CLOCK);
    }

    void step() {
        int dice = random.nextInt(1120);
        if (dice < 300) {
            take(anyOf(workers), 1 + random.nextInt(3));
        } else if (dice < 720) {
            postFromHeld();
        } else if (dice < 780) {
            postLate();
        } else if (dice < 850) {
            repeat();
        } else if (dice < 890) {
            timeOutSomeWorkers();
        } else if (dice < 930) {
            workers().heartbeat(anyOf(workers));
        } else if (dice < 940) {
            leave();
        } else if (dice < 946) {
            cancel();
        } else if (dice < 951) {
            reopen();
        } else if (dice < 957) {
            retry();
        } else if (dice < 1000) {
            addJob();
        } else if (dice < 1050) {
            reclaim();
        } else {
            copy();
        }
        check();
    }

    private void count(String event) {
        counts.merge(event, 1, Integer::sum);
    }

    Map<String, Integer> counts() {
        return counts;
    }

    private void addJob() {
        if (unfinished().size() < MAX_UNFINISHED_JOBS) {
            JobOptions.Builder options =
                    JobOptions.builder().priority(random.nextInt(3)).maxAttempts(1 + random.nextInt(3));
            if (random.nextBoolean()) {
                options.batchSize(1 + random.nextInt(30));
            }
            jobs.add(jobs().add(1 + random.nextInt(120), options.build()));
            count("job");
        }
    }

    private List<Long> unfinished() {
        return jobs.stream().filter(job -> !ended.contains(job)).toList();
    }

    private void take(WorkerId worker, int batches) {
        List<Lease> taken = store.writeAndWait(sql -> {
            WorkerLiveness.recordContact(sql, worker, CLOCK.millis());
            return batchAllocator.allocate(sql, worker, "request", batches);
        });
        leases.addAll(taken);
        taken.forEach(_ -> count("taken"));
    }

    private void reclaim() {
        List<Lease> held = heldLeases();
        if (!held.isEmpty()) {
            Lease lease = anyOf(held);
            long end = lease.first() + random.nextInt(lease.count());
            long tasks = store.writeAndWait(sql -> TestLeases.reclaim(sql, lease.worker(), lease.id(), end));
            count(tasks > 0 ? "reclaimed" : "not reclaimed");
        }
    }

    private void copy() {
        List<Lease> held = heldLeases();
        if (!held.isEmpty()) {
            Lease lease = anyOf(held);
            WorkerId worker = anyOf(workers);
            Optional<Lease> copy = store.writeAndWait(sql -> {
                WorkerLiveness.recordContact(sql, worker, CLOCK.millis());
                return TestLeases.copy(sql, lease, worker);
            });
            copy.ifPresent(leases::add);
            count(copy.isPresent() ? "copied" : "not copied");
        }
    }

    private void postFromHeld() {
        List<Lease> held = heldLeases();
        if (!held.isEmpty()) {
            post(anyOf(held));
        }
    }

    private List<Lease> heldLeases() {
        return inStates("OPEN", "LAPSED");
    }

    private List<Lease> inStates(String... states) {
        Set<Long> matching = Set.copyOf(store.read(sql -> sql.sql("select seq from lease where state in (:states)")
                .param("states", List.of(states))
                .query(Long.class)
                .list()));
        return leases.stream().filter(lease -> matching.contains(lease.seq())).toList();
    }

    private List<Lease> openOf(WorkerId worker) {
        return inStates("OPEN").stream()
                .filter(lease -> lease.worker().equals(worker))
                .toList();
    }

    private void postLate() {
        if (!leases.isEmpty()) {
            post(anyOf(leases.subList(Math.max(0, leases.size() - 40), leases.size())));
        }
    }

    private void post(Lease lease) {
        long first = lease.first() + random.nextInt(lease.count());
        long end = first + random.nextInt(Math.toIntExact(lease.last() - first) + 1);
        if (random.nextInt(3) == 0) {
            first = lease.first();
            end = lease.last();
        }
        Map<Long, ErrorKind> failed = new HashMap<>();
        for (long index = first; index < end; index++) {
            if (random.nextInt(12) == 0) {
                failed.put(index, random.nextBoolean() ? ErrorKind.CRASH : ErrorKind.EXCEPTION);
            }
        }
        ResultPart part = TestParts.of(
                first, end, "\"" + lease.id() + " " + random.nextInt() + "\"", failed, random.nextInt(3) == 0);
        post(new Posting(lease, part));
    }

    private void post(Posting posting) {
        last = posting;
        Lease lease = posting.lease();
        String before = stateOf(lease);
        boolean jobEnded = jobs().get(lease.jobSeq()).state().isTerminal();
        long count = posting.part().range().count();
        if (before.equals("LOST") && !jobEnded) {
            assertThatThrownBy(() -> record(posting)).isInstanceOf(MasterException.LeaseLost.class);
            count("rejected as lost");
            return;
        }
        try {
            RecordPart.Outcome outcome = record(posting);
            long recorded = outcome.recorded().recorded();
            assertThat(recorded + outcome.recorded().known()).isLessThanOrEqualTo(count);
            assertThat(recorded == 0 || before.equals("OPEN") || before.equals("LAPSED"))
                    .as("recorded under %s", before)
                    .isTrue();
            count(before.equals("LAPSED") ? "posted when lapsed" : "posted");
            count(outcome.copyWon() ? "won by a copy" : "won by the original");
        } catch (MasterException.BeyondLease e) {
            assertThat(posting.part().range().last())
                    .as("only parts beyond the lease are rejected")
                    .isGreaterThan(now(lease).last());
            count("rejected beyond the lease");
        } catch (MasterException.LeaseLost e) {
            assertThat(before).isIn("ENDED", "LOST");
            count("rejected as ended");
        }
    }

    private void repeat() {
        Posting again = last;
        if (again != null) {
            post(again);
            count("repeated");
        }
    }

    private RecordPart.Outcome record(Posting posting) {
        WorkerId worker = posting.lease().worker();
        return store.writeAndWait(sql -> {
            if (workers.contains(worker)) {
                WorkerLiveness.recordContact(sql, worker, CLOCK.millis());
            }
            return recordPart.record(sql, worker, posting.lease().id(), posting.part());
        });
    }

    private Lease now(Lease lease) {
        return store.read(sql -> Leases.find(sql, lease.worker(), lease.id()).orElseThrow());
    }

    private String stateOf(Lease lease) {
        return store.read(sql -> sql.sql("select state from lease where seq = :seq")
                .param("seq", lease.seq())
                .query(String.class)
                .single());
    }

    private void timeOutSomeWorkers() {
        for (WorkerId worker : workers) { // in a fixed order, so that the seed reproduces the steps
            if (random.nextBoolean()) {
                workers().timeOut(worker);
            } else {
                workers().heartbeat(worker);
            }
        }
        count("timeouts");
    }

    private void leave() {
        WorkerId worker = workers.remove(random.nextInt(workers.size()));
        workers().leave(worker);
        workers.add(workers().register("new", 2));
        count("left");
    }

    private void cancel() {
        List<Long> unfinished = unfinished();
        if (!unfinished.isEmpty()) {
            jobs().cancel(anyOf(unfinished));
            count("cancelled");
        }
    }

    /** Retries an ended job and drops its expected errors. */
    private void retry() {
        List<Long> retryable = jobs.stream()
                .filter(job -> ended.contains(job) && jobs().get(job).state() != JobState.SUCCEEDED)
                .toList();
        if (!retryable.isEmpty()) {
            long job = anyOf(retryable);
            jobs().retry(job);
            ended.remove(job);
            outcomes.computeIfAbsent(job, _ -> new HashMap<>()).values().removeIf(RandomLeaseSteps::isError);
            count("retried");
        }
    }

    private static boolean isError(String outcome) {
        return !outcome.startsWith("\"") && !outcome.equals("1");
    }

    private void reopen() {
        store.close();
        store = TestStore.in(folder);
        jobsInStore = new TestJobs(store, CLOCK);
        count("reopened");
    }

    /** Ends every job with one healthy worker. */
    void finish() {
        WorkerId healthy = workers.getFirst();
        while (!unfinished().isEmpty()) {
            workers().timeOutAllExcept(Set.of(healthy));
            int before = leases.size();
            take(healthy, 8);
            assertThat(leases.size() > before || !openOf(healthy).isEmpty())
                    .as("progress")
                    .isTrue();
            for (Lease lease : openOf(healthy)) {
                if (stateOf(lease).equals("OPEN")) { // an earlier post may have ended a copy or its original
                    post(new Posting(
                            lease, TestParts.of(lease.first(), now(lease).last(), "1", Map.of(), true)));
                }
            }
            check();
        }
    }

    /** Checks the invariants of unfinished jobs, and that no recorded outcome changes. */
    private void check() {
        store.read(sql -> {
            for (JobInvariants.JobRow job : JobInvariants.check(sql, unfinished())) {
                compareOutcomes(sql, job);
                if (job.isTerminal()) {
                    ended.add(job.seq());
                }
            }
            return true;
        });
    }

    void checkAll() {
        store.read(sql -> {
            for (JobInvariants.JobRow job : JobInvariants.check(sql, jobs)) {
                Map<Long, String> seen = outcomes.getOrDefault(job.seq(), Map.of());
                assertThat(outcomesOf(sql, job)).isEqualTo(seen);
            }
            return true;
        });
    }

    private void compareOutcomes(JdbcClient sql, JobInvariants.JobRow job) {
        Map<Long, String> seen = outcomes.computeIfAbsent(job.seq(), _ -> new HashMap<>());
        long known = job.succeeded() + job.failed();
        if (seen.size() < known) {
            Map<Long, String> now = outcomesOf(sql, job);
            assertThat(now).containsAllEntriesOf(seen).hasSize(Math.toIntExact(known));
            seen.putAll(now);
        }
    }

    private static Map<Long, String> outcomesOf(JdbcClient sql, JobInvariants.JobRow job) {
        Map<Long, String> found = new HashMap<>();
        Optional<RecordedBlock> next = RecordedBlock.fromPosition(sql, JsonMapper.shared(), job.seq(), 0);
        while (next.isPresent()) {
            RecordedBlock block = next.get();
            for (long index = block.values().first(); index < block.values().end(); index++) {
                IndexedError error = block.error(index);
                String value = new String(block.values().value(index), StandardCharsets.UTF_8);
                if (error == null || block.round() == job.round()) {
                    assertThat(found.put(index, error == null ? value : error.kind() + " " + error.message()))
                            .as("a second outcome of %s", index)
                            .isNull();
                }
            }
            next = RecordedBlock.fromPosition(sql, JsonMapper.shared(), job.seq(), block.endPosition());
        }
        return found;
    }

    private <T> T anyOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    @Override
    public void close() {
        store.close();
    }

    private record Posting(Lease lease, ResultPart part) {}
}
