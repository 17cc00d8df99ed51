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
 * Counts silence: a worker is silent when its counter stood still for the time of a lease, summed over this watch's own
 * ticks. A late tick counts as one, so neither a pause of the master nor a jump of a clock makes a worker silent.
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
    private Map<WorkerId, Quiet> quiet = new HashMap<>();

    WorkerTimeoutDetector(Store store, PollRegistry pollRegistry, LeaseSettings settings) {
        this.store = store;
        this.pollRegistry = pollRegistry;
        this.limit = settings.duration();
    }

    /** Looks once; called by one thread, about every {@code tick}. */
    void tick(Duration tick) {
        List<Beat> beats = store.read(sql -> sql.sql(BEATS)
                .query((row, number) -> new Beat(new WorkerId(row.getString("id")), row.getLong("beats")))
                .list());
        Map<WorkerId, Quiet> before = quiet;
        quiet = beats.stream().collect(Collectors.toMap(Beat::worker, beat -> quietSince(before, beat, tick)));
        quiet.forEach((worker, since) -> {
            if (since.time().compareTo(limit) >= 0) {
                silentTime(worker, since.beats());
            }
        });
    }

    private static Quiet quietSince(Map<WorkerId, Quiet> before, Beat beat, Duration tick) {
        Quiet last = before.get(beat.worker());
        Duration time = last == null || last.beats() != beat.beats()
                ? Duration.ZERO
                : last.time().plus(tick);
        return new Quiet(beat.beats(), time);
    }

    private void silentTime(WorkerId worker, long beats) {
        int leases = store.writeAndWait(sql -> {
            int silenced = sql.sql(SILENCE)
                    .param("id", worker.value())
                    .param("beats", beats)
                    .update();
            return silenced == 0 ? -1 : LeaseExpiry.lapse(sql, worker);
        });
        if (leases >= 0) {
            log.warn("event=worker.timed-out worker={} leases={}", worker, leases);
            pollRegistry.end(worker); // its call may still wait here
            pollRegistry.notifyAllWaiting();
        }
    }

    private record Beat(WorkerId worker, long beats) {}

    private record Quiet(long beats, Duration time) {}
}
