package io.minimalcluster.master.worker;

import io.minimalcluster.master.id.IdGenerator;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.scheduling.BatchAllocator;
import io.minimalcluster.master.scheduling.LastPolls;
import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.LeaseProgressCache;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.scheduling.straggler.StragglerMitigation;
import io.minimalcluster.master.security.TestLongRunningRequests;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Heartbeat;
import io.minimalcluster.model.worker.Heartbeat.LeaseProgress;
import io.minimalcluster.model.worker.NewWorker;
import io.minimalcluster.model.worker.PollRequest;
import io.minimalcluster.model.worker.Shrink;
import io.minimalcluster.model.worker.WorkerState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Worker calls and the periodic maintenance of workers, without a web server and without threads. Notifications are
 * those of the HTTP endpoints.
 */
public final class WorkerCalls {
    /** Duration of a lease, in ticks. */
    public static final int LEASE_TICKS = 15;

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final LeaseSettings SETTINGS =
            new LeaseSettings(TICK.multipliedBy(LEASE_TICKS), TICK.multipliedBy(LEASE_TICKS / 3));

    private final Store store;
    private final PollRegistry pollRegistry;
    private final Scheduling scheduling;
    private final Workers workers;
    private final LongPoll longPoll;
    private final Heartbeats heartbeats;
    private final WorkerTimeoutDetector timeoutDetector;

    /** @param scheduling allocator, straggler mitigation, progress cache and last polls */
    public WorkerCalls(
            Store store,
            InstantSource clock,
            PollRegistry pollRegistry,
            IdGenerator idGenerator,
            Scheduling scheduling) {
        this.store = store;
        this.pollRegistry = pollRegistry;
        this.scheduling = scheduling;
        LastPolls lastPolls = scheduling.lastPolls();
        this.heartbeats = new Heartbeats(store, clock, scheduling.progressCache(), new WorkerLoads(), lastPolls);
        this.workers = new Workers(
                store, clock, JsonMapper.shared(), new TaskRates(), new WorkerLoads(), heartbeats, idGenerator);
        this.longPoll = new LongPoll(
                store,
                new PollTransaction(clock, scheduling.batchAllocator(), scheduling.mitigation(), lastPolls),
                pollRegistry,
                lastPolls,
                clock,
                new JobSubscriptions(),
                TestLongRunningRequests.open());
        this.timeoutDetector = new WorkerTimeoutDetector(store, pollRegistry, lastPolls, SETTINGS);
    }

    public WorkerId register(NewWorker worker) {
        WorkerId id = workers.register(worker);
        pollRegistry.notifyWork(1);
        return id;
    }

    /** Polls without waiting. */
    public Polled poll(WorkerId worker, PollRequest request) {
        return longPoll.await(worker, request, Duration.ZERO, () -> false)
                .map(response -> new Polled(
                        response.leases(),
                        response.shrunk(),
                        response.stop(),
                        response.drain(),
                        response.mitigation().tasks()))
                .orElse(new Polled(List.of(), List.of(), List.of(), false, 0));
    }

    public void heartbeat(WorkerId worker, List<LeaseProgress> progress) {
        workers.checkKnown(worker);
        heartbeats.add(worker, new Heartbeat(progress, null));
    }

    /** Runs straggler detection as during a waiting poll and returns true if it finds work. */
    public boolean detectStragglers() {
        boolean found = store.read(scheduling.mitigation()::detect);
        if (found) {
            pollRegistry.notifyAllWaiting();
        }
        return found;
    }

    /** Clears the found stragglers, as the maintenance does while no poll waits. */
    public void clearStragglers() {
        scheduling.mitigation().clear();
    }

    public void leave(WorkerId worker) {
        workers.checkKnown(worker);
        if (workers.leave(worker)) {
            pollRegistry.notifyAllWaiting();
        }
    }

    public void drain(WorkerId worker) {
        workers.set(worker, WorkerState.DRAINING);
        pollRegistry.notifyOrders(List.of(worker));
    }

    public void resume(WorkerId worker) {
        workers.set(worker, WorkerState.ACTIVE);
        pollRegistry.end(worker);
    }

    /** Runs the maintenance of one second. */
    public void tick() {
        heartbeats.flush();
        timeoutDetector.tick(TICK);
    }

    /** Deletes workers without contact for an hour. */
    public void forget() {
        workers.deleteSilent(Duration.ofHours(1));
    }

    /** The scheduling services that polls use. */
    public record Scheduling(
            BatchAllocator batchAllocator,
            StragglerMitigation mitigation,
            LeaseProgressCache progressCache,
            LastPolls lastPolls) {}

    /**
     * The response to a poll.
     *
     * @param reclaimed number of tasks reclaimed from other workers
     */
    public record Polled(List<Lease> leases, List<Shrink> shrunk, List<LeaseId> stop, boolean drain, long reclaimed) {}
}
