package io.minimalcluster.master.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.master.worker.TestWorkers;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.JobOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Allocation of jobs whose requirements only some workers meet. */
@Tag("store")
class AllocationByRequirementsTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    Path folder;

    private final BatchAllocator batchAllocator = TestLeases.allocator(CLOCK);
    private Store store;
    private TestJobs jobs;
    private WorkerId plain;
    private WorkerId gpuWorker;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        jobs = new TestJobs(store, CLOCK);
        TestWorkers workers = new TestWorkers(store, CLOCK);
        plain = workers.register("plain", 2);
        gpuWorker = workers.register("gpu", 2, Map.of("gpu", "yes", "zone", "a"), true);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private long job(int priority, Map<String, String> requires, boolean network) {
        return jobs.add(
                2,
                JobOptions.builder()
                        .priority(priority)
                        .requires(requires)
                        .network(network)
                        .batchSize(1)
                        .build());
    }

    private List<Long> take(WorkerId worker, int batches) {
        return store.writeAndWait(sql -> batchAllocator.allocate(sql, worker, "r" + batches, batches)).stream()
                .map(Lease::jobSeq)
                .toList();
    }

    @Test
    void unsatisfiableJobBlocksNoOther() {
        job(9, Map.of("gpu", "no"), false);
        long served = job(5, Map.of(), false);

        assertThat(take(plain, 4)).containsExactly(served, served);
        assertThat(take(gpuWorker, 4)).isEmpty();
    }

    @Test
    void jobGoesToWorkersWithItsLabels() {
        long gpu = job(5, Map.of("gpu", "yes"), false);
        long network = job(5, Map.of(), true);

        assertThat(take(plain, 8)).isEmpty();
        assertThat(store.read(batchAllocator::requirementsOfReady)).hasSize(2).doesNotContain(JobRequirements.NONE);
        assertThat(take(gpuWorker, 8)).containsExactlyInAnyOrder(gpu, gpu, network, network);
        assertThat(store.read(batchAllocator::requirementsOfReady)).isEmpty();
    }

    @Test
    void workerServesQueuesByPriorityAndShare() {
        long low = job(1, Map.of(), false);
        long one = job(7, Map.of("gpu", "yes"), false);
        long other = job(7, Map.of("zone", "a"), false);

        assertThat(take(gpuWorker, 6)).containsExactly(one, other, one, other, low, low);
    }
}
