package io.minimalcluster.master.worker;

import io.minimalcluster.master.id.IdGenerator;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.scheduling.BatchAllocator;
import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.LeaseProgressCache;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.scheduling.straggler.StragglerChore;
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

/** What workers call, and what is done every second about them, without a web server or a thread around. */
public final class WorkerCalls {
    /** The time of a lease, in ticks. */
    public static final int LEASE_TICKS = 15;

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final LeaseSettings SETTINGS =
            new LeaseSettings(TICK.multipliedBy(LEASE_TICKS), TICK.multipliedBy(LEASE_TICKS / 3));

    private final Store store;
    private final Lends lends;
    private final StragglerChore stragglers;
    private final Workers workers;
    private final LongPoll poll;
    private final Heartbeats heartbeats;
    private final WorkerTimeoutDetector silence;

    /** @param lends what hands work out */
    public WorkerCalls(
            Store store, InstantSource clock, PollRegistry pollRegistry, IdGenerator idGenerator, Lends lends) {
        this.store = store;
        this.lends = lends;
        this.stragglers = new StragglerChore(store, lends.mitigation(), pollRegistry);
        this.workers = new Workers(store, clock, JsonMapper.shared(), new TaskRates(), idGenerator);
        this.poll = new LongPoll(
                store,
                new PollTransaction(clock, lends.take(), lends.mitigation()),
                pollRegistry,
                new JobSubscriptions(),
                TestLongRunningRequests.open());
        this.heartbeats = new Heartbeats(store, clock, lends.progressCache());
        this.silence = new WorkerTimeoutDetector(store, pollRegistry, SETTINGS);
    }

    public WorkerId register(NewWorker worker) {
        return workers.register(worker);
    }

    /** What there is at once. */
    public Polled poll(WorkerId worker, PollRequest request) {
        return poll.await(worker, request, Duration.ZERO, () -> false)
                .map(response -> new Polled(
                        response.leases(),
                        response.shrunk(),
                        response.stop(),
                        response.drain(),
                        response.relieved().tasks()))
                .orElse(new Polled(List.of(), List.of(), List.of(), false, 0));
    }

    public void heartbeat(WorkerId worker, List<LeaseProgress> progress) {
        workers.checkKnown(worker);
        heartbeats.add(worker, new Heartbeat(progress, null));
    }

    /** Looks for what could be taken off those that are late, as while somebody waits; whether there is something. */
    public boolean lookForStragglers() {
        return store.read(lends.mitigation()::look);
    }

    /** Nobody waits. */
    public void forgetStragglers() {
        stragglers.tick();
    }

    public void leave(WorkerId worker) {
        workers.checkKnown(worker);
        workers.leave(worker);
    }

    public void drain(WorkerId worker) {
        workers.set(worker, WorkerState.DRAINING);
    }

    public void resume(WorkerId worker) {
        workers.set(worker, WorkerState.ACTIVE);
    }

    /** A second passes. */
    public void tick() {
        heartbeats.flush();
        silence.tick(TICK);
    }

    /** Forgets workers of which nothing was heard for an hour. */
    public void forget() {
        workers.forget(Duration.ofHours(1));
    }

    /** What hands work out. */
    public record Lends(BatchAllocator take, StragglerMitigation mitigation, LeaseProgressCache progressCache) {}

    /**
     * What a poll brought.
     *
     * @param tookBack how many tasks were taken off others for it
     */
    public record Polled(List<Lease> leases, List<Shrink> shrunk, List<LeaseId> stop, boolean drain, long tookBack) {}
}
