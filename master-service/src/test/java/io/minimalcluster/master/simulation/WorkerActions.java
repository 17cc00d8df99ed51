package io.minimalcluster.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.error.MasterException.LeaseLost;
import io.minimalcluster.master.error.MasterException.WorkerUnknown;
import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.WorkerCapabilities;
import io.minimalcluster.master.simulation.StoreRows.JobRow;
import io.minimalcluster.master.simulation.StoreRows.LeaseRow;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.worker.WorkerCalls.Polled;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Heartbeat.LeaseProgress;
import io.minimalcluster.model.worker.Heartbeat.RunningTask;
import io.minimalcluster.model.worker.PollRequest;
import io.minimalcluster.model.worker.Recorded;
import io.minimalcluster.model.worker.Shrink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Random worker calls over an unreliable network, each checked against the expected result. */
final class WorkerActions {
    private static final int MAX_WORKERS = 5;

    private final Random random;
    private final InvariantChecker checker;
    private final Simulation.EventLog eventLog;
    private final TaskComputation computation;
    private final List<SimulatedWorker> workers = new ArrayList<>();
    private final List<WorkerId> formerWorkers = new ArrayList<>();
    private final List<SimulatedLease> leases = new ArrayList<>();
    private final List<PartInFlight> inFlight = new ArrayList<>();
    private @Nullable PartInFlight lastPart;
    private @Nullable Delivery delivery;
    private int requests;

    WorkerActions(Store store, Random random, InvariantChecker checker, Simulation.EventLog eventLog) {
        this.random = random;
        this.checker = checker;
        this.eventLog = eventLog;
        this.computation = new TaskComputation(store, random);
    }

    @Nullable
    Delivery takeDelivery() {
        Delivery taken = delivery;
        delivery = null;
        return taken;
    }

    private <T> @Nullable T any(List<T> list) {
        return list.isEmpty() ? null : list.get(random.nextInt(list.size()));
    }

    void register(SimulatedMaster master) {
        if (workers.size() < MAX_WORKERS) {
            Map<String, String> labels =
                    random.nextBoolean() ? Map.of() : Map.of("zone", random.nextBoolean() ? "a" : "b");
            add(master, new WorkerCapabilities(labels, random.nextBoolean(), 0), null);
        }
    }

    private SimulatedWorker add(SimulatedMaster master, WorkerCapabilities capabilities, @Nullable WorkerId replaces) {
        WorkerId id =
                master.workers().register(SimulatedWorker.registration(1 + random.nextInt(4), capabilities, replaces));
        SimulatedWorker worker = new SimulatedWorker(id, capabilities);
        workers.add(worker);
        eventLog.add("register", worker + " for " + replaces);
        return worker;
    }

    /** Restarts a worker process, which loses its state and registers again. */
    void replaceWorker(SimulatedMaster master) {
        SimulatedWorker old = any(workers);
        if (old != null) {
            workers.remove(old);
            formerWorkers.add(old.id());
            add(
                    master,
                    new WorkerCapabilities(Map.of(), random.nextBoolean(), 0),
                    random.nextBoolean() ? old.id() : null);
        }
    }

    void leave(SimulatedMaster master) {
        SimulatedWorker worker = any(workers);
        if (worker != null && workers.size() > 1) {
            eventLog.add("leave", worker);
            workers.remove(worker);
            formerWorkers.add(worker.id());
            callIfKnown(worker, () -> master.workers().leave(worker.id()));
        }
    }

    void changeHealth() {
        SimulatedWorker worker = any(workers);
        if (worker != null) {
            worker.isHealthy(!worker.isHealthy());
            eventLog.add(worker.isHealthy() ? "recovers" : "loses contact", worker);
        }
    }

    void drainOrResume(SimulatedMaster master) {
        SimulatedWorker worker = any(workers);
        if (worker != null) {
            boolean drain = random.nextInt(3) == 0;
            eventLog.add(drain ? "drain" : "resume worker", worker);
            try {
                if (drain) {
                    master.workers().drain(worker.id());
                } else {
                    master.workers().resume(worker.id());
                }
            } catch (MasterException.Conflict | MasterException.NotFound e) {
                eventLog.add("rejected", e.detail());
            }
        }
    }

    /** Sends heartbeats of all workers, some of which are lost. */
    void heartbeat(SimulatedMaster master) {
        for (SimulatedWorker worker : List.copyOf(workers)) {
            if (worker.isHealthy() && random.nextInt(4) > 0) {
                List<LeaseProgress> progress = progress(worker);
                callIfKnown(worker, () -> master.workers().heartbeat(worker.id(), progress));
            }
        }
    }

    /** Progress of the held leases, sometimes with wrong data. */
    private List<LeaseProgress> progress(SimulatedWorker worker) {
        List<LeaseProgress> all = new ArrayList<>();
        worker.held().values().forEach(lease -> all.add(progress(lease)));
        SimulatedLease other = any(leases);
        if (other != null && random.nextInt(10) == 0) {
            all.add(progress(other));
        }
        return all;
    }

    private LeaseProgress progress(SimulatedLease lease) {
        int count = lease.last() - lease.first();
        boolean isAtEnd = random.nextBoolean();
        int at = isAtEnd ? lease.last() - 1 : lease.first() + random.nextInt(1 + count / 4);
        int error = random.nextInt(10) == 0 ? random.nextInt(9) - 4 : 0;
        List<RunningTask> running = random.nextInt(5) == 0
                ? List.of()
                : List.of(new RunningTask(Math.max(0, at + error), random.nextInt(60) / 10.0));
        return new LeaseProgress(lease.lease().id(), running, Math.max(0, at + 1 + error));
    }

    /** Runs straggler detection as during a waiting poll, or the periodic check as without one. */
    void detectStragglers(SimulatedMaster master) {
        if (random.nextInt(6) == 0) {
            master.workers().clearStragglers();
        } else if (master.workers().detectStragglers()) {
            eventLog.add("stragglers", "");
        }
    }

    /** Sends progress, detects stragglers, and polls with free slots. */
    void mitigateStragglers(SimulatedMaster master) {
        workers.stream().filter(SimulatedWorker::isHealthy).toList().forEach(worker -> {
            List<LeaseProgress> progress = progress(worker);
            callIfKnown(worker, () -> master.workers().heartbeat(worker.id(), progress));
        });
        detectStragglers(master);
        for (int i = 0; i < 3; i++) {
            SimulatedWorker worker = any(workers);
            if (worker != null) {
                poll(master, worker, newRequest(worker, 4), random.nextInt(5) == 0);
            }
        }
    }

    /** Loses workers that run the same task, sometimes before their next poll. */
    void loseWorkers(SimulatedMaster master, Runnable passLeaseDuration) {
        int times = random.nextBoolean() ? 1 : 1 + random.nextInt(8);
        for (int i = 0; i < times; i++) {
            loseWorker(master, passLeaseDuration);
        }
    }

    private PollRequest newRequest(SimulatedWorker worker, int slots) {
        return new PollRequest(
                "request-" + ++requests, slots, List.copyOf(worker.held().keySet()));
    }

    /** Loses the worker of the task with the most losses. A new worker registers and polls. */
    private void loseWorker(SimulatedMaster master, Runnable passLeaseDuration) {
        LeaseRow worst = checker.last().leases().values().stream()
                .filter(LeaseRow::isHeld)
                .max(Comparator.comparingInt(LeaseRow::losses).thenComparingLong(row -> -row.seq()))
                .orElse(null);
        if (worst == null) {
            return;
        }
        eventLog.add("lose worker", worst.worker() + " with losses " + worst.losses());
        workers.stream()
                .filter(worker -> worker.id().value().equals(worst.worker()) && random.nextInt(4) > 0)
                .findFirst()
                .ifPresent(worker -> poll(master, worker, newRequest(worker, 0), false));
        workers.removeIf(worker -> worker.id().value().equals(worst.worker()) && formerWorkers.add(worker.id()));
        passLeaseDuration.run();
        SimulatedWorker next =
                add(master, new WorkerCapabilities(Map.of("zone", random.nextBoolean() ? "a" : "b"), true, 0), null);
        poll(master, next, newRequest(next, 4), false);
    }

    /** Makes a call. If the master does not know the worker, removes it; the next poll registers a new one. */
    private boolean callIfKnown(SimulatedWorker worker, Runnable call) {
        try {
            call.run();
            return true;
        } catch (WorkerUnknown e) {
            eventLog.add("unknown", worker);
            workers.remove(worker);
            return false;
        }
    }

    /** Polls with a list of held leases that may be wrong. The response may be lost and the request repeated. */
    void poll(SimulatedMaster master) {
        SimulatedWorker worker = any(workers);
        if (worker == null) {
            register(master);
            return;
        }
        PollRequest before = worker.lastRequest();
        if (before != null && random.nextInt(6) == 0) {
            poll(master, worker, before, random.nextInt(4) == 0);
            return;
        }
        Set<LeaseId> claimed = new HashSet<>(worker.held().keySet());
        if (random.nextInt(8) == 0) {
            claimed.removeIf(_ -> random.nextBoolean());
        }
        SimulatedLease other = any(leases);
        if (other != null && random.nextInt(8) == 0) {
            claimed.add(other.lease().id());
        }
        if (random.nextInt(30) == 0) {
            claimed.add(new LeaseId("lease-unknown"));
        }
        List<LeaseId> inOrder =
                claimed.stream().sorted(Comparator.comparing(LeaseId::value)).toList();
        PollRequest request = new PollRequest("request-" + ++requests, random.nextInt(5), inOrder);
        poll(master, worker, request, random.nextInt(5) == 0);
    }

    private void poll(SimulatedMaster master, SimulatedWorker worker, PollRequest request, boolean responseLost) {
        eventLog.add(responseLost ? "poll, response lost" : "poll", worker + " " + request);
        callIfKnown(worker, () -> {
            StoreRows before = checker.last();
            Polled answer = master.workers().poll(worker.id(), request);
            checker.check(null, null);
            new PollResponseCheck(before, checker.last(), worker, request).check(answer);
            List<SimulatedLease> taken =
                    answer.leases().stream().map(this::taken).toList();
            worker.recordRequest(request);
            if (!responseLost) {
                taken.forEach(lease -> worker.held().put(lease.lease().id(), lease));
                answer.stop().forEach(worker.held()::remove);
                answer.leases().forEach(lease -> taken(lease).shrinkTo(lease.last()));
                answer.shrunk().forEach(shrink -> shrink(worker, shrink));
            }
            if (answer.reclaimed() > 0) {
                eventLog.add("reclaimed", answer.reclaimed());
            }
            answer.leases().stream().filter(Lease::isCopy).forEach(copy -> eventLog.add("copy", copy));
        });
    }

    /** Applies a new end of a lease, except for some workers that are slow. */
    private void shrink(SimulatedWorker worker, Shrink order) {
        SimulatedLease lease = worker.held().get(order.leaseId());
        if (lease != null && random.nextInt(4) > 0) {
            lease.shrinkTo(order.end());
            eventLog.add("shrunk", lease);
        }
    }

    private SimulatedLease taken(Lease lease) {
        return leases.stream()
                .filter(known -> known.lease().id().equals(lease.id()))
                .findFirst()
                .orElseGet(() -> {
                    SimulatedLease added = new SimulatedLease(lease);
                    leases.add(added);
                    eventLog.add("taken", added);
                    return added;
                });
    }

    /** Posts a random part of a held lease, or all of it. */
    void post(SimulatedMaster master) {
        PartInFlight part = randomPart();
        if (part != null) {
            deliver(master, part);
        }
    }

    private @Nullable PartInFlight randomPart() {
        List<SimulatedWorker> busy =
                workers.stream().filter(worker -> !worker.held().isEmpty()).toList();
        SimulatedWorker worker = any(busy);
        SimulatedLease lease =
                worker == null ? null : any(List.copyOf(worker.held().values()));
        if (worker == null || lease == null) {
            return null;
        }
        boolean complete = random.nextInt(3) == 0;
        int first = complete ? lease.first() : lease.first() + random.nextInt(lease.last() - lease.first());
        int end = complete ? lease.last() : first + random.nextInt(lease.last() - first + 1);
        boolean done = random.nextInt(3) == 0;
        PartInFlight part = computation.part(worker.id(), lease, first, end, done, isOfHiddenJob(lease));
        if (done) {
            worker.held().remove(lease.lease().id());
        }
        return part;
    }

    private boolean isOfHiddenJob(SimulatedLease lease) {
        JobRow job = checker.last().jobs().get(lease.lease().jobSeq());
        return job != null && job.isHidden();
    }

    /** Refuses a held batch, as a worker does that cannot read or run it. The refusal may arrive later or again. */
    void refuse(SimulatedMaster master) {
        SimulatedWorker worker =
                any(workers.stream().filter(one -> !one.held().isEmpty()).toList());
        SimulatedLease lease =
                worker == null ? null : any(List.copyOf(worker.held().values()));
        if (worker == null || lease == null) {
            return;
        }
        PartInFlight refusal = computation.refused(worker.id(), lease);
        worker.held().remove(lease.lease().id());
        if (random.nextInt(4) == 0) {
            inFlight.add(refusal);
        } else {
            deliver(master, refusal);
        }
    }

    /** Sends a part that arrives later. */
    void postLater() {
        PartInFlight part = randomPart();
        if (part != null) {
            inFlight.add(part);
            eventLog.add("sent", part);
        }
    }

    /** Delivers a part in flight, which may be delivered again. */
    void deliver(SimulatedMaster master) {
        PartInFlight part = any(inFlight);
        if (part != null) {
            if (random.nextInt(4) > 0) {
                inFlight.remove(part);
            }
            deliver(master, part);
        }
    }

    void postAgain(SimulatedMaster master) {
        PartInFlight again = lastPart;
        if (again != null) {
            deliver(master, again);
        }
    }

    /** Posts under the lease of another worker, under an ended lease, or with indexes beyond the lease. */
    void postInvalidPart(SimulatedMaster master) {
        SimulatedLease lease = any(leases);
        SimulatedWorker worker = any(workers);
        if (lease != null && worker != null) {
            boolean own = random.nextBoolean();
            WorkerId from = own ? lease.lease().worker() : worker.id();
            boolean beyond = random.nextInt(4) == 0;
            deliver(
                    master,
                    computation.part(
                            from, lease, lease.first(), lease.last() + (beyond ? 1 : 0), true, isOfHiddenJob(lease)));
        }
    }

    /** Posts under an ended or lost lease of an unfinished job, like a worker after a network partition. */
    void postUnderEndedLease(SimulatedMaster master) {
        SimulatedLease lease =
                any(leases.stream().filter(this::hasEndedBeforeItsJob).toList());
        if (lease != null) {
            deliver(
                    master,
                    computation.part(
                            lease.lease().worker(),
                            lease,
                            lease.first(),
                            lease.last(),
                            random.nextBoolean(),
                            isOfHiddenJob(lease)));
        }
    }

    /** Whether the lease has ended and its job has not. */
    private boolean hasEndedBeforeItsJob(SimulatedLease lease) {
        LeaseRow row = checker.last().leases().get(lease.lease().seq());
        JobRow job = checker.last().jobs().get(lease.lease().jobSeq());
        return row != null && job != null && !row.isHeld() && !job.isTerminal();
    }

    /** Posts the results of a copy and its original, in random order. */
    void postBoth(SimulatedMaster master, Runnable check) {
        List<LeaseRow> copies = checker.last().leases().values().stream()
                .filter(lease -> lease.isCopy() && lease.isOpen())
                .sorted(Comparator.comparingLong(LeaseRow::seq))
                .toList();
        LeaseRow copy = any(copies);
        if (copy == null) {
            return;
        }
        List<Long> order =
                random.nextBoolean() ? List.of(copy.seq(), copy.copyOf()) : List.of(copy.copyOf(), copy.seq());
        for (long seq : order) {
            leases.stream()
                    .filter(lease -> lease.lease().seq() == seq)
                    .findFirst()
                    .ifPresent(lease -> {
                        int first = Math.min(copy.first(), lease.last() - 1);
                        deliver(
                                master,
                                computation.part(
                                        lease.lease().worker(),
                                        lease,
                                        first,
                                        first + 1,
                                        random.nextBoolean(),
                                        isOfHiddenJob(lease)));
                        check.run();
                    });
        }
    }

    private void deliver(SimulatedMaster master, PartInFlight part) {
        lastPart = part;
        Recorded answer = null;
        LeaseRow lease = checker.last().leases().get(part.lease().lease().seq());
        try {
            answer = master.results().post(part.worker(), part.leaseId(), part.toJson());
            assertThat(answer.recorded() + answer.known())
                    .isLessThanOrEqualTo(part.results().size());
            assertThat(lease == null || lease.state().equals("LOST"))
                    .as("%s is fenced", lease)
                    .isFalse();
            eventLog.add(part.refused() == null ? "posted" : "refused", part + " " + answer);
        } catch (LeaseLost e) {
            assertThat(lease == null
                            || !lease.isHeld()
                            || !lease.worker().equals(part.worker().value()))
                    .as("%s was rejected", lease)
                    .isTrue();
            eventLog.add(lease == null ? "rejected as gone" : "rejected as " + lease.state(), part);
        } catch (WorkerUnknown e) {
            eventLog.add("rejected as unknown", part);
        } catch (MasterException.BeyondLease e) {
            assertThat(lease).as("lease of %s", part).isNotNull();
            assertThat(part.end()).as("%s", e).isGreaterThan(lease.last());
            assertThat(e.end()).as("%s", e).isEqualTo(lease.last());
            if (random.nextInt(4) > 0) {
                part.lease().shrinkTo(e.end());
            }
            eventLog.add("rejected as beyond", part);
        }
        delivery = new Delivery(part, answer, false);
    }

    /** Replaces all workers by two healthy workers that can run every job. */
    void keepHealthyWorkersOnly(SimulatedMaster master) {
        workers.clear();
        inFlight.clear();
        for (String zone : List.of("a", "b")) {
            add(master, new WorkerCapabilities(Map.of("zone", zone), true, 0), null);
        }
    }

    /** Polls once per worker and completes all received batches. */
    void completeBatches(SimulatedMaster master, Runnable check) {
        for (SimulatedWorker worker : workers) {
            poll(master, worker, newRequest(worker, 4), false);
            for (SimulatedLease lease : List.copyOf(worker.held().values())) {
                deliver(master, computation.successful(worker.id(), lease, isOfHiddenJob(lease)));
                check.run();
            }
            worker.held().clear();
        }
    }
}
