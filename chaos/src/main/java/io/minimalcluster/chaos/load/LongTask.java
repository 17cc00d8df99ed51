package io.minimalcluster.chaos.load;

import java.util.function.Supplier;

/** A job with one long task. The task is repeated only if its worker is lost. */
public final class LongTask {
    private static final String SOURCE = """
            int rest(int seconds) throws InterruptedException {
                Thread.sleep(1000L * seconds);
                return seconds;
            }
            """;

    private final SingleCalls calls;
    private final String environment;
    private String job = "";
    private int count;

    /** Loads the environment. */
    public LongTask(SingleCalls calls) {
        this.calls = calls;
        this.environment = idOf(() -> calls.post("/environments", "text/plain", SOURCE, ""));
    }

    /** Starts a new job and returns the path of its task. */
    public String start() {
        String body = "{\"environmentId\":\"%s\",\"method\":\"rest\",\"args\":[3600],\"options\":{\"copies\":false}}"
                .formatted(environment);
        String key = "long-task-" + ++count;
        job = idOf(() -> calls.post("/jobs", "application/json", body, key));
        return "/jobs/" + job + "/tasks/0";
    }

    public void end() {
        calls.post("/jobs/" + job + "/cancel");
    }

    private static String idOf(Supplier<CallResponse> call) {
        return LoadPreparation.retryUntilOk(call).path("id").asString();
    }
}
