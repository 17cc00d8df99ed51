package io.minimalcluster.master.job;

import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Explanation;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.JobState;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Explains why a job, or a part of it, is not running. */
@Component
public class ExplainJob {
    private static final int SHOWN = 10;
    private static final String WITH_SLOTS = """
            select id, owner, priority, state, running from job
             where seq in (select job_seq from lease where state in ('OPEN', 'LAPSED')) and seq <> :job and parent_seq is null
             order by priority desc, seq
            """;

    private static final String POSTPONED = """
            select coalesce(sum(case when refusals > 0 then last - first else 0 end), 0) as refused,
                   coalesce(sum(case when refusals = 0 and failed_on is not null then last - first else 0 end), 0)
                       as failed
              from pending_range where job_seq = :job
            """;

    private final Store store;
    private final JsonMapper json;

    ExplainJob(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    public Explanation explain(Caller caller, JobId id) {
        return store.read(sql -> explain(sql, caller, Jobs.find(sql, caller, id).visibleTo(caller)));
    }

    private Explanation explain(JdbcClient sql, Caller caller, JobRow job) {
        JobOptions options = json.readValue(job.options(), JobOptions.class);
        WorkerAvailability availability = WorkerAvailability.of(sql, json);
        Explanation.Workers workers = availability.forJob(options);
        JobStateReason reason = JobStateReason.of(job, options, availability);
        List<Other> others = job.state().isTerminal() ? List.of() : others(sql, job);
        List<Explanation.Ahead> shown = others.stream()
                .filter(other -> caller.sees(other.owner()))
                .limit(SHOWN)
                .map(Other::shown)
                .toList();
        return new Explanation(
                job.id(),
                job.state(),
                reason.cause(),
                reason.words() + postponed(sql, job),
                job.tasks(),
                workers,
                options.requires() == null ? Map.of() : options.requires(),
                Boolean.TRUE.equals(options.network()),
                shown,
                others.size() - shown.size());
    }

    /** The tasks that wait for another attempt, or for a worker that can run them; empty if there are none. */
    private static String postponed(JdbcClient sql, JobRow job) {
        return sql.sql(POSTPONED)
                .param("job", job.seq())
                .query((row, number) -> words(row.getLong("refused"), "that a worker refused wait for another worker")
                        + words(row.getLong("failed"), "that failed wait for another attempt"))
                .single();
    }

    private static String words(long tasks, String what) {
        return tasks == 0 ? "" : "; " + tasks + (tasks == 1 ? " task " : " tasks ") + what;
    }

    /** The other jobs that hold leases. Their number is bounded by the number of slots. */
    private static List<Other> others(JdbcClient sql, JobRow job) {
        return sql.sql(WITH_SLOTS)
                .param("job", job.seq())
                .query((row, number) -> new Other(
                        row.getString("owner"),
                        new Explanation.Ahead(
                                new JobId(row.getString("id")),
                                row.getInt("priority"),
                                JobState.valueOf(row.getString("state")),
                                row.getLong("running"))))
                .list();
    }

    private record Other(String owner, Explanation.Ahead shown) {}
}
