package io.minimalcluster.chaos.load;

import io.minimalcluster.chaos.history.Phase;
import io.minimalcluster.chaos.job.JobRequest;
import io.minimalcluster.chaos.job.TaskBehaviour;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** What is there before anything is broken: the code that tasks run, and executors that have run some of it. */
public final class LoadPreparation {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final SingleCalls calls;

    public LoadPreparation(SingleCalls calls) {
        this.calls = calls;
    }

    /** Loads the code and gives its id. */
    public String load() {
        return done(() -> calls.post("/environments", "text/plain", TaskBehaviour.SOURCE, ""))
                .path("id")
                .asString();
    }

    /** Runs a job to its end; it is no part of the history, and deleted. */
    public void warmUp(String environment) {
        JobRequest order = new JobRequest("warm-up", TaskBehaviour.CALM, JobRequest.Form.RANGE, 0, 1, 200, true);
        String id = done(() -> calls.post("/jobs", "application/json", order.body(environment), order.name()))
                .path("id")
                .asString();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!FinalReader.isEnd(done(() -> calls.get("/jobs/" + id + "?wait=5s")))) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the cluster does not work before anything is broken");
            }
        }
        calls.delete("/jobs/" + id);
    }

    /** Asks until it is answered: a machine may be busy. */
    static JsonNode done(Supplier<CallResponse> call) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        CallResponse response = call.get();
        while (!response.isOk()) {
            if (response.phase() == Phase.FAIL || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("refused before anything is broken: " + response);
            }
            LockSupport.parkNanos(100_000_000L);
            response = call.get();
        }
        return response.json().orElseThrow();
    }
}
