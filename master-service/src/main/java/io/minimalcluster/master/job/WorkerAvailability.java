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

/** Registered workers and their load. */
record WorkerAvailability(List<Worker> workers) {
    private static final String WORKERS = """
            select state, slots, labels, network, memory_bytes, trouble,
                   (select count(*) from lease where worker_id = worker.id and state in ('OPEN', 'LAPSED')) as held
              from worker where state in ('ACTIVE', 'DRAINING', 'SILENT')
            """;

    static final WorkerAvailability NONE = new WorkerAvailability(List.of());

    WorkerAvailability {
        workers = List.copyOf(workers);
    }

    static WorkerAvailability of(JdbcClient sql, JsonMapper json) {
        return new WorkerAvailability(sql.sql(WORKERS)
                .query((row, number) -> new Worker(
                        WorkerState.valueOf(row.getString("state")),
                        row.getString("trouble") != null,
                        row.getInt("slots"),
                        row.getInt("held"),
                        new WorkerCapabilities(
                                json.readerForMapOf(String.class).readValue(row.getString("labels")),
                                row.getBoolean("network"),
                                row.getLong("memory_bytes"))))
                .list());
    }

    /** Counts the workers and slots available to a job with these options. */
    Explanation.Workers forJob(JobOptions options) {
        List<Worker> fitting = workers.stream()
                .filter(worker -> worker.isActive() && worker.fits(options))
                .toList();
        return new Explanation.Workers(
                count(Worker::isActive),
                fitting.size(),
                count(worker -> worker.state() == WorkerState.DRAINING),
                count(worker -> worker.state() == WorkerState.SILENT),
                fitting.stream().mapToLong(Worker::slots).sum(),
                fitting.stream().mapToLong(Worker::busy).sum());
    }

    /** Number of workers that drain because of trouble of their own and will try again. */
    int backingOff() {
        return count(worker -> worker.state() == WorkerState.DRAINING && worker.inTrouble());
    }

    private int count(Predicate<Worker> condition) {
        return (int) workers.stream().filter(condition).count();
    }

    /** State, load and capabilities of a worker. */
    record Worker(WorkerState state, boolean inTrouble, int slots, int held, WorkerCapabilities capabilities) {
        boolean isActive() {
            return state == WorkerState.ACTIVE;
        }

        /** Number of busy slots. A worker prefetches a batch, so it may hold more leases than it has slots. */
        int busy() {
            return Math.min(slots, held);
        }

        boolean fits(JobOptions options) {
            return JobRequirements.of(options).areMetBy(capabilities);
        }
    }
}
