package io.minimalcluster.chaos.recovery;

import io.minimalcluster.chaos.load.CallResponse;
import io.minimalcluster.chaos.load.SingleCalls;
import java.time.Duration;
import java.util.Optional;

/** A worker without slots that polls until the master answers. */
final class PollProbe {
    static final String NAME = "poll-probe";
    private static final int GONE = 410;

    private final SingleCalls master;
    private String id;
    private long polls;

    /**
     * Registers the worker.
     *
     * @param master calls with a worker key
     */
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

    /** Polls until the master answers; false after the timeout. */
    boolean awaitAnswer(Duration timeout) {
        return ClusterObserver.await(timeout, () -> Optional.of(poll()).filter(CallResponse::isOk))
                .isPresent();
    }

    private CallResponse poll() {
        String body = "{\"requestId\":\"probe-%d\",\"slots\":0,\"held\":[]}".formatted(++polls);
        CallResponse response = post("/workers/" + id + "/poll?wait=0s", body);
        if (response.status() == GONE) { // the master removes a worker an hour after its last contact
            id = register().orElse(id);
        }
        return response;
    }

    private CallResponse post(String path, String body) {
        return master.post(path, "application/json", body, "");
    }
}
