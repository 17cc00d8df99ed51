package io.minimalcluster.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.job.JobCalls;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.key.KeyCalls;
import io.minimalcluster.master.problem.MasterException.Conflict;
import io.minimalcluster.master.problem.MasterException.NotFound;
import io.minimalcluster.master.problem.MasterException.WorkerUnknown;
import io.minimalcluster.master.worker.WorkerCalls;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.RawJson;
import java.util.List;
import java.util.Map;

/** The calls that matter, and what each leaves behind however often it has to be made. */
final class Scenarios {
    /** So long that it does not wait in memory for the one commit. */
    private static final String LONG_LIST = ("\"" + "x".repeat(400_000) + "\"\n").repeat(5);

    private Scenarios() {}

    static List<Scenario> all() {
        return List.of(
                new Scenario(
                        "submit a list",
                        _ -> {},
                        (cluster, _) -> cluster.submit("[1,2,3,4,5]", false, labelled()),
                        cluster -> assertThat(cluster.job().total()).isEqualTo(5)),
                new Scenario(
                        "submit lines that are stored as they come",
                        _ -> {},
                        (cluster, _) -> cluster.submit(LONG_LIST, true, JobOptions.DEFAULTS),
                        Scenarios::longListIsThere),
                new Scenario("poll", Scenarios::aJob, (cluster, _) -> poll(cluster), cluster -> {
                    assertThat(cluster.count("select count(*) from lease where state = 'OPEN'"))
                            .isEqualTo(2);
                }),
                new Scenario(
                        "record a part",
                        Scenarios::aJobAtWork,
                        (cluster, _) -> cluster.post(cluster.part(poll(cluster).getFirst(), 0, 2, false)),
                        cluster ->
                                assertThat(cluster.job().counts().succeeded()).isEqualTo(2)),
                new Scenario(
                        "post from silence",
                        Scenarios::aSilentWorker,
                        (cluster, _) -> cluster.post(cluster.part(poll(cluster).getFirst(), 0, 2, false)),
                        cluster ->
                                assertThat(cluster.job().counts().succeeded()).isEqualTo(2)),
                reduced("sum"),
                reduced("add"),
                new Scenario(
                        "cancel",
                        Scenarios::aJobAtWork,
                        (cluster, _) -> cluster.master().jobs().cancel(cluster.jobId()),
                        cluster -> assertThat(cluster.job().state()).isEqualTo("CANCELLED")),
                new Scenario(
                        "pause",
                        Scenarios::aJobAtWork,
                        (cluster, _) -> cluster.master().jobs().pause(cluster.jobId()),
                        cluster -> {
                            assertThat(cluster.job().state()).isEqualTo("PAUSED");
                            cluster.master().jobs().resume(cluster.jobId());
                        }),
                new Scenario("retry", Scenarios::aCancelledJob, Scenarios::retry, cluster -> {
                    assertThat(cluster.job().round()).isEqualTo(1);
                    assertThat(cluster.job().counts().pending()).isEqualTo(8);
                }),
                new Scenario("delete", Scenarios::aCancelledJob, Scenarios::delete, Scenarios::jobIsGone),
                new Scenario("retention", Scenarios::aCancelledJob, Scenarios::expire, Scenarios::jobIsGone),
                new Scenario(
                        "deadline",
                        cluster -> {
                            cluster.submit(
                                    "[1,2,3]",
                                    false,
                                    JobOptions.builder().deadlineSeconds(5.0).build());
                            poll(cluster);
                            cluster.clock().advance(6_000);
                        },
                        (cluster, _) -> cluster.master().jobs().tick(),
                        cluster -> assertThat(cluster.job().ending()).isEqualTo("DEADLINE")),
                new Scenario("register", _ -> {}, (cluster, _) -> cluster.register(), Scenarios::theLostOneFallsSilent),
                new Scenario(
                        "leave",
                        Scenarios::aJobAtWork,
                        Scenarios::leave,
                        cluster -> assertThat(cluster.job().counts().pending()).isEqualTo(10)),
                new Scenario("silence", Scenarios::aJobAtWork, (cluster, _) -> leaseTime(cluster), cluster -> {
                    assertThat(cluster.count("select count(*) from lease where state = 'LAPSED'"))
                            .isEqualTo(2);
                    assertThat(cluster.count("select count(*) from worker where state = 'SILENT'"))
                            .isEqualTo(1);
                }),
                new Scenario(
                        "take over",
                        cluster -> {
                            aSilentWorker(cluster);
                            cluster.master().workers().register(SimulatedWorker.form(1, SimulatedWorker.ANY, null));
                        },
                        (cluster, _) -> cluster.poll(second(cluster), "takes-over", 4),
                        cluster -> assertThat(cluster.count("select count(*) from lease where state = 'LOST'"))
                                .isPositive()),
                new Scenario(
                        "make a key",
                        _ -> {},
                        Scenarios::makeKey,
                        cluster -> assertThat(cluster.count("select count(*) from access_key"))
                                .isEqualTo(1)));
    }

    private static JobOptions labelled() {
        return JobOptions.builder()
                .labels(Map.of("team", "x"))
                .shared(new RawJson("7"))
                .build();
    }

    private static void longListIsThere(Cluster cluster) {
        assertThat(cluster.job().total()).isEqualTo(5);
        assertThat(cluster.count("select sum(count) from argument_segment where job_seq = "
                        + cluster.job().seq()))
                .isEqualTo(5);
    }

    private static void aJob(Cluster cluster) {
        cluster.submit(
                "[1,2,3,4,5,6,7,8,9,10]",
                false,
                JobOptions.builder().batchSize(3).build());
        cluster.look();
    }

    private static List<Taken> poll(Cluster cluster) {
        return cluster.poll(cluster.worker(), "request", 2);
    }

    private static void aJobAtWork(Cluster cluster) {
        aJob(cluster);
        poll(cluster);
        cluster.look();
    }

    private static void aSilentWorker(Cluster cluster) {
        aJobAtWork(cluster);
        leaseTime(cluster);
        cluster.look();
    }

    private static void leaseTime(Cluster cluster) {
        for (int tick = 0; tick <= WorkerCalls.LEASE_TICKS; tick++) {
            cluster.second();
        }
    }

    private static WorkerId second(Cluster cluster) {
        return cluster.store()
                .read(sql -> sql.sql("select id from worker order by seq desc limit 1")
                        .query((row, number) -> new WorkerId(row.getString(1)))
                        .single());
    }

    private static void aCancelledJob(Cluster cluster) {
        aJobAtWork(cluster);
        cluster.post(cluster.part(poll(cluster).getFirst(), 0, 2, false));
        cluster.look();
        cluster.master().jobs().cancel(cluster.jobId());
        cluster.look();
    }

    /** The last part comes, the values are folded, and the job ends. */
    private static Scenario reduced(String by) {
        return new Scenario(
                "reduce by " + by,
                cluster -> {
                    cluster.submit(
                            "[1,2,3]",
                            false,
                            JobOptions.builder().reduce(by).batchSize(3).build());
                    cluster.look();
                    poll(cluster);
                    cluster.look();
                },
                (cluster, _) -> {
                    poll(cluster).forEach(lease -> cluster.post(cluster.whole(lease)));
                    cluster.settle();
                },
                cluster -> assertThat(cluster.job().counts().succeeded()).isEqualTo(3));
    }

    private static void retry(Cluster cluster, boolean again) {
        try {
            cluster.master().jobs().retry(cluster.jobId());
        } catch (Conflict e) {
            assertThat(again).as("refused: %s", e.getMessage()).isTrue();
        }
    }

    private static void delete(Cluster cluster, boolean again) {
        try {
            cluster.master().jobs().delete(cluster.jobId());
        } catch (NotFound e) {
            assertThat(again).as("refused: %s", e.getMessage()).isTrue();
        } catch (AssertionError e) {
            assertThat(again).as("it is there: %s", e.getMessage()).isTrue();
        }
        cluster.settle();
    }

    private static void expire(Cluster cluster, boolean again) {
        if (!again) {
            cluster.clock().advance(JobCalls.KEPT.toMillis() + 1);
        }
        cluster.master().jobs().tick();
    }

    private static void jobIsGone(Cluster cluster) {
        assertThat(cluster.checker().last().jobs()).isEmpty();
    }

    /** A worker that never heard its id is one that nobody heard of again. */
    private static void theLostOneFallsSilent(Cluster cluster) {
        assertThat(cluster.count("select count(*) from worker")).isBetween(2L, 3L);
        leaseTime(cluster);
        assertThat(cluster.count("select count(*) from worker where state <> 'SILENT'"))
                .isZero();
    }

    private static void leave(Cluster cluster, boolean again) {
        try {
            cluster.master().workers().leave(cluster.worker());
        } catch (WorkerUnknown e) {
            assertThat(again).as("refused: %s", e.getMessage()).isTrue();
        }
    }

    /** Of a key whose secret nobody heard the name is taken; it can be deleted, and made again. */
    private static void makeKey(Cluster cluster, boolean again) {
        KeyCalls keys = new KeyCalls(cluster.store(), cluster.clock());
        try {
            keys.make(TestJobs.CALLER, "name");
        } catch (Conflict e) {
            assertThat(again).as("refused: %s", e.getMessage()).isTrue();
            keys.delete("name");
            keys.make(TestJobs.CALLER, "name");
        }
    }
}
