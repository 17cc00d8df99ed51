package io.minimalcluster.master.job;

import io.minimalcluster.master.scheduling.JobRequirements;
import io.minimalcluster.master.scheduling.WorkerCapabilities;
import io.minimalcluster.model.job.Explanation;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.worker.WorkerState;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The workers that are there, and what they have to do. */
record WorkerAvailability(List<Worker> hands) {
    private static final String HANDS = """
            select state, slots, labels, network, trouble,
                   (select count(*) from lease where worker_id = worker.id and state in ('OPEN', 'LAPSED')) as held
              from worker where state in ('ACTIVE', 'DRAINING', 'SILENT')
            """;

    WorkerAvailability {
        hands = List.copyOf(hands);
    }

    static WorkerAvailability of(JdbcClient sql, JsonMapper json) {
        return new WorkerAvailability(sql.sql(HANDS)
                .query((row, number) -> new Worker(
                        WorkerState.valueOf(row.getString("state")),
                        row.getString("trouble") != null,
                        row.getInt("slots"),
                        row.getInt("held"),
                        new WorkerCapabilities(
                                json.readerForMapOf(String.class).readValue(row.getString("labels")),
                                row.getBoolean("network"))))
                .list());
    }

    /** What there is for a job with these options. */
    Explanation.Workers forJob(JobOptions options) {
        List<Worker> fitting = hands.stream()
                .filter(hand -> hand.isActive() && hand.fits(options))
                .toList();
        return new Explanation.Workers(
                count(Worker::isActive),
                fitting.size(),
                count(hand -> hand.state() == WorkerState.DRAINING),
                count(hand -> hand.state() == WorkerState.SILENT),
                fitting.stream().mapToLong(Worker::slots).sum(),
                fitting.stream().mapToLong(Worker::busy).sum());
    }

    /** How many took themselves out, as they can run nothing, and try again after a while. */
    int backingOff() {
        return count(hand -> hand.state() == WorkerState.DRAINING && hand.inTrouble());
    }

    private int count(Predicate<Worker> which) {
        return (int) hands.stream().filter(which).count();
    }

    /** A worker. */
    record Worker(WorkerState state, boolean inTrouble, int slots, int held, WorkerCapabilities capabilities) {
        boolean isActive() {
            return state == WorkerState.ACTIVE;
        }

        /** A worker holds a batch more than it has slots, to have it at hand. */
        int busy() {
            return Math.min(slots, held);
        }

        boolean fits(JobOptions options) {
            return JobRequirements.of(options).areMetBy(capabilities);
        }
    }
}
