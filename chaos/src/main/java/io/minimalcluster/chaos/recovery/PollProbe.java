package io.minimalcluster.chaos.recovery;

import io.minimalcluster.chaos.load.Answer;
import io.minimalcluster.chaos.load.Calls;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A worker that takes no work, and asks again and again until it is answered. */
public final class PollProbe {
    private static final long LONGEST_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int FORGOTTEN = 410;

    private final Calls master;
    private final Times times;
    private String id;

    /** Registers, with calls that show a worker's key. */
    public PollProbe(Calls master, Times times) {
        this.master = master;
        this.times = times;
        this.id = register().orElseThrow();
    }

    private Optional<String> register() {
        Answer answer = post("/workers", """
                {"name":"poll-probe","host":"localhost","pid":1,"slots":1,"labels":{},"local":false,"isolation":"process",\
                "version":"0.1.0","javaVersion":"25","protocol":1}""");
        return answer.isOk()
                ? answer.json().map(worker -> worker.path("workerId").asString())
                : Optional.empty();
    }

    /** Measures how long it takes from this moment on until a poll is answered. */
    public void measure(long sinceNanos) {
        for (int request = 0; System.nanoTime() - sinceNanos < LONGEST_NANOS; request++) {
            String body = "{\"requestId\":\"probe-%d-%d\",\"slots\":0,\"held\":[]}".formatted(sinceNanos, request);
            Answer answer = post("/workers/" + id + "/poll?wait=0s", body);
            if (answer.status() == FORGOTTEN) { // a worker of which nothing is heard for an hour is
                id = register().orElse(id);
            }
            if (answer.isOk()) {
                times.add(Duration.ofNanos(System.nanoTime() - sinceNanos));
                return;
            }
            LockSupport.parkNanos(20_000_000L);
        }
    }

    Times times() {
        return times;
    }

    private Answer post(String path, String body) {
        return master.post(path, "application/json", body, "");
    }
}
