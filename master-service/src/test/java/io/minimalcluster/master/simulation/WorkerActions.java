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

/** What workers do on a bad network, and what they are owed for it. */
final class WorkerActions {
    private static final int MOST = 5;

    private final Random random;
    private final InvariantChecker checker;
    private final Simulation.Story story;
    private final TaskComputation computing;
    private final List<SimulatedWorker> there = new ArrayList<>();
    private final List<WorkerId> gone = new ArrayList<>();
    private final List<SimulatedLease> ever = new ArrayList<>();
    private final List<PartInFlight> onTheWay = new ArrayList<>();
    private @Nullable PartInFlight lastPosting;
    private @Nullable Delivery delivery;
    private int requests;

    WorkerActions(Store store, Random random, InvariantChecker checker, Simulation.Story story) {
        this.random = random;
        this.checker = checker;
        this.story = story;
        this.computing = new TaskComputation(store, random);
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
        if (there.size() < MOST) {
            Map<String, String> labels =
                    random.nextBoolean() ? Map.of() : Map.of("zone", random.nextBoolean() ? "a" : "b");
            add(master, new WorkerCapabilities(labels, random.nextBoolean()), null);
        }
    }

    private SimulatedWorker add(SimulatedMaster master, WorkerCapabilities capabilities, @Nullable WorkerId replaces) {
        WorkerId id = master.workers().register(SimulatedWorker.form(1 + random.nextInt(4), capabilities, replaces));
        SimulatedWorker worker = new SimulatedWorker(id, capabilities);
        there.add(worker);
        story.note("register", worker + " for " + replaces);
        return worker;
    }

    /** A worker's process ended, and its next takes its place; it knows nothing. */
    void registerAnew(SimulatedMaster master) {
        SimulatedWorker old = any(there);
        if (old != null) {
            there.remove(old);
            gone.add(old.id());
            add(master, new WorkerCapabilities(Map.of(), random.nextBoolean()), random.nextBoolean() ? old.id() : null);
        }
    }

    void leave(SimulatedMaster master) {
        SimulatedWorker worker = any(there);
        if (worker != null && there.size() > 1) {
            story.note("leave", worker);
            there.remove(worker);
            gone.add(worker.id());
            known(worker, () -> master.workers().leave(worker.id()));
        }
    }

    void changeHealth() {
        SimulatedWorker worker = any(there);
        if (worker != null) {
            worker.isHealthy(!worker.isHealthy());
            story.note(worker.isHealthy() ? "comes back" : "falls silent", worker);
        }
    }

    void drainOrResume(SimulatedMaster master) {
        SimulatedWorker worker = any(there);
        if (worker != null) {
            boolean drain = random.nextInt(3) == 0;
            story.note(drain ? "drain" : "resume worker", worker);
            try {
                if (drain) {
                    master.workers().drain(worker.id());
                } else {
                    master.workers().resume(worker.id());
                }
            } catch (MasterException.Conflict | MasterException.NotFound e) {
                story.note("refused", e.detail());
            }
        }
    }

    /** A second's heartbeats, of which some are lost. */
    void heartbeat(SimulatedMaster master) {
        for (SimulatedWorker worker : List.copyOf(there)) {
            if (worker.isHealthy() && random.nextInt(4) > 0) {
                List<LeaseProgress> progress = progress(worker);
                known(worker, () -> master.workers().heartbeat(worker.id(), progress));
            }
        }
    }

    /** How far it is with what it has: as a rule the truth, and now and then what never was. */
    private List<LeaseProgress> progress(SimulatedWorker worker) {
        List<LeaseProgress> all = new ArrayList<>();
        worker.held().values().forEach(lease -> all.add(progress(lease)));
        SimulatedLease other = any(ever);
        if (other != null && random.nextInt(10) == 0) {
            all.add(progress(other));
        }
        return all;
    }

    private LeaseProgress progress(SimulatedLease lease) {
        int count = lease.last() - lease.first();
        boolean isAtItsEnd = random.nextBoolean();
        int at = isAtItsEnd ? lease.last() - 1 : lease.first() + random.nextInt(1 + count / 4);
        int wrong = random.nextInt(10) == 0 ? random.nextInt(9) - 4 : 0;
        List<RunningTask> running = random.nextInt(5) == 0
                ? List.of()
                : List.of(new RunningTask(Math.max(0, at + wrong), random.nextInt(60) / 10.0));
        return new LeaseProgress(lease.lease().id(), running, Math.max(0, at + 1 + wrong));
    }

    /** Somebody waits, so those that are late are looked for; or nobody does. */
    void lookForStragglers(SimulatedMaster master) {
        if (random.nextInt(6) == 0) {
            master.workers().forgetStragglers();
        } else if (master.workers().lookForStragglers()) {
            story.note("stragglers", "");
        }
    }

    /** Who has one slot too many asks for work at once when stragglers were found. */
    void relieve(SimulatedMaster master) {
        there.stream().filter(SimulatedWorker::isHealthy).toList().forEach(worker -> {
            List<LeaseProgress> progress = progress(worker);
            known(worker, () -> master.workers().heartbeat(worker.id(), progress));
        });
        lookForStragglers(master);
        for (int i = 0; i < 3; i++) {
            SimulatedWorker worker = any(there);
            if (worker != null) {
                poll(master, worker, asking(worker, 4), random.nextInt(5) == 0);
            }
        }
    }

    /** A task brings down one worker after the other: now and then so fast that the worker never asks again. */
    void bringDown(SimulatedMaster master, Runnable silence) {
        int times = random.nextBoolean() ? 1 : 1 + random.nextInt(8);
        for (int i = 0; i < times; i++) {
            bringOneDown(master, silence);
        }
    }

    private PollRequest asking(SimulatedWorker worker, int slots) {
        return new PollRequest(
                "request-" + ++requests, slots, List.copyOf(worker.held().keySet()));
    }

    /** What runs the task that was lost most often falls silent, and never comes back; another asks. */
    private void bringOneDown(SimulatedMaster master, Runnable silence) {
        LeaseRow worst = checker.last().leases().values().stream()
                .filter(LeaseRow::isLive)
                .max(Comparator.comparingInt(LeaseRow::losses).thenComparingLong(row -> -row.seq()))
                .orElse(null);
        if (worst == null) {
            return;
        }
        story.note("brings down", worst.worker() + " with losses " + worst.losses());
        there.stream()
                .filter(worker -> worker.id().value().equals(worst.worker()) && random.nextInt(4) > 0)
                .findFirst()
                .ifPresent(worker -> poll(master, worker, asking(worker, 0), false));
        there.removeIf(worker -> worker.id().value().equals(worst.worker()) && gone.add(worker.id()));
        silence.run();
        SimulatedWorker next =
                add(master, new WorkerCapabilities(Map.of("zone", random.nextBoolean() ? "a" : "b"), true), null);
        poll(master, next, asking(next, 4), false);
    }

    /** One that is not known any more registers again at the next poll. */
    private boolean known(SimulatedWorker worker, Runnable call) {
        try {
            call.run();
            return true;
        } catch (WorkerUnknown e) {
            story.note("unknown", worker);
            there.remove(worker);
            return false;
        }
    }

    /** Asks with what it has, or forgot, or never had; the answer may get lost, and the same may come again. */
    void poll(SimulatedMaster master) {
        SimulatedWorker worker = any(there);
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
        SimulatedLease other = any(ever);
        if (other != null && random.nextInt(8) == 0) {
            claimed.add(other.lease().id());
        }
        if (random.nextInt(30) == 0) {
            claimed.add(new LeaseId("lease-unheardof"));
        }
        List<LeaseId> inOrder =
                claimed.stream().sorted(Comparator.comparing(LeaseId::value)).toList();
        PollRequest request = new PollRequest("request-" + ++requests, random.nextInt(5), inOrder);
        poll(master, worker, request, random.nextInt(5) == 0);
    }

    private void poll(SimulatedMaster master, SimulatedWorker worker, PollRequest request, boolean answerIsLost) {
        story.note(answerIsLost ? "poll, answer lost" : "poll", worker + " " + request);
        known(worker, () -> {
            StoreRows before = checker.last();
            Polled answer = master.workers().poll(worker.id(), request);
            checker.check(null, null);
            new PollResponseCheck(before, checker.last(), worker, request).check(answer);
            List<SimulatedLease> taken =
                    answer.leases().stream().map(this::taken).toList();
            worker.asks(request);
            if (!answerIsLost) {
                taken.forEach(lease -> worker.held().put(lease.lease().id(), lease));
                answer.stop().forEach(worker.held()::remove);
                answer.leases().forEach(lease -> taken(lease).cutTo(lease.last()));
                answer.shrunk().forEach(shrink -> shrink(worker, shrink));
            }
            if (answer.tookBack() > 0) {
                story.note("took back", answer.tookBack());
            }
            answer.leases().stream().filter(Lease::isCopy).forEach(copy -> story.note("copy", copy));
        });
    }

    /** Some are slow to obey. */
    private void shrink(SimulatedWorker worker, Shrink order) {
        SimulatedLease lease = worker.held().get(order.leaseId());
        if (lease != null && random.nextInt(4) > 0) {
            lease.cutTo(order.end());
            story.note("shrunk", lease);
        }
    }

    private SimulatedLease taken(Lease lease) {
        return ever.stream()
                .filter(known -> known.lease().id().equals(lease.id()))
                .findFirst()
                .orElseGet(() -> {
                    SimulatedLease added = new SimulatedLease(lease);
                    ever.add(added);
                    story.note("taken", added);
                    return added;
                });
    }

    /** A part of what it has, of any cut, or all of it. */
    void post(SimulatedMaster master) {
        PartInFlight part = somePosting();
        if (part != null) {
            deliver(master, part);
        }
    }

    private @Nullable PartInFlight somePosting() {
        List<SimulatedWorker> busy =
                there.stream().filter(worker -> !worker.held().isEmpty()).toList();
        SimulatedWorker worker = any(busy);
        SimulatedLease lease =
                worker == null ? null : any(List.copyOf(worker.held().values()));
        if (worker == null || lease == null) {
            return null;
        }
        boolean whole = random.nextInt(3) == 0;
        int first = whole ? lease.first() : lease.first() + random.nextInt(lease.last() - lease.first());
        int end = whole ? lease.last() : first + random.nextInt(lease.last() - first + 1);
        boolean done = random.nextInt(3) == 0;
        PartInFlight part = computing.part(worker.id(), lease, first, end, done, isFolding(lease));
        if (done) {
            worker.held().remove(lease.lease().id());
        }
        return part;
    }

    private boolean isFolding(SimulatedLease lease) {
        JobRow job = checker.last().jobs().get(lease.lease().jobSeq());
        return job != null && job.isFolding();
    }

    /** A part that takes its time. */
    void postLater() {
        PartInFlight part = somePosting();
        if (part != null) {
            onTheWay.add(part);
            story.note("sent", part);
        }
    }

    /** Of the parts that are on their way one arrives, perhaps not for the last time. */
    void deliver(SimulatedMaster master) {
        PartInFlight part = any(onTheWay);
        if (part != null) {
            if (random.nextInt(4) > 0) {
                onTheWay.remove(part);
            }
            deliver(master, part);
        }
    }

    void postAgain(SimulatedMaster master) {
        PartInFlight again = lastPosting;
        if (again != null) {
            deliver(master, again);
        }
    }

    /** Somebody else's lease, one that is long over, or indexes that are not in it. */
    void postWhatIsNot(SimulatedMaster master) {
        SimulatedLease lease = any(ever);
        SimulatedWorker worker = any(there);
        if (lease != null && worker != null) {
            boolean own = random.nextBoolean();
            WorkerId from = own ? lease.lease().worker() : worker.id();
            boolean beyond = random.nextInt(4) == 0;
            deliver(
                    master,
                    computing.part(
                            from, lease, lease.first(), lease.last() + (beyond ? 1 : 0), true, isFolding(lease)));
        }
    }

    /** Under a lease that has ended or is lost, as one who was away posts what he has. */
    void postOfThePast(SimulatedMaster master) {
        SimulatedLease lease = any(ever.stream().filter(this::isPast).toList());
        if (lease != null) {
            deliver(
                    master,
                    computing.part(
                            lease.lease().worker(),
                            lease,
                            lease.first(),
                            lease.last(),
                            random.nextBoolean(),
                            isFolding(lease)));
        }
    }

    /** Whether it is over, and its job is not. */
    private boolean isPast(SimulatedLease lease) {
        LeaseRow row = checker.last().leases().get(lease.lease().seq());
        JobRow job = checker.last().jobs().get(lease.lease().jobSeq());
        return row != null && job != null && !row.isLive() && !job.isOver();
    }

    /** Both who run a task post it, in any order. */
    void postBoth(SimulatedMaster master, Runnable look) {
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
            ever.stream()
                    .filter(lease -> lease.lease().seq() == seq)
                    .findFirst()
                    .ifPresent(lease -> {
                        int first = Math.min(copy.first(), lease.last() - 1);
                        deliver(
                                master,
                                computing.part(
                                        lease.lease().worker(),
                                        lease,
                                        first,
                                        first + 1,
                                        random.nextBoolean(),
                                        isFolding(lease)));
                        look.run();
                    });
        }
    }

    private void deliver(SimulatedMaster master, PartInFlight part) {
        lastPosting = part;
        Recorded answer = null;
        LeaseRow lease = checker.last().leases().get(part.lease().lease().seq());
        try {
            answer = master.results().post(part.worker(), part.leaseId(), part.toJson());
            assertThat(answer.recorded() + answer.known())
                    .isLessThanOrEqualTo(part.results().size());
            assertThat(lease == null || lease.state().equals("LOST"))
                    .as("%s is fenced", lease)
                    .isFalse();
            story.note("posted", part + " " + answer);
        } catch (LeaseLost e) {
            assertThat(lease == null
                            || !lease.isLive()
                            || !lease.worker().equals(part.worker().value()))
                    .as("%s was refused", lease)
                    .isTrue();
            story.note(lease == null ? "refused as gone" : "refused as " + lease.state(), part);
        } catch (WorkerUnknown e) {
            story.note("refused as unknown", part);
        } catch (MasterException.BeyondLease e) {
            assertThat(lease).as("lease of %s", part).isNotNull();
            assertThat(part.end()).as("%s", e).isGreaterThan(lease.last());
            assertThat(e.end()).as("%s", e).isEqualTo(lease.last());
            if (random.nextInt(4) > 0) {
                part.lease().cutTo(e.end());
            }
            story.note("refused as beyond", part);
        }
        delivery = new Delivery(part, answer, false);
    }

    /** From now on there are two workers, who can do everything and lose nothing. */
    void onlyHealthyOnes(SimulatedMaster master) {
        there.clear();
        onTheWay.clear();
        for (String zone : List.of("a", "b")) {
            add(master, new WorkerCapabilities(Map.of("zone", zone), true), null);
        }
    }

    /** Each asks once and does all it has. */
    void workHard(SimulatedMaster master, Runnable look) {
        for (SimulatedWorker worker : there) {
            poll(master, worker, asking(worker, 4), false);
            for (SimulatedLease lease : List.copyOf(worker.held().values())) {
                deliver(master, computing.good(worker.id(), lease, isFolding(lease)));
                look.run();
            }
            worker.held().clear();
        }
    }
}
