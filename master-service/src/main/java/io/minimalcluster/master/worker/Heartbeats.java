package io.minimalcluster.master.worker;

import io.minimalcluster.master.error.MasterException.WorkerUnknown;
import io.minimalcluster.master.scheduling.LastPolls;
import io.minimalcluster.master.scheduling.LeaseProgressCache;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Heartbeat;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Collects heartbeats and writes them to the store together. */
@Component
class Heartbeats {
    private static final int MAX_LENGTH = 1000;

    /** Written only after a change of the reported trouble. It also updates the state of the worker. */
    private static final String TROUBLE = """
            update worker set trouble = cast(:trouble as text),
                   state = case when state not in ('ACTIVE', 'DRAINING') then state
                                when draining = 1 or cast(:trouble as text) is not null then 'DRAINING' else 'ACTIVE' end
             where id = :id
            """;

    private final Set<WorkerId> pending = ConcurrentHashMap.newKeySet();
    private final Map<WorkerId, Optional<String>> troubles = new ConcurrentHashMap<>();
    private final Map<WorkerId, Optional<String>> written = new HashMap<>(); // accessed only by the flushing thread
    private final Set<WorkerId> known = ConcurrentHashMap.newKeySet(); // changed only in transactions, in their order
    private final Store store;
    private final InstantSource clock;
    private final LeaseProgressCache progressCache;
    private final WorkerLoads loads;
    private final LastPolls lastPolls;

    Heartbeats(
            Store store,
            InstantSource clock,
            LeaseProgressCache progressCache,
            WorkerLoads loads,
            LastPolls lastPolls) {
        this.store = store;
        this.clock = clock;
        this.progressCache = progressCache;
        this.loads = loads;
        this.lastPolls = lastPolls;
    }

    /** Queues a heartbeat. The heartbeat of a worker that is cut off from the master does not count as contact. */
    void add(WorkerId worker, Heartbeat heartbeat) {
        if (Boolean.TRUE.equals(heartbeat.cutOff())) {
            return;
        }
        troubles.put(worker, Optional.ofNullable(heartbeat.trouble()).map(Heartbeats::truncate));
        pending.add(worker);
        progressCache.recordHeartbeat(worker, heartbeat);
        loads.record(worker, heartbeat.load());
    }

    /** Whether the last heartbeat that was written found the worker. False if that is not known. */
    boolean isKnown(WorkerId worker) {
        return known.contains(worker);
    }

    /** Forgets a worker, in the transaction that removes it. */
    void forget(WorkerId worker) {
        known.remove(worker);
        troubles.remove(worker);
        lastPolls.forget(worker);
    }

    private static String truncate(String trouble) {
        String line = trouble.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH);
    }

    /** Writes the heartbeats received since the last call. */
    void flush() {
        List<WorkerId> workers = List.copyOf(pending);
        if (!workers.isEmpty()) {
            workers.forEach(pending::remove);
            try {
                store.writeAndWait(sql -> write(sql, workers));
            } catch (RuntimeException e) {
                pending.addAll(workers); // written again by the next flush
                written.clear();
                throw e;
            }
        }
    }

    private int write(JdbcClient sql, List<WorkerId> workers) {
        int count = 0;
        for (WorkerId worker : workers) {
            try {
                WorkerLiveness.recordContact(sql, worker, lastPolls.requestOf(worker), clock.millis());
                writeTrouble(sql, worker);
                known.add(worker);
                count++;
            } catch (WorkerUnknown e) { // the worker left after its heartbeat
                known.remove(worker);
                troubles.remove(worker);
                written.remove(worker);
            }
        }
        return count;
    }

    private void writeTrouble(JdbcClient sql, WorkerId worker) {
        Optional<String> trouble = troubles.getOrDefault(worker, Optional.empty());
        if (!trouble.equals(written.get(worker))) {
            sql.sql(TROUBLE)
                    .param("trouble", trouble.orElse(null))
                    .param("id", worker.value())
                    .update();
            written.put(worker, trouble);
        }
    }
}
