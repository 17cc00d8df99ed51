package io.minimalcluster.chaos.recovery;

import io.minimalcluster.chaos.load.CallResponse;
import io.minimalcluster.chaos.load.SingleCalls;
import java.time.Duration;
import java.util.Optional;

/** A worker that takes no work, and asks again and again until it is answered. */
final class PollProbe {
    static final String NAME = "poll-probe";
    private static final int FORGOTTEN = 410;

    private final SingleCalls master;
    private String id;
    private long asked;

    /** Registers, with calls that show a worker's key. */
    PollProbe(SingleCalls master) {
        this.master = master;
        this.id = register().orElseThrow();
    }

    private Optional<String> register() {
        CallResponse response = post("/workers", """
                {"name":"%s","host":"localhost","pid":1,"slots":1,"labels":{},"local":false,"isolation":"process",\
                "version":"0.1.0","javaVersion":"25","protocol":1}""".formatted(NAME));
        return response.isOk()
                ? response.json().map(worker -> worker.path("workerId").asString())
                : Optional.empty();
    }

    /** Asks until it is answered; false if that does not happen within this time. */
    boolean isAnswered(Duration longest) {
        return ClusterObserver.await(longest, () -> Optional.of(ask()).filter(CallResponse::isOk))
                .isPresent();
    }

    private CallResponse ask() {
        String body = "{\"requestId\":\"probe-%d\",\"slots\":0,\"held\":[]}".formatted(++asked);
        CallResponse response = post("/workers/" + id + "/poll?wait=0s", body);
        if (response.status() == FORGOTTEN) { // a worker of which nothing is heard for an hour is
            id = register().orElse(id);
        }
        return response;
    }

    private CallResponse post(String path, String body) {
        return master.post(path, "application/json", body, "");
    }
}
