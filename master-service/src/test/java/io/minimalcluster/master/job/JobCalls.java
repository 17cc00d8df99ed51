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
import io.minimalcluster.model.support.ByteSize;
import io.minimalcluster.task.json.JsonScanner;
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

/** Client calls on jobs and the periodic maintenance of jobs, without a web server and without threads. */
public final class JobCalls {
    private static final DiskSpaceGuard DISK_SPACE = TestDiskSpace.in(Path.of(System.getProperty("java.io.tmpdir")));

    /** Default retention of a job. */
    public static final Duration RETENTION = Duration.ofHours(2);

    /** Target function with two {@code long} parameters. */
    public static final TargetFunction ADD = new TargetFunction(
            "add",
            "Main",
            List.of(
                    TestJobs.SQUARE.parameters().getFirst(),
                    TestJobs.SQUARE.parameters().getFirst()),
            "long",
            "add(long,long)");

    /** Target function with one {@code String} parameter. */
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

    private final OpenJobUpload openUpload;
    private final SubmitJob submit;
    private final CancelJob cancel;
    private final PauseJob pause;
    private final RetryJob retry;
    private final DeleteJob delete;
    private final EnforceDeadlines deadlines;
    private final DeleteExpiredJobs expiry;

    public JobCalls(
            Store store, InstantSource clock, PollRegistry pollRegistry, IdGenerator idGenerator, Executor background) {
        JobSubscriptions subscriptions = new JobSubscriptions();
        ByteSize maxBytes = ByteSize.ofMebibytes(16);
        ArgumentLimits limits = new ArgumentLimits(maxBytes, 1_000_000, maxBytes, 1_000);
        this.openUpload = new OpenJobUpload(store, DISK_SPACE, JsonMapper.shared(), limits, pollRegistry, idGenerator);
        this.submit =
                new SubmitJob(clock, JsonMapper.shared(), limits, pollRegistry, new RecentJobs(store), subscriptions);
        this.cancel = new CancelJob(store, clock, pollRegistry, subscriptions);
        this.pause = new PauseJob(store, pollRegistry, subscriptions);
        this.delete = new DeleteJob(store, background);
        this.retry = new RetryJob(store, clock, limits, delete, pollRegistry, subscriptions);
        this.deadlines = new EnforceDeadlines(store, clock, pollRegistry, subscriptions);
        this.expiry = new DeleteExpiredJobs(
                store, clock, new RetentionSettings(RETENTION), TestEnvironments.unused(store), subscriptions);
    }

    /** Inserts the environment that all submitted jobs use. */
    public static void addEnvironment(Store store) {
        store.writeAndWait(sql -> {
            sql.sql(ADD_ENVIRONMENT).param("id", ENVIRONMENT.value()).update();
            return sql.sql(ADD_OWNER)
                    .param("id", ENVIRONMENT.value())
                    .param("owner", TestJobs.CALLER.owner())
                    .update();
        });
    }

    /** Runs the startup work of a master on jobs. */
    public void start() {
        delete.afterSingletonsInstantiated();
    }

    /**
     * Submits a job.
     *
     * @param args a JSON array or JSON lines, of numbers or of strings
     * @param receipt writes a receipt in the same transaction
     */
    public JobId submit(String args, boolean lines, JobOptions options, Kept receipt) {
        byte[] bytes = args.getBytes(StandardCharsets.UTF_8);
        TargetFunction function = args.startsWith("\"") ? LENGTH : TestJobs.SQUARE;
        TargetResolver.Target target =
                TargetResolver.Target.of(ENVIRONMENT, function).reducing(options, _ -> ADD);
        try (JobUpload job = openUpload.begin(TestJobs.CALLER)) {
            if (lines) {
                job.arguments().lines(new ByteArrayInputStream(bytes), function);
            } else {
                job.arguments().read(JsonScanner.of(bytes), function);
                job.arguments().check(function);
            }
            submit.insert(job, target, options, sql -> {
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

    /** Runs the checks of deadlines and of retention once. */
    public void tick() {
        deadlines.tick();
        expiry.tick();
    }

    public CancelJob canceller() {
        return cancel;
    }

    /** A write in the transaction that inserts a job. */
    @FunctionalInterface
    public interface Kept {
        void keep(JdbcClient sql, JobId id);
    }
}
