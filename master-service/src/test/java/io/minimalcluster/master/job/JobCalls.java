package io.minimalcluster.master.job;

import io.minimalcluster.master.environment.TestEnvironments;
import io.minimalcluster.master.id.IdGenerator;
import io.minimalcluster.master.job.argument.ArgumentLimits;
import io.minimalcluster.master.job.control.PauseJob;
import io.minimalcluster.master.job.control.RetryJob;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.job.retention.DeleteExpiredJobs;
import io.minimalcluster.master.job.retention.EnforceDeadlines;
import io.minimalcluster.master.job.retention.RetentionSettings;
import io.minimalcluster.master.job.submit.JobUpload;
import io.minimalcluster.master.job.submit.OpenJobUpload;
import io.minimalcluster.master.job.submit.SubmitJob;
import io.minimalcluster.master.job.submit.TargetResolver;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.store.DiskSpaceGuard;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.TestDiskSpace;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.task.json.JsonScanner;
import io.minimalcluster.worker.settings.ByteSize;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** What clients call about jobs, and what is done every second about them, without a web server or a thread around. */
public final class JobCalls {
    private static final DiskSpaceGuard ROOM = TestDiskSpace.in(Path.of(System.getProperty("java.io.tmpdir")));

    /** How long a job is kept that does not say so itself. */
    public static final Duration KEPT = Duration.ofHours(2);

    /** A function of the environment, of two longs. */
    public static final TargetFunction ADD = new TargetFunction(
            "add",
            "Main",
            List.of(
                    TestJobs.SQUARE.parameters().getFirst(),
                    TestJobs.SQUARE.parameters().getFirst()),
            "long",
            "add(long,long)");

    /** A function of the environment, of one text. */
    private static final TargetFunction LENGTH = new TargetFunction(
            "length",
            "Main",
            List.of(new Parameter("text", "java.lang.String", new Shape(Shape.Kind.STRING, false, null, null))),
            "long",
            "length(java.lang.String)");

    private static final EnvironmentId ENVIRONMENT = new EnvironmentId("env-1");
    private static final String ADD_ENVIRONMENT = """
            insert into environment (id, sha256, functions, warnings, sources, bundle, bundle_sha256)
            values (:id, '', '[]', '[]', '{}', x'', '') on conflict (id) do nothing
            """;
    private static final String ADD_OWNER = """
            insert into environment_owner (environment_id, owner, created_at) values (:id, :owner, 0)
            on conflict (environment_id, owner) do nothing
            """;

    private final OpenJobUpload receive;
    private final SubmitJob keep;
    private final CancelJob cancel;
    private final PauseJob pause;
    private final RetryJob retry;
    private final DeleteJob delete;
    private final EnforceDeadlines overdue;
    private final DeleteExpiredJobs expired;

    public JobCalls(Store store, InstantSource clock, IdGenerator idGenerator, Executor background) {
        PollRegistry pollRegistry = new PollRegistry();
        JobSubscriptions subscriptions = new JobSubscriptions();
        ByteSize large = ByteSize.ofMebibytes(16);
        ArgumentLimits limits = new ArgumentLimits(large, 1_000_000, large, 1_000);
        this.receive = new OpenJobUpload(store, ROOM, JsonMapper.shared(), limits, pollRegistry, idGenerator);
        this.keep = new SubmitJob(clock, JsonMapper.shared(), limits, pollRegistry);
        this.cancel = new CancelJob(store, clock, pollRegistry, subscriptions);
        this.pause = new PauseJob(store, pollRegistry, subscriptions);
        this.delete = new DeleteJob(store, background);
        this.retry = new RetryJob(store, clock, limits, delete, pollRegistry, subscriptions);
        this.overdue = new EnforceDeadlines(store, clock, pollRegistry, subscriptions);
        this.expired = new DeleteExpiredJobs(
                store, clock, new RetentionSettings(KEPT), TestEnvironments.unused(store), subscriptions);
    }

    /** The code that jobs run. */
    public static void addEnvironment(Store store) {
        store.writeAndWait(sql -> {
            sql.sql(ADD_ENVIRONMENT).param("id", ENVIRONMENT.value()).update();
            return sql.sql(ADD_OWNER)
                    .param("id", ENVIRONMENT.value())
                    .param("owner", TestJobs.CALLER.owner())
                    .update();
        });
    }

    /** What a master does before anybody can call. */
    public void start() {
        delete.afterSingletonsInstantiated();
    }

    /**
     * Posts a job.
     *
     * @param args JSON, or lines of it: numbers, or texts
     * @param receipt what is kept in the same transaction
     */
    public JobId submit(String args, boolean lines, JobOptions options, Kept receipt) {
        byte[] bytes = args.getBytes(StandardCharsets.UTF_8);
        TargetFunction function = args.startsWith("\"") ? LENGTH : TestJobs.SQUARE;
        TargetResolver.Target target =
                TargetResolver.Target.of(ENVIRONMENT, function).reducing(options, _ -> ADD);
        try (JobUpload job = receive.begin(TestJobs.CALLER)) {
            if (lines) {
                job.arguments().lines(new ByteArrayInputStream(bytes), function);
            } else {
                job.arguments().read(JsonScanner.of(bytes), function);
                job.arguments().check(function);
            }
            keep.keep(job, target, options, sql -> {
                receipt.keep(sql, job.id());
                return job.id();
            });
            return job.id();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void cancel(JobId id) {
        cancel.cancel(TestJobs.CALLER, id);
    }

    public void pause(JobId id) {
        pause.pause(TestJobs.CALLER, id);
    }

    public void resume(JobId id) {
        pause.resume(TestJobs.CALLER, id);
    }

    public void retry(JobId id) {
        retry.retry(TestJobs.CALLER, id);
    }

    public void delete(JobId id) {
        delete.delete(TestJobs.CALLER, id);
    }

    /** Looks at deadlines and at what was kept for long enough. */
    public void tick() {
        overdue.tick();
        expired.tick();
    }

    public CancelJob canceller() {
        return cancel;
    }

    /** What is kept along with a job. */
    @FunctionalInterface
    public interface Kept {
        void keep(JdbcClient sql, JobId id);
    }
}
