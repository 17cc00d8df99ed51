package io.minimalcluster.master.worker;

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
    private static final String BEATS = """
            select id, beats from worker where state in ('ACTIVE', 'DRAINING')
            """;
    private static final String SILENCE = """
            update worker set state = 'SILENT' where id = :id and beats = :beats and state in ('ACTIVE', 'DRAINING')
            """;

    private final Store store;
    private final PollRegistry pollRegistry;
    private final Duration limit;
    private Map<WorkerId, Silence> silences = new HashMap<>();

    WorkerTimeoutDetector(Store store, PollRegistry pollRegistry, LeaseSettings settings) {
        this.store = store;
        this.pollRegistry = pollRegistry;
        this.limit = settings.duration();
    }

    /** Checks all workers once. Called by one thread about every {@code tick}. */
    void tick(Duration tick) {
        List<HeartbeatCount> beats = store.read(sql -> sql.sql(BEATS)
                .query((row, number) -> new HeartbeatCount(new WorkerId(row.getString("id")), row.getLong("beats")))
                .list());
        Map<WorkerId, Silence> before = silences;
        silences =
                beats.stream().collect(Collectors.toMap(HeartbeatCount::worker, beat -> silenceOf(before, beat, tick)));
        silences.forEach((worker, silence) -> {
            if (silence.time().compareTo(limit) >= 0) {
                expireWorker(worker, silence.beats());
            }
        });
    }

    private static Silence silenceOf(Map<WorkerId, Silence> before, HeartbeatCount beat, Duration tick) {
        Silence last = before.get(beat.worker());
        Duration time = last == null || last.beats() != beat.beats()
                ? Duration.ZERO
                : last.time().plus(tick);
        return new Silence(beat.beats(), time);
    }

    private void expireWorker(WorkerId worker, long beats) {
        int leases = store.writeAndWait(sql -> {
            int silenced = sql.sql(SILENCE)
                    .param("id", worker.value())
                    .param("beats", beats)
                    .update();
            return silenced == 0 ? -1 : LeaseExpiry.expire(sql, worker);
        });
        if (leases >= 0) {
            log.warn("event=worker.timed-out worker={} leases={}", worker, leases);
            pollRegistry.end(worker); // its poll may still be open
            pollRegistry.notifyAllWaiting();
        }
    }

    private record HeartbeatCount(WorkerId worker, long beats) {}

    private record Silence(long beats, Duration time) {}
}
