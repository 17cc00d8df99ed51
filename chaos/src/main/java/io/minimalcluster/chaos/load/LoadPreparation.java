package io.minimalcluster.chaos.load;

import io.minimalcluster.chaos.history.Phase;
import io.minimalcluster.chaos.job.JobRequest;
import io.minimalcluster.chaos.job.TaskBehaviour;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Prepares a run before the first fault: loads the environment and warms executors up. */
public final class LoadPreparation {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final SingleCalls calls;

    public LoadPreparation(SingleCalls calls) {
        this.calls = calls;
    }

    /** Loads the environment and returns its id. */
    public String load() {
        return retryUntilOk(() -> calls.post("/environments", "text/plain", TaskBehaviour.SOURCE, ""))
                .path("id")
                .asString();
    }

    /** Runs a job, which is not recorded, and deletes it. */
    public void warmUp(String environment) {
        JobRequest order = new JobRequest("warm-up", TaskBehaviour.CALM, JobRequest.Form.RANGE, 0, 1, 200, true);
        String id = retryUntilOk(() -> calls.post("/jobs", "application/json", order.body(environment), order.name()))
                .path("id")
                .asString();
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!FinalReader.isEnd(retryUntilOk(() -> calls.get("/jobs/" + id + "?wait=5s")))) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the warm-up job did not end before the first fault");
            }
        }
        calls.delete("/jobs/" + id);
    }

    /** Repeats a call until it succeeds, because the machine may be busy. */
    static JsonNode retryUntilOk(Supplier<CallResponse> call) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        CallResponse response = call.get();
        while (!response.isOk()) {
            if (response.phase() == Phase.FAIL || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("rejected before the first fault: " + response);
            }
            LockSupport.parkNanos(100_000_000L);
            response = call.get();
        }
        return response.json().orElseThrow();
    }
}
