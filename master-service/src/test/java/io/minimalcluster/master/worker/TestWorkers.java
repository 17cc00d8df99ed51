package io.minimalcluster.master.worker;

import io.minimalcluster.master.id.TestIds;
import io.minimalcluster.master.scheduling.LastPolls;
import io.minimalcluster.master.scheduling.LeaseExpiry;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.scheduling.TestLeases;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.model.worker.NewWorker;
import io.minimalcluster.model.worker.WorkerState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Registration, polls, heartbeats and timeouts of workers for tests. */
public final class TestWorkers {
    private static final LeaseSettings SETTINGS = new LeaseSettings(Duration.ofSeconds(15), Duration.ofSeconds(5));

    private final Store store;
    private final InstantSource clock;
    private final LastPolls lastPolls;
    private final Workers workers;

    public TestWorkers(Store store, InstantSource clock) {
        this(store, clock, new LastPolls(clock));
    }

    TestWorkers(Store store, InstantSource clock, LastPolls lastPolls) {
        this.store = store;
        this.clock = clock;
        this.lastPolls = lastPolls;
        this.workers = in(store, clock, lastPolls);
    }

    static Workers in(Store store, InstantSource clock) {
        return in(store, clock, new LastPolls(clock));
    }

    private static Workers in(Store store, InstantSource clock, LastPolls lastPolls) {
        Heartbeats heartbeats =
                new Heartbeats(store, clock, TestLeases.progressCache(System::nanoTime), new WorkerLoads(), lastPolls);
        return with(heartbeats, store, clock);
    }

    static Workers with(Heartbeats heartbeats, Store store, InstantSource clock) {
        return new Workers(
                store, clock, JsonMapper.shared(), new TaskRates(), new WorkerLoads(), heartbeats, TestIds.random());
    }

    public static TaskRates rates() {
        return new TaskRates();
    }

    public WorkerId register(String name, int slots) {
        return register(name, slots, Map.of(), false);
    }

    public WorkerId register(String name, int slots, Map<String, String> labels, boolean network) {
        return workers.register(new NewWorker(
                name,
                slots,
                labels,
                Isolation.PROCESS,
                "test",
                "25",
                1,
                NewWorker.PROTOCOL,
                null,
                null,
                false,
                network,
                null));
    }

    public void set(WorkerId worker, WorkerState state) {
        workers.set(worker, state);
    }

    public WorkerState stateOf(WorkerId worker) {
        return store.read(sql -> WorkerLiveness.statusOf(sql, worker)).state();
    }

    public void leave(WorkerId worker) {
        workers.leave(worker);
    }

    /** Records a poll of the worker. */
    public void recordPoll(WorkerId worker, String requestId) {
        lastPolls.arrived(worker, requestId);
        store.writeAndWait(sql -> WorkerLiveness.recordContact(sql, worker, requestId, clock.millis()));
    }

    public void heartbeat(WorkerId worker) {
        store.writeAndWait(sql -> WorkerLiveness.recordContact(sql, worker, clock.millis()));
    }

    /** Simulates the heartbeat timeout of one worker. */
    public void timeOut(WorkerId worker) {
        store.writeAndWait(sql -> {
            sql.sql("update worker set state = 'SILENT' where id = :id and state in ('ACTIVE', 'DRAINING')")
                    .param("id", worker.value())
                    .update();
            return LeaseExpiry.expire(sql, worker);
        });
    }

    /** Simulates the heartbeat timeout of all workers except {@code alive}. */
    public void timeOutAllExcept(Collection<WorkerId> alive) {
        WorkerTimeoutDetector timeoutDetector =
                new WorkerTimeoutDetector(store, new PollRegistry(), lastPolls, SETTINGS);
        timeoutDetector.tick(SETTINGS.duration());
        alive.forEach(this::heartbeat);
        timeoutDetector.tick(SETTINGS.duration());
    }
}
