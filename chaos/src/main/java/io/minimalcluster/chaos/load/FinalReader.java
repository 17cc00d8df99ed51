package io.minimalcluster.chaos.load;

import io.minimalcluster.chaos.history.History;
import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** Waits after the last fault until every job has ended, and then reads the final state. */
public final class FinalReader {
    private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    private final CallRecorder recorder;
    private final History history;

    public FinalReader(CallRecorder recorder, History history) {
        this.recorder = recorder;
        this.history = history;
    }

    static boolean isEnd(JsonNode job) {
        return ENDS.contains(job.path("state").asString());
    }

    /**
     * Resumes paused jobs and waits for the end of all jobs. After the timeout it returns, and the checks report the
     * violation.
     */
    public void awaitEnds(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            List<JsonNode> open = all().stream().filter(job -> !isEnd(job)).toList();
            if (open.isEmpty() || System.nanoTime() - deadline > 0) {
                return;
            }
            for (JsonNode job : open) {
                if (job.path("state").asString().equals("PAUSED")) {
                    recorder.change(Operation.RESUME, job.path("id").asString(), "resume");
                }
            }
            LockSupport.parkNanos(500_000_000L);
        }
    }

    /** Reads every job, its log and its values. */
    public void readAll() {
        long call = history.invoke(recorder.client(), Operation.LIST, Map.of());
        List<JsonNode> jobs = all();
        history.end(call, recorder.client(), Operation.LIST, Phase.OK, Map.of("jobs", facts(jobs)));
        for (JsonNode job : jobs) {
            String id = job.path("id").asString();
            recorder.job(id, Duration.ZERO);
            recorder.log(id, 0);
            if (isEnd(job)) {
                recorder.values(id);
            }
        }
    }

    private static List<Map<String, ?>> facts(List<JsonNode> jobs) {
        List<Map<String, ?>> all = new ArrayList<>();
        for (JsonNode job : jobs) {
            Map<String, Object> facts = new HashMap<>(CallRecorder.job(job));
            facts.remove("job");
            facts.put("id", job.path("id").asString());
            facts.put("name", job.path("name").asString(""));
            all.add(facts);
        }
        return all;
    }

    /** Every job, page by page. */
    private List<JsonNode> all() {
        List<JsonNode> jobs = new ArrayList<>();
        String next = "";
        do {
            String after = next.isEmpty() ? "" : "&after=" + next;
            JsonNode page = page("/jobs?limit=100" + after);
            page.path("items").forEach(jobs::add);
            next = page.path("next").asString("");
        } while (!next.isEmpty());
        return jobs;
    }

    private JsonNode page(String path) {
        for (int attempt = 0; attempt < 60; attempt++) {
            CallResponse response = recorder.calls().get(path);
            if (response.isOk()) {
                return response.json().orElseThrow();
            }
            LockSupport.parkNanos(500_000_000L);
        }
        throw new IllegalStateException("the master does not answer after the last fault");
    }
}
