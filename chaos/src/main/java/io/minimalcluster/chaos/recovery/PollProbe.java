package io.minimalcluster.chaos.recovery;

import io.minimalcluster.chaos.load.Answer;
import io.minimalcluster.chaos.load.Calls;
import java.time.Duration;
import java.util.Optional;

/** A worker that takes no work, and asks again and again until it is answered. */
final class PollProbe {
    static final String NAME = "poll-probe";
    private static final int FORGOTTEN = 410;

    private final Calls master;
    private String id;
    private long asked;

    /** Registers, with calls that show a worker's key. */
    PollProbe(Calls master) {
        this.master = master;
        this.id = register().orElseThrow();
    }

    private Optional<String> register() {
        Answer answer = post("/workers", """
                {"name":"%s","host":"localhost","pid":1,"slots":1,"labels":{},"local":false,"isolation":"process",\
                "version":"0.1.0","javaVersion":"25","protocol":1}""".formatted(NAME));
        return answer.isOk()
                ? answer.json().map(worker -> worker.path("workerId").asString())
                : Optional.empty();
    }

    /** Asks until it is answered; false if that does not happen within this time. */
    boolean isAnswered(Duration longest) {
        return Sight.await(longest, () -> Optional.of(ask()).filter(Answer::isOk))
                .isPresent();
    }

    private Answer ask() {
        String body = "{\"requestId\":\"probe-%d\",\"slots\":0,\"held\":[]}".formatted(++asked);
        Answer answer = post("/workers/" + id + "/poll?wait=0s", body);
        if (answer.status() == FORGOTTEN) { // a worker of which nothing is heard for an hour is
            id = register().orElse(id);
        }
        return answer;
    }

    private Answer post(String path, String body) {
        return master.post(path, "application/json", body, "");
    }
}
