package io.minimalcluster.master.cluster;

import io.minimalcluster.master.scheduling.TaskSpeedCache;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.worker.TaskRates;
import io.minimalcluster.model.cluster.ClusterView;
import io.minimalcluster.model.job.JobState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the status of the cluster in one snapshot of the store. */
@Component
class ClusterViewReader {
    private static final String UNFINISHED = """
            select state, count(*) as jobs, sum(total) as total, sum(running) as running, sum(succeeded) as succeeded,
                   sum(failed) as failed
              from job where state in ('QUEUED', 'RUNNING', 'PAUSED') and parent_seq is null group by state
            """;
    private static final String ENDED = """
            select state, count(*) as jobs, sum(total) as total, 0 as running, sum(succeeded) as succeeded,
                   sum(failed) as failed
              from job where parent_seq is null and state in ('SUCCEEDED', 'FAILED', 'CANCELLED') group by state
            """;
    private static final String WORKERS = """
            select count(*) as workers, coalesce(sum(slots), 0) as slots,
                   coalesce(sum(case when held < slots then held else slots end), 0) as busy
              from (select slots, (select count(*) from lease
                                    where worker_id = worker.id and state in ('OPEN', 'LAPSED')) as held
                      from worker where state in ('ACTIVE', 'DRAINING')) as there
            """;
    private static final String WAITING = """
            select environment_id, method, sum(total - succeeded - failed) as tasks from job
             where state in ('QUEUED', 'RUNNING', 'PAUSED') and state <> 'PAUSED' group by environment_id, method
            """;

    private final Store store;
    private final TaskRates taskRates;
    private final TaskSpeedCache speedCache;
    private final String version;

    ClusterViewReader(
            Store store, TaskRates taskRates, TaskSpeedCache speedCache, ObjectProvider<BuildProperties> build) {
        this.store = store;
        this.taskRates = taskRates;
        this.speedCache = speedCache;
        this.version = MasterVersion.of(build);
    }

    ClusterView read() {
        return store.read(this::read);
    }

    private ClusterView read(JdbcClient sql) {
        Map<JobState, JobTotals> jobTotals = new EnumMap<>(JobState.class);
        for (String statement : List.of(UNFINISHED, ENDED)) {
            sql.sql(statement).query(JobTotals::of).list().forEach(totals -> jobTotals.put(totals.state(), totals));
        }
        WorkerTotals workerTotals = sql.sql(WORKERS)
                .query((row, number) ->
                        new WorkerTotals(row.getInt("workers"), row.getInt("slots"), row.getInt("busy")))
                .single();
        List<DesiredWorkers.Waiting> waiting = sql.sql(WAITING)
                .query((row, number) -> new DesiredWorkers.Waiting(
                        row.getLong("tasks"),
                        speedCache.nanosPerTask(row.getString("environment_id"), row.getString("method"))))
                .list();
        return new ClusterView(
                version,
                1,
                workerTotals.workers(),
                workerTotals.slots(),
                workerTotals.busy(),
                jobs(jobTotals),
                JobTotals.sum(jobTotals.values()),
                taskRates.ofAll(),
                DesiredWorkers.of(waiting, workerTotals.slotsPerWorker()));
    }

    private static ClusterView.Jobs jobs(Map<JobState, JobTotals> totals) {
        return new ClusterView.Jobs(
                count(totals, JobState.QUEUED),
                count(totals, JobState.RUNNING),
                count(totals, JobState.PAUSED),
                count(totals, JobState.SUCCEEDED),
                count(totals, JobState.FAILED),
                count(totals, JobState.CANCELLED));
    }

    private static long count(Map<JobState, JobTotals> jobTotals, JobState state) {
        JobTotals totals = jobTotals.get(state);
        return totals == null ? 0 : totals.jobs();
    }

    /** Sums over the active and draining workers. */
    private record WorkerTotals(int workers, int slots, int busy) {
        double slotsPerWorker() {
            return workers == 0 ? Runtime.getRuntime().availableProcessors() : (double) slots / workers;
        }
    }
}
