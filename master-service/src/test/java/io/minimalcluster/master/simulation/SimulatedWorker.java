package io.minimalcluster.master.simulation;

import io.minimalcluster.master.scheduling.JobRequirements;
import io.minimalcluster.master.scheduling.WorkerCapabilities;
import io.minimalcluster.master.simulation.StoreRows.JobRow;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.model.worker.NewWorker;
import io.minimalcluster.model.worker.PollRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of a worker: its id, capabilities, held leases and last poll. */
final class SimulatedWorker {
    /** Capabilities without labels and without network. */
    static final WorkerCapabilities NONE = new WorkerCapabilities(Map.of(), false, 0);

    private final WorkerId id;
    private final WorkerCapabilities capabilities;
    private final Map<LeaseId, SimulatedLease> held = new LinkedHashMap<>();
    private @Nullable PollRequest lastRequest;
    private boolean isHealthy = true;

    SimulatedWorker(WorkerId id, WorkerCapabilities capabilities) {
        this.id = id;
        this.capabilities = capabilities;
    }

    /** A registration request. */
    static NewWorker registration(int slots, WorkerCapabilities capabilities, @Nullable WorkerId replaces) {
        return new NewWorker(
                "worker",
                slots,
                capabilities.labels(),
                Isolation.PROCESS,
                "test",
                "25",
                1,
                NewWorker.PROTOCOL,
                replaces,
                null,
                false,
                capabilities.network(),
                null);
    }

    WorkerId id() {
        return id;
    }

    Map<LeaseId, SimulatedLease> held() {
        return held;
    }

    @Nullable
    PollRequest lastRequest() {
        return lastRequest;
    }

    void recordRequest(PollRequest request) {
        lastRequest = request;
    }

    /** Whether heartbeats reach the master. */
    boolean isHealthy() {
        return isHealthy;
    }

    void isHealthy(boolean healthy) {
        isHealthy = healthy;
    }

    /** Whether pending tasks of the job can be allocated to this worker. */
    boolean isEligible(JobRow job) {
        return job.isReady() && canRun(job);
    }

    boolean canRun(JobRow job) {
        return JobRequirements.of(job.requirements()).areMetBy(capabilities);
    }

    @Override
    public String toString() {
        String text = id.value();
        return text.substring(0, Math.min(text.length(), 12));
    }
}
