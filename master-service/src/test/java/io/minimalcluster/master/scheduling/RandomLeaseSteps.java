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

/** Random steps in the life of jobs, workers and leases, each followed by a look at what must hold. */
final class RandomLeaseSteps implements AutoCloseable {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final int WORKERS = 4;
    private static final int UNFINISHED = 5;

    private final Path folder;
    private final Random random;
    private final BatchAllocator batchAllocator = TestLeases.taker(CLOCK);
    private final RecordPart recordPart = new RecordPart(CLOCK, JsonMapper.shared());
    private final List<Long> jobs = new ArrayList<>();
    private final List<WorkerId> workers = new ArrayList<>();
    private final List<Lease> leases = new ArrayList<>(); // all that ever were
    private final Map<Long, Map<Long, String>> outcomes = new HashMap<>(); // by job and index, as first seen
    private final Set<Long> over = new HashSet<>();
    private final Map<String, Integer> happened = new HashMap<>();
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
            postFromLive();
        } else if (dice < 780) {
            postLate();
        } else if (dice < 850) {
            repeat();
        } else if (dice < 890) {
            fallSilent();
        } else if (dice < 930) {
            workers().beat(anyOf(workers));
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
            takeBack();
        } else {
            copy();
        }
        check();
    }

    private void happened(String what) {
        happened.merge(what, 1, Integer::sum);
    }

    Map<String, Integer> happened() {
        return happened;
    }

    private void addJob() {
        if (unfinished().size() < UNFINISHED) {
            JobOptions.Builder options =
                    JobOptions.builder().priority(random.nextInt(3)).maxAttempts(1 + random.nextInt(3));
            if (random.nextBoolean()) {
                options.batchSize(1 + random.nextInt(30));
            }
            jobs.add(jobs().add(1 + random.nextInt(120), options.build()));
            happened("job");
        }
    }

    private List<Long> unfinished() {
        return jobs.stream().filter(job -> !over.contains(job)).toList();
    }

    private void take(WorkerId worker, int batches) {
        List<Lease> taken = store.writeAndWait(sql -> {
            WorkerLiveness.of(sql, worker, CLOCK.millis());
            return batchAllocator.take(sql, worker, "request", batches);
        });
        leases.addAll(taken);
        taken.forEach(_ -> happened("taken"));
    }

    private void takeBack() {
        List<Lease> live = live();
        if (!live.isEmpty()) {
            Lease lease = anyOf(live);
            long end = lease.first() + random.nextInt(lease.count());
            long tasks = store.writeAndWait(sql -> TestLeases.takeBack(sql, lease.worker(), lease.id(), end));
            happened(tasks > 0 ? "taken back" : "not taken back");
        }
    }

    private void copy() {
        List<Lease> live = live();
        if (!live.isEmpty()) {
            Lease lease = anyOf(live);
            WorkerId worker = anyOf(workers);
            Optional<Lease> copy = store.writeAndWait(sql -> {
                WorkerLiveness.of(sql, worker, CLOCK.millis());
                return TestLeases.copy(sql, lease, worker);
            });
            copy.ifPresent(leases::add);
            happened(copy.isPresent() ? "copied" : "not copied");
        }
    }

    private void postFromLive() {
        List<Lease> live = live();
        if (!live.isEmpty()) {
            post(anyOf(live));
        }
    }

    private List<Lease> live() {
        return inStates("OPEN", "LAPSED");
    }

    private List<Lease> inStates(String... states) {
        Set<Long> still = Set.copyOf(store.read(sql -> sql.sql("select seq from lease where state in (:states)")
                .param("states", List.of(states))
                .query(Long.class)
                .list()));
        return leases.stream().filter(lease -> still.contains(lease.seq())).toList();
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
        boolean over = jobs().get(lease.jobSeq()).state().isTerminal();
        long count = posting.part().range().count();
        if (before.equals("LOST") && !over) {
            assertThatThrownBy(() -> record(posting)).isInstanceOf(MasterException.LeaseLost.class);
            happened("refused as lost");
            return;
        }
        try {
            RecordPart.Outcome outcome = record(posting);
            long recorded = outcome.recorded().recorded();
            assertThat(recorded + outcome.recorded().known()).isLessThanOrEqualTo(count);
            assertThat(recorded == 0 || before.equals("OPEN") || before.equals("LAPSED"))
                    .as("recorded under %s", before)
                    .isTrue();
            happened(before.equals("LAPSED") ? "posted when lapsed" : "posted");
            happened(outcome.copyWon() ? "won by a copy" : "won by itself");
        } catch (MasterException.BeyondLease e) {
            assertThat(posting.part().range().last())
                    .as("only what is cut off is refused")
                    .isGreaterThan(now(lease).last());
            happened("refused as cut off");
        } catch (MasterException.LeaseLost e) {
            assertThat(before).isIn("ENDED", "LOST");
            happened("refused as ended");
        }
    }

    private void repeat() {
        Posting again = last;
        if (again != null) {
            post(again);
            happened("repeated");
        }
    }

    private RecordPart.Outcome record(Posting posting) {
        WorkerId worker = posting.lease().worker();
        return store.writeAndWait(sql -> {
            if (workers.contains(worker)) {
                WorkerLiveness.of(sql, worker, CLOCK.millis());
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

    private void fallSilent() {
        for (WorkerId worker : workers) { // in the order of the walk: the seed is to bring it about again
            if (random.nextBoolean()) {
                workers().silence(worker);
            } else {
                workers().beat(worker);
            }
        }
        happened("silence");
    }

    private void leave() {
        WorkerId worker = workers.remove(random.nextInt(workers.size()));
        workers().leave(worker);
        workers.add(workers().register("new", 2));
        happened("left");
    }

    private void cancel() {
        List<Long> unfinished = unfinished();
        if (!unfinished.isEmpty()) {
            jobs().cancel(anyOf(unfinished));
            happened("cancelled");
        }
    }

    /** Runs what failed again: outcomes that were bad are none any more. */
    private void retry() {
        List<Long> ended = jobs.stream()
                .filter(job -> over.contains(job) && jobs().get(job).state() != JobState.SUCCEEDED)
                .toList();
        if (!ended.isEmpty()) {
            long job = anyOf(ended);
            jobs().retry(job);
            over.remove(job);
            outcomes.computeIfAbsent(job, _ -> new HashMap<>()).values().removeIf(RandomLeaseSteps::isBad);
            happened("retried");
        }
    }

    private static boolean isBad(String outcome) {
        return !outcome.startsWith("\"") && !outcome.equals("1");
    }

    private void reopen() {
        store.close();
        store = TestStore.in(folder);
        jobsInStore = new TestJobs(store, CLOCK);
        happened("reopened");
    }

    /** One healthy worker is enough for every job to end. */
    void finish() {
        WorkerId healthy = workers.getFirst();
        while (!unfinished().isEmpty()) {
            workers().silenceAllBut(Set.of(healthy));
            int before = leases.size();
            take(healthy, 8);
            assertThat(leases.size() > before || !openOf(healthy).isEmpty())
                    .as("progress")
                    .isTrue();
            for (Lease lease : openOf(healthy)) {
                if (stateOf(lease).equals("OPEN")) { // a post may end a copy, or what has one
                    post(new Posting(
                            lease, TestParts.of(lease.first(), now(lease).last(), "1", Map.of(), true)));
                }
            }
            check();
        }
    }

    /** Each job is whole, and no outcome that was ever seen has changed. */
    private void check() {
        store.read(sql -> {
            for (JobInvariants.JobRow job : JobInvariants.check(sql, unfinished())) {
                note(sql, job);
                if (job.isOver()) {
                    over.add(job.seq());
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

    private void note(JdbcClient sql, JobInvariants.JobRow job) {
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
