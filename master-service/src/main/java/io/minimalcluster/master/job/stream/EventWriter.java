package io.minimalcluster.master.job.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
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

/** Writes what is new of a job as server-sent events; what changes faster than it is told is left out. */
final class EventWriter {
    /** At most four times a second. */
    private static final Duration PACE = Duration.ofMillis(250);

    private final JsonMapper json;
    private final OutputStream out;
    private LastEventId told;

    /** @param told what the reader knows */
    EventWriter(JsonMapper json, OutputStream out, LastEventId told) {
        this.json = json;
        this.out = out;
        this.told = told;
    }

    /** Writes until the job has ended or the master goes down. */
    void write(Supplier<Job> look, JobSubscription news, Duration keepAlive) throws IOException, InterruptedException {
        out.write("retry: 2000\n\n".getBytes(UTF_8));
        out.flush();
        while (!news.isClosing()) {
            Job job = look.get();
            boolean wasNew = writeEvent(job);
            out.flush();
            if (job.state().isTerminal()) {
                return;
            }
            if (wasNew) {
                news.pause(PACE);
            }
            if (!news.await(keepAlive) && !news.isClosing()) {
                out.write(": nothing new\n\n".getBytes(UTF_8));
            }
        }
    }

    /** Counts first, so that with the last state everything is told. */
    private boolean writeEvent(Job job) throws IOException {
        LastEventId now = LastEventId.of(job);
        boolean counts = !told.hasCountsOf(now);
        if (counts) {
            told = told.withCountsOf(now);
            event("progress", new Progress(job.tasks(), job.throughput(), job.etaSeconds()));
        }
        boolean state = told.state() != now.state();
        if (state) {
            told = now;
            event("state", new State(job.state(), job.reason(), job.startedAt(), job.finishedAt()));
        }
        return counts || state;
    }

    private void event(String name, Object data) throws IOException {
        String event = "id: " + told + "\nevent: " + name + "\ndata: " + json.writeValueAsString(data) + "\n\n";
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
