package io.minimalcluster.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.error.MasterException.Conflict;
import io.minimalcluster.master.error.MasterException.NotFound;
import io.minimalcluster.master.error.MasterException.WorkerUnknown;
import io.minimalcluster.master.job.JobCalls;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.security.key.KeyCalls;
import io.minimalcluster.master.worker.WorkerCalls;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.RawJson;
import java.util.List;
import java.util.Map;

/** The calls that matter, and what each leaves behind however often it has to be made. */
final class FailureScenarios {
    /** So long that it does not wait in memory for the one commit. */
    private static final String LONG_LIST = ("\"" + "x".repeat(400_000) + "\"\n").repeat(5);

    private FailureScenarios() {}

    static List<FailureScenario> all() {
        return List.of(
                new FailureScenario(
                        "submit a list",
                        _ -> {},
                        (cluster, _) -> cluster.submit("[1,2,3,4,5]", false, labelled()),
                        cluster -> assertThat(cluster.job().total()).isEqualTo(5)),
                new FailureScenario(
                        "submit lines that are stored as they come",
                        _ -> {},
                        (cluster, _) -> cluster.submit(LONG_LIST, true, JobOptions.DEFAULTS),
                        FailureScenarios::longListIsThere),
                new FailureScenario("poll", FailureScenarios::aJob, (cluster, _) -> poll(cluster), cluster -> {
                    assertThat(cluster.count("select count(*) from lease where state = 'OPEN'"))
                            .isEqualTo(2);
                }),
                new FailureScenario(
                        "record a part",
                        FailureScenarios::aJobAtWork,
                        (cluster, _) -> cluster.post(cluster.part(poll(cluster).getFirst(), 0, 2, false)),
                        cluster ->
                                assertThat(cluster.job().counts().succeeded()).isEqualTo(2)),
                new FailureScenario(
                        "post from silence",
                        FailureScenarios::aSilentWorker,
                        (cluster, _) -> cluster.post(cluster.part(poll(cluster).getFirst(), 0, 2, false)),
                        cluster ->
                                assertThat(cluster.job().counts().succeeded()).isEqualTo(2)),
                reduced("sum"),
                reduced("add"),
                new FailureScenario(
                        "cancel",
                        FailureScenarios::aJobAtWork,
                        (cluster, _) -> cluster.master().jobs().cancel(cluster.jobId()),
                        cluster -> assertThat(cluster.job().state()).isEqualTo("CANCELLED")),
                new FailureScenario(
                        "pause",
                        FailureScenarios::aJobAtWork,
                        (cluster, _) -> cluster.master().jobs().pause(cluster.jobId()),
                        cluster -> {
                            assertThat(cluster.job().state()).isEqualTo("PAUSED");
                            cluster.master().jobs().resume(cluster.jobId());
                        }),
                new FailureScenario("retry", FailureScenarios::aCancelledJob, FailureScenarios::retry, cluster -> {
                    assertThat(cluster.job().round()).isEqualTo(1);
                    assertThat(cluster.job().counts().pending()).isEqualTo(8);
                }),
                new FailureScenario(
                        "delete",
                        FailureScenarios::aCancelledJob,
                        FailureScenarios::delete,
                        FailureScenarios::jobIsGone),
                new FailureScenario(
                        "retention",
                        FailureScenarios::aCancelledJob,
                        FailureScenarios::expire,
                        FailureScenarios::jobIsGone),
                new FailureScenario(
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
                new FailureScenario(
                        "register",
                        _ -> {},
                        (cluster, _) -> cluster.register(),
                        FailureScenarios::theLostOneFallsSilent),
                new FailureScenario(
                        "leave",
                        FailureScenarios::aJobAtWork,
                        FailureScenarios::leave,
                        cluster -> assertThat(cluster.job().counts().pending()).isEqualTo(10)),
                new FailureScenario(
                        "silence", FailureScenarios::aJobAtWork, (cluster, _) -> leaseTime(cluster), cluster -> {
                            assertThat(cluster.count("select count(*) from lease where state = 'LAPSED'"))
                                    .isEqualTo(2);
                            assertThat(cluster.count("select count(*) from worker where state = 'SILENT'"))
                                    .isEqualTo(1);
                        }),
                new FailureScenario(
                        "take over",
                        cluster -> {
                            aSilentWorker(cluster);
                            cluster.master().workers().register(SimulatedWorker.form(1, SimulatedWorker.ANY, null));
                        },
                        (cluster, _) -> cluster.poll(second(cluster), "takes-over", 4),
                        cluster -> assertThat(cluster.count("select count(*) from lease where state = 'LOST'"))
                                .isPositive()),
                new FailureScenario(
                        "make a key",
                        _ -> {},
                        FailureScenarios::makeKey,
                        cluster -> assertThat(cluster.count("select count(*) from access_key"))
                                .isEqualTo(1)));
    }

    private static JobOptions labelled() {
        return JobOptions.builder()
                .labels(Map.of("team", "x"))
                .shared(new RawJson("7"))
                .build();
    }

    private static void longListIsThere(SingleWorkerCluster cluster) {
        assertThat(cluster.job().total()).isEqualTo(5);
        assertThat(cluster.count("select sum(count) from argument_segment where job_seq = "
                        + cluster.job().seq()))
                .isEqualTo(5);
    }

    private static void aJob(SingleWorkerCluster cluster) {
        cluster.submit(
                "[1,2,3,4,5,6,7,8,9,10]",
                false,
                JobOptions.builder().batchSize(3).build());
        cluster.look();
    }

    private static List<SimulatedLease> poll(SingleWorkerCluster cluster) {
        return cluster.poll(cluster.worker(), "request", 2);
    }

    private static void aJobAtWork(SingleWorkerCluster cluster) {
        aJob(cluster);
        poll(cluster);
        cluster.look();
    }

    private static void aSilentWorker(SingleWorkerCluster cluster) {
        aJobAtWork(cluster);
        leaseTime(cluster);
        cluster.look();
    }

    private static void leaseTime(SingleWorkerCluster cluster) {
        for (int tick = 0; tick <= WorkerCalls.LEASE_TICKS; tick++) {
            cluster.second();
        }
    }

    private static WorkerId second(SingleWorkerCluster cluster) {
        return cluster.store()
                .read(sql -> sql.sql("select id from worker order by seq desc limit 1")
                        .query((row, number) -> new WorkerId(row.getString(1)))
                        .single());
    }

    private static void aCancelledJob(SingleWorkerCluster cluster) {
        aJobAtWork(cluster);
        cluster.post(cluster.part(poll(cluster).getFirst(), 0, 2, false));
        cluster.look();
        cluster.master().jobs().cancel(cluster.jobId());
        cluster.look();
    }

    /** The last part comes, the values are folded, and the job ends. */
    private static FailureScenario reduced(String by) {
        return new FailureScenario(
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

    private static void retry(SingleWorkerCluster cluster, boolean again) {
        try {
            cluster.master().jobs().retry(cluster.jobId());
        } catch (Conflict e) {
            assertThat(again).as("refused: %s", e.getMessage()).isTrue();
        }
    }

    private static void delete(SingleWorkerCluster cluster, boolean again) {
        try {
            cluster.master().jobs().delete(cluster.jobId());
        } catch (NotFound e) {
            assertThat(again).as("refused: %s", e.getMessage()).isTrue();
        } catch (AssertionError e) {
            assertThat(again).as("it is there: %s", e.getMessage()).isTrue();
        }
        cluster.settle();
    }

    private static void expire(SingleWorkerCluster cluster, boolean again) {
        if (!again) {
            cluster.clock().advance(JobCalls.KEPT.toMillis() + 1);
        }
        cluster.master().jobs().tick();
    }

    private static void jobIsGone(SingleWorkerCluster cluster) {
        assertThat(cluster.checker().last().jobs()).isEmpty();
    }

    /** A worker that never heard its id is one that nobody heard of again. */
    private static void theLostOneFallsSilent(SingleWorkerCluster cluster) {
        assertThat(cluster.count("select count(*) from worker")).isBetween(2L, 3L);
        leaseTime(cluster);
        assertThat(cluster.count("select count(*) from worker where state <> 'SILENT'"))
                .isZero();
    }

    private static void leave(SingleWorkerCluster cluster, boolean again) {
        try {
            cluster.master().workers().leave(cluster.worker());
        } catch (WorkerUnknown e) {
            assertThat(again).as("refused: %s", e.getMessage()).isTrue();
        }
    }

    /** Of a key whose secret nobody heard the name is taken; it can be deleted, and made again. */
    private static void makeKey(SingleWorkerCluster cluster, boolean again) {
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
