package io.minimalcluster.master.worker;

import io.minimalcluster.master.scheduling.LastPolls;
import io.minimalcluster.master.scheduling.LeaseExpiry;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.WorkerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Detects heartbeat timeouts. A worker is silent when its heartbeat counter did not change for the duration of a lease,
 * summed over the ticks of this detector. A late tick counts as one tick, so neither a pause of the master nor a clock
 * jump makes a worker silent.
 */
@Component
class WorkerTimeoutDetector {
    private static final Logger log = LoggerFactory.getLogger(WorkerTimeoutDetector.class);
    private static final String HEARTBEAT_COUNTS = """
            select id, heartbeat_count from worker where state in ('ACTIVE', 'DRAINING')
            """;
    private static final String MARK_SILENT = """
            update worker set state = 'SILENT'
             where id = :id and heartbeat_count = :count and state in ('ACTIVE', 'DRAINING')
            """;

    private final Store store;
    private final PollRegistry pollRegistry;
    private final LastPolls lastPolls;
    private final Duration limit;
    private Map<WorkerId, HeartbeatGap> gaps = new HashMap<>();

    WorkerTimeoutDetector(Store store, PollRegistry pollRegistry, LastPolls lastPolls, LeaseSettings settings) {
        this.store = store;
        this.pollRegistry = pollRegistry;
        this.lastPolls = lastPolls;
        this.limit = settings.duration();
    }

    /** Checks all workers once. Called by one thread about every {@code tick}. */
    void tick(Duration tick) {
        List<HeartbeatCount> counts = store.read(sql -> sql.sql(HEARTBEAT_COUNTS)
                .query((row, number) ->
                        new HeartbeatCount(new WorkerId(row.getString("id")), row.getLong("heartbeat_count")))
                .list());
        Map<WorkerId, HeartbeatGap> before = gaps;
        gaps = counts.stream()
                .collect(Collectors.toMap(HeartbeatCount::worker, current -> gapOf(before, current, tick)));
        boolean isAnySilent = false;
        for (Map.Entry<WorkerId, HeartbeatGap> worker : gaps.entrySet()) {
            HeartbeatGap gap = worker.getValue();
            isAnySilent |= gap.time().compareTo(limit) >= 0 && expireWorker(worker.getKey(), gap.heartbeatCount());
        }
        if (isAnySilent) {
            pollRegistry.notifyAllWaiting(); // once, because each waiting poll looks for work
        }
    }

    private static HeartbeatGap gapOf(Map<WorkerId, HeartbeatGap> before, HeartbeatCount current, Duration tick) {
        HeartbeatGap last = before.get(current.worker());
        Duration time = last == null || last.heartbeatCount() != current.heartbeatCount()
                ? Duration.ZERO
                : last.time().plus(tick);
        return new HeartbeatGap(current.heartbeatCount(), time);
    }

    /** Marks a worker as silent. Returns false if it has reported meanwhile. */
    private boolean expireWorker(WorkerId worker, long heartbeatCount) {
        int leases = store.writeAndWait(sql -> {
            int silenced = sql.sql(MARK_SILENT)
                    .param("id", worker.value())
                    .param("count", heartbeatCount)
                    .update();
            if (silenced == 0) {
                return -1;
            }
            String request = lastPolls.requestOf(worker);
            // A worker without a poll since the start of this master most likely ended with the master before.
            WorkerLiveness.recordRequest(sql, worker, request == null ? "" : request);
            return LeaseExpiry.expire(sql, worker);
        });
        if (leases < 0) {
            return false;
        }
        log.warn("event=worker.timed-out worker={} leases={}", worker, leases);
        pollRegistry.end(worker); // its poll may still be open
        return true;
    }

    private record HeartbeatCount(WorkerId worker, long heartbeatCount) {}

    private record HeartbeatGap(long heartbeatCount, Duration time) {}
}
