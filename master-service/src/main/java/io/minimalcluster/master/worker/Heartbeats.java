package io.minimalcluster.master.worker;

import io.minimalcluster.master.error.MasterException.WorkerUnknown;
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

/** Collects heartbeats, which are written together. */
@Component
class Heartbeats {
    private static final int LONGEST = 1000;

    /** Written where it is another than the last; so is what the worker stands as. */
    private static final String TROUBLE = """
            update worker set trouble = cast(:trouble as text),
                   state = case when state not in ('ACTIVE', 'DRAINING') then state
                                when draining = 1 or cast(:trouble as text) is not null then 'DRAINING' else 'ACTIVE' end
             where id = :id
            """;

    private final Set<WorkerId> heard = ConcurrentHashMap.newKeySet();
    private final Map<WorkerId, Optional<String>> troubles = new ConcurrentHashMap<>();
    private final Map<WorkerId, Optional<String>> written = new HashMap<>(); // by the thread that flushes
    private final Store store;
    private final InstantSource clock;
    private final LeaseProgressCache progressCache;

    Heartbeats(Store store, InstantSource clock, LeaseProgressCache progressCache) {
        this.store = store;
        this.clock = clock;
        this.progressCache = progressCache;
    }

    /** Keeps it to be written; that of a worker which is cut off is no sign of life. */
    void add(WorkerId worker, Heartbeat heartbeat) {
        if (Boolean.TRUE.equals(heartbeat.cutOff())) {
            return;
        }
        troubles.put(worker, Optional.ofNullable(heartbeat.trouble()).map(Heartbeats::truncate));
        heard.add(worker);
        progressCache.heard(worker, heartbeat);
    }

    private static String truncate(String trouble) {
        String line = trouble.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }

    /** Writes those that came since the last time. */
    void flush() {
        List<WorkerId> workers = List.copyOf(heard);
        if (!workers.isEmpty()) {
            workers.forEach(heard::remove);
            try {
                store.writeAndWait(sql -> write(sql, workers));
            } catch (RuntimeException e) {
                heard.addAll(workers); // they were heard of, whatever the store says
                written.clear();
                throw e;
            }
        }
    }

    private int write(JdbcClient sql, List<WorkerId> workers) {
        int count = 0;
        for (WorkerId worker : workers) {
            try {
                WorkerLiveness.of(sql, worker, clock.millis());
                writeTrouble(sql, worker);
                count++;
            } catch (WorkerUnknown e) { // it left after its heartbeat: nothing to note
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
