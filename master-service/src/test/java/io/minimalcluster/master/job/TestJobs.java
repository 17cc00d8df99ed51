package io.minimalcluster.master.job;

import io.minimalcluster.master.id.TestIds;
import io.minimalcluster.master.job.argument.ArgumentLimits;
import io.minimalcluster.master.job.control.PauseJob;
import io.minimalcluster.master.job.control.RetryJob;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.job.retention.EnforceDeadlines;
import io.minimalcluster.master.job.submit.JobInsert;
import io.minimalcluster.master.job.submit.SegmentSpool;
import io.minimalcluster.master.job.submit.TargetResolver;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.Role;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.TaskRange;
import io.minimalcluster.model.support.ByteSize;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Jobs for tests, inserted and controlled without a web server. */
public final class TestJobs {
    /** A caller with the roles client and admin. */
    public static final Caller CALLER = new Caller("me", Set.of(Role.CLIENT, Role.ADMIN));

    /** Target function with one {@code long} parameter. */
    public static final TargetFunction SQUARE = new TargetFunction(
            "square",
            "Main",
            List.of(new Parameter(
                    "x",
                    "long",
                    new Shape(
                            Shape.Kind.INTEGER,
                            false,
                            BigInteger.valueOf(Long.MIN_VALUE),
                            BigInteger.valueOf(Long.MAX_VALUE)))),
            "long",
            "square(long)");

    private static final EnvironmentId ENVIRONMENT = new EnvironmentId("env-1");
    private static final String ADD_ENVIRONMENT = """
            insert into environment (id, sha256, functions, warnings, sources, bundle, bundle_sha256)
            values (:id, '', '[]', '[]', '{}', :bundle, '') on conflict (id) do nothing
            """;

    private final Store store;
    private final InstantSource clock;

    public TestJobs(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        store.writeAndWait(sql -> sql.sql(ADD_ENVIRONMENT)
                .param("id", ENVIRONMENT.value())
                .param("bundle", new byte[0])
                .update());
    }

    /** Inserts a job over the range 0 to {@code total} and returns its {@code seq}. */
    public long add(long total, JobOptions options) {
        return seq(add(total, options, new TaskRange(0, total, 1L), List.of()));
    }

    /** Inserts a job over {@code segments} of arguments and returns its {@code seq}. */
    public long add(List<Segment> segments) {
        return seq(add(segments.getLast().end(), JobOptions.DEFAULTS, null, segments));
    }

    private JobId add(long total, JobOptions options, @Nullable TaskRange range, List<Segment> segments) {
        JobId id = TestIds.random().job();
        JobInsert row = new JobInsert(
                id,
                CALLER.owner(),
                new TargetResolver.Target(null, ENVIRONMENT, SQUARE, options.reduce()),
                options,
                JsonMapper.shared().writeValueAsString(options.withoutShared()),
                null,
                total,
                range,
                clock.millis(),
                1_000_000);
        try (SegmentSpool spool = new SegmentSpool(store, CALLER.owner(), id)) {
            segments.forEach(spool::add);
            spool.insert(row, sql -> id, (sql, seq) -> seq);
        }
        return id;
    }

    private long seq(JobId id) {
        return store.read(sql -> sql.sql("select seq from job where id = :id")
                .param("id", id.value())
                .query(Long.class)
                .single());
    }

    public JobRow get(long seq) {
        return store.read(sql -> Jobs.bySeq(sql, seq).orElseThrow());
    }

    public void cancel(long seq) {
        canceller().cancel(CALLER, get(seq).id());
    }

    public CancelJob canceller() {
        return new CancelJob(store, clock, new PollRegistry(), new JobSubscriptions());
    }

    public void pause(long seq) {
        new PauseJob(store, new PollRegistry(), new JobSubscriptions()).pause(CALLER, get(seq).id());
    }

    public void resume(long seq) {
        new PauseJob(store, new PollRegistry(), new JobSubscriptions()).resume(CALLER, get(seq).id());
    }

    public void retry(long seq) {
        ByteSize any = ByteSize.ofMebibytes(1);
        new RetryJob(
                        store,
                        clock,
                        new ArgumentLimits(any, 1_000, any, 1_000),
                        new DeleteJob(store),
                        new PollRegistry(),
                        new JobSubscriptions())
                .retry(CALLER, get(seq).id());
    }

    /** Runs the check of deadlines once. */
    public void enforceDeadlines() {
        new EnforceDeadlines(store, clock, new PollRegistry(), new JobSubscriptions()).tick();
    }

    /** Deletes a job and all its rows synchronously. */
    public void delete(long seq) {
        new DeleteJob(store, Runnable::run).delete(CALLER, get(seq).id());
    }
}
