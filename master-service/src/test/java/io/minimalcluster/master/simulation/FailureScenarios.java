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

/** All failure scenarios, each with the expected state after any number of repetitions. */
final class FailureScenarios {
    /** Arguments above the size that is held in memory, so that they are stored before the final commit. */
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
                        "submit lines that are stored in several commits",
                        _ -> {},
                        (cluster, _) -> cluster.submit(LONG_LIST, true, JobOptions.DEFAULTS),
                        FailureScenarios::longListIsStored),
                new FailureScenario("poll", FailureScenarios::queuedJob, (cluster, _) -> poll(cluster), cluster -> {
                    assertThat(cluster.count("select count(*) from lease where state = 'OPEN'"))
                            .isEqualTo(2);
                }),
                new FailureScenario(
                        "record a part",
                        FailureScenarios::runningJob,
                        (cluster, _) -> cluster.post(cluster.part(poll(cluster).getFirst(), 0, 2, false)),
                        cluster ->
                                assertThat(cluster.job().counts().succeeded()).isEqualTo(2)),
                new FailureScenario(
                        "post after a worker timeout",
                        FailureScenarios::timedOutWorker,
                        (cluster, _) -> cluster.post(cluster.part(poll(cluster).getFirst(), 0, 2, false)),
                        cluster ->
                                assertThat(cluster.job().counts().succeeded()).isEqualTo(2)),
                reduced("sum"),
                reduced("add"),
                new FailureScenario(
                        "cancel",
                        FailureScenarios::runningJob,
                        (cluster, _) -> cluster.master().jobs().cancel(cluster.jobId()),
                        cluster -> assertThat(cluster.job().state()).isEqualTo("CANCELLED")),
                new FailureScenario(
                        "pause",
                        FailureScenarios::runningJob,
                        (cluster, _) -> cluster.master().jobs().pause(cluster.jobId()),
                        cluster -> {
                            assertThat(cluster.job().state()).isEqualTo("PAUSED");
                            cluster.master().jobs().resume(cluster.jobId());
                        }),
                new FailureScenario("retry", FailureScenarios::cancelledJob, FailureScenarios::retry, cluster -> {
                    assertThat(cluster.job().round()).isEqualTo(1);
                    assertThat(cluster.job().counts().pending()).isEqualTo(8);
                }),
                new FailureScenario(
                        "delete",
                        FailureScenarios::cancelledJob,
                        FailureScenarios::delete,
                        FailureScenarios::jobIsDeleted),
                new FailureScenario(
                        "retention",
                        FailureScenarios::cancelledJob,
                        FailureScenarios::expire,
                        FailureScenarios::jobIsDeleted),
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
                        cluster -> assertThat(cluster.job().terminationReason()).isEqualTo("DEADLINE")),
                new FailureScenario(
                        "register",
                        _ -> {},
                        (cluster, _) -> cluster.register(),
                        FailureScenarios::unconfirmedWorkerTimesOut),
                new FailureScenario(
                        "leave",
                        FailureScenarios::runningJob,
                        FailureScenarios::leave,
                        cluster -> assertThat(cluster.job().counts().pending()).isEqualTo(10)),
                new FailureScenario(
                        "worker timeout",
                        FailureScenarios::runningJob,
                        (cluster, _) -> expireLeases(cluster),
                        cluster -> {
                            assertThat(cluster.count("select count(*) from lease where state = 'LAPSED'"))
                                    .isEqualTo(2);
                            assertThat(cluster.count("select count(*) from worker where state = 'SILENT'"))
                                    .isEqualTo(1);
                        }),
                new FailureScenario(
                        "take over",
                        cluster -> {
                            timedOutWorker(cluster);
                            cluster.master()
                                    .workers()
                                    .register(SimulatedWorker.registration(1, SimulatedWorker.NONE, null));
                        },
                        (cluster, _) -> cluster.poll(latestWorker(cluster), "takes-over", 4),
                        cluster -> assertThat(cluster.count("select count(*) from lease where state = 'LOST'"))
                                .isPositive()),
                new FailureScenario(
                        "create a key",
                        _ -> {},
                        FailureScenarios::createKey,
                        cluster -> assertThat(cluster.count("select count(*) from access_key"))
                                .isEqualTo(1)));
    }

    private static JobOptions labelled() {
        return JobOptions.builder()
                .labels(Map.of("team", "x"))
                .shared(new RawJson("7"))
                .build();
    }

    private static void longListIsStored(SingleWorkerCluster cluster) {
        assertThat(cluster.job().total()).isEqualTo(5);
        assertThat(cluster.count("select sum(count) from argument_segment where job_seq = "
                        + cluster.job().seq()))
                .isEqualTo(5);
    }

    private static void queuedJob(SingleWorkerCluster cluster) {
        cluster.submit(
                "[1,2,3,4,5,6,7,8,9,10]",
                false,
                JobOptions.builder().batchSize(3).build());
        cluster.check();
    }

    private static List<SimulatedLease> poll(SingleWorkerCluster cluster) {
        return cluster.poll(cluster.worker(), "request", 2);
    }

    private static void runningJob(SingleWorkerCluster cluster) {
        queuedJob(cluster);
        poll(cluster);
        cluster.check();
    }

    private static void timedOutWorker(SingleWorkerCluster cluster) {
        runningJob(cluster);
        expireLeases(cluster);
        cluster.check();
    }

    private static void expireLeases(SingleWorkerCluster cluster) {
        for (int tick = 0; tick <= WorkerCalls.LEASE_TICKS; tick++) {
            cluster.passSecond();
        }
    }

    private static WorkerId latestWorker(SingleWorkerCluster cluster) {
        return cluster.store()
                .read(sql -> sql.sql("select id from worker order by seq desc limit 1")
                        .query((row, number) -> new WorkerId(row.getString(1)))
                        .single());
    }

    private static void cancelledJob(SingleWorkerCluster cluster) {
        runningJob(cluster);
        cluster.post(cluster.part(poll(cluster).getFirst(), 0, 2, false));
        cluster.check();
        cluster.master().jobs().cancel(cluster.jobId());
        cluster.check();
    }

    /** The last part arrives, the values are reduced, and the job ends. */
    private static FailureScenario reduced(String reduction) {
        return new FailureScenario(
                "reduce by " + reduction,
                cluster -> {
                    cluster.submit(
                            "[1,2,3]",
                            false,
                            JobOptions.builder().reduce(reduction).batchSize(3).build());
                    cluster.check();
                    poll(cluster);
                    cluster.check();
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
            assertThat(again).as("rejected: %s", e.getMessage()).isTrue();
        }
    }

    private static void delete(SingleWorkerCluster cluster, boolean again) {
        try {
            cluster.master().jobs().delete(cluster.jobId());
        } catch (NotFound e) {
            assertThat(again).as("rejected: %s", e.getMessage()).isTrue();
        } catch (AssertionError e) {
            assertThat(again).as("the job exists: %s", e.getMessage()).isTrue();
        }
        cluster.settle();
    }

    private static void expire(SingleWorkerCluster cluster, boolean again) {
        if (!again) {
            cluster.clock().advance(JobCalls.RETENTION.toMillis() + 1);
        }
        cluster.master().jobs().tick();
    }

    private static void jobIsDeleted(SingleWorkerCluster cluster) {
        assertThat(cluster.checker().last().jobs()).isEmpty();
    }

    /** A worker whose registration response was lost never calls again, so it times out. */
    private static void unconfirmedWorkerTimesOut(SingleWorkerCluster cluster) {
        assertThat(cluster.count("select count(*) from worker")).isBetween(2L, 3L);
        expireLeases(cluster);
        assertThat(cluster.count("select count(*) from worker where state <> 'SILENT'"))
                .isZero();
    }

    private static void leave(SingleWorkerCluster cluster, boolean again) {
        try {
            cluster.master().workers().leave(cluster.worker());
        } catch (WorkerUnknown e) {
            assertThat(again).as("rejected: %s", e.getMessage()).isTrue();
        }
    }

    /** If the secret was lost with the response, the name is in use: delete the key and create it again. */
    private static void createKey(SingleWorkerCluster cluster, boolean again) {
        KeyCalls keys = new KeyCalls(cluster.store(), cluster.clock());
        try {
            keys.create(TestJobs.CALLER, "name");
        } catch (Conflict e) {
            assertThat(again).as("rejected: %s", e.getMessage()).isTrue();
            keys.delete("name");
            keys.create(TestJobs.CALLER, "name");
        }
    }
}
