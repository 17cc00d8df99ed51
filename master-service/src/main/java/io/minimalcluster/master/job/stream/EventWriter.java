package io.minimalcluster.master.job.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.minimalcluster.master.http.budget.ResponseBuffer;
import io.minimalcluster.master.job.notify.JobSubscription;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.job.TaskCounts;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes the changes of a job as server-sent events. Changes between two events are merged. */
final class EventWriter {
    /** Minimum interval between two events. */
    private static final Duration MIN_INTERVAL = Duration.ofMillis(250);

    private final JsonMapper json;
    private final OutputStream out;
    private LastEventId lastSent;

    /** @param lastSent the last event that the reader has received */
    EventWriter(JsonMapper json, OutputStream out, LastEventId lastSent) {
        this.json = json;
        this.out = out;
        this.lastSent = lastSent;
    }

    /** Writes events until the job has ended or the master shuts down. */
    void write(Supplier<Job> readJob, JobSubscription subscription, Duration keepAlive)
            throws IOException, InterruptedException {
        out.write("retry: 2000\n\n".getBytes(UTF_8));
        out.flush();
        while (!subscription.isClosing()) {
            Event event = ResponseBuffer.part(() -> writeEvent(readJob.get()));
            out.flush();
            if (event.isLast()) {
                return;
            }
            if (event.hasChanged()) {
                subscription.pause(MIN_INTERVAL);
            }
            if (!subscription.await(keepAlive) && !subscription.isClosing()) {
                out.write(": keep-alive\n\n".getBytes(UTF_8));
            }
        }
    }

    /** Writes the counts before the state, so that the event with the final state is the last one. */
    private Event writeEvent(Job job) throws IOException {
        LastEventId now = LastEventId.of(job);
        boolean counts = !lastSent.hasCountsOf(now);
        if (counts) {
            lastSent = lastSent.withCountsOf(now);
            event("progress", new Progress(job.tasks(), job.throughput(), job.etaSeconds()));
        }
        boolean state = lastSent.state() != now.state();
        if (state) {
            lastSent = now;
            event("state", new State(job.state(), job.reason(), job.startedAt(), job.finishedAt()));
        }
        return new Event(counts || state, job.state().isTerminal());
    }

    private record Event(boolean hasChanged, boolean isLast) {}

    private void event(String name, Object data) throws IOException {
        String event = "id: " + lastSent + "\nevent: " + name + "\ndata: " + json.writeValueAsString(data) + "\n\n";
        out.write(event.getBytes(UTF_8));
    }

    private record Progress(
            TaskCounts tasks, double throughput, @Nullable Double etaSeconds) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record State(
            JobState state,
            @Nullable String reason,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {}
}
