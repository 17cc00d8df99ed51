package io.minimalcluster.benchmarks.ratio;

import io.minimalcluster.benchmarks.Workload;
import io.minimalcluster.benchmarks.task.TaskCode;
import io.minimalcluster.client.Arguments;
import io.minimalcluster.client.Client;
import io.minimalcluster.model.EnvironmentId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * The workloads of a cluster. The loop of tasks that do nothing is the fixed work of some factorizations, because their
 * own loop takes no measurable time.
 */
public final class RatioWorkloads {
    private static final int FACTORIZATIONS = 400;
    private static final long FACTORS = 1_378;

    /** The length of the list of all factors as JSON, with a line end. */
    private static final long FACTORS_BYTES = 7_685;

    private static final int POINTS = 1_000_000;
    private static final long POINTS_INSIDE = 786_170;
    private static final int NO_OPS = 10_000;
    private static final int NO_OP_JOBS = 10;
    private static final int ONE_TASK_JOBS = 20;
    private static final int FIXED_WORK = 250;
    private static final long FIXED_WORK_FACTORS = 868;

    private final Workload work;
    private final Supplier<? extends Collection<ProcessHandle>> cluster;

    /** @param cluster the processes of the cluster */
    public RatioWorkloads(Client client, Supplier<? extends Collection<ProcessHandle>> cluster) {
        this.work = new Workload(client);
        this.cluster = cluster;
    }

    /**
     * Loads the code of the workloads.
     *
     * @param examples the folder of the examples
     */
    public List<RatioWorkload> all(Path examples) throws IOException {
        EnvironmentId factors = work.load(examples.resolve("Factorization.java"));
        EnvironmentId pi = work.load(examples.resolve("Pi.java"));
        EnvironmentId same = work.load("long same(long x) { return x; }");
        return List.of(
                workload(
                        "factorizations",
                        1,
                        () -> expect(
                                FACTORS_BYTES, work.length(factors, "factors", Arguments.range(0, FACTORIZATIONS))),
                        () -> expect(FACTORS, TaskCode.countFactors(FACTORIZATIONS))),
                workload(
                        "pi",
                        1,
                        () -> expect(POINTS_INSIDE, work.sum(pi, "inside", Arguments.range(0, POINTS))),
                        () -> expect(POINTS_INSIDE, TaskCode.countInside(POINTS))),
                workload(
                        "one-task",
                        ONE_TASK_JOBS,
                        () -> expect("[1]", work.one(same, "same", "1")),
                        RatioWorkloads::fixedWork),
                workload(
                        "no-ops",
                        NO_OP_JOBS,
                        () -> expect(NO_OPS * (NO_OPS - 1L) / 2, work.sum(same, "same", Arguments.range(0, NO_OPS))),
                        RatioWorkloads::fixedWork));
    }

    private RatioWorkload workload(String name, int jobs, CpuTime.Action job, CpuTime.Action loop) {
        return new RatioWorkload(
                name, () -> CpuTime.ofProcesses(cluster, () -> repeat(jobs, job)), () -> CpuTime.ofThread(loop));
    }

    private static void repeat(int times, CpuTime.Action action) throws Exception {
        for (int i = 0; i < times; i++) {
            action.run();
        }
    }

    private static void fixedWork() {
        expect(FIXED_WORK_FACTORS, TaskCode.countFactors(FIXED_WORK));
    }

    private static void expect(Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new IllegalStateException("the work gave " + found + ", not " + expected);
        }
    }
}
