package io.minimalcluster.master.job.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.job.notify.JobSubscription;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.job.TaskCounts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@Timeout(180)
class EventWriterTest {
    private static final long SEQ = 7;

    private final JobSubscriptions subscriptions = new JobSubscriptions();

    private static Job job(JobState state, long running, long succeeded) {
        return new Job(
                new JobId("job-1"),
                null,
                null,
                "f(long)",
                new EnvironmentId("env-1"),
                state,
                null,
                new TaskCounts(10, 10 - running - succeeded, running, succeeded, 0, 0),
                0,
                null,
                Instant.EPOCH,
                null,
                null,
                "me",
                JobOptions.DEFAULTS,
                null);
    }

    private String events(LastEventId lastEventId, Job... snapshots) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Iterator<Job> next = List.of(snapshots).iterator();
        try (JobSubscription subscription = subscriptions.follow(SEQ)) {
            new EventWriter(JsonMapper.shared(), out, lastEventId)
                    .write(
                            () -> {
                                subscriptions.changed(SEQ);
                                return next.next();
                            },
                            subscription,
                            Duration.ofMillis(1));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<String> lines(String events, String field) {
        return events.lines()
                .filter(line -> line.startsWith(field + ": "))
                .map(line -> line.substring(field.length() + 2))
                .toList();
    }

    @Test
    void streamHasProgressAndStatesAndEndsWithTheFinalState() throws Exception {
        String events = events(
                LastEventId.NONE,
                job(JobState.QUEUED, 0, 0),
                job(JobState.RUNNING, 4, 0),
                job(JobState.RUNNING, 4, 0),
                job(JobState.SUCCEEDED, 0, 10));

        assertThat(lines(events, "event"))
                .containsExactly("progress", "state", "progress", "state", "progress", "state");
        assertThat(lines(events, "id")).doesNotHaveDuplicates().endsWith("10-0-SUCCEEDED");
        assertThat(lines(events, "data").getLast()).contains("\"state\":\"SUCCEEDED\"");
        assertThat(events).endsWith("\n\n");
    }

    @Test
    void streamResumesAfterAnyLastEventId() throws Exception {
        Job last = job(JobState.SUCCEEDED, 0, 10);
        String all = events(LastEventId.NONE, job(JobState.QUEUED, 0, 0), last);
        List<String> ids = lines(all, "id");
        for (int read = 1; read < ids.size(); read++) {
            String rest = events(LastEventId.of(ids.get(read - 1)), last);
            assertThat(lines(rest, "id")).as("after %s", ids.get(read - 1)).endsWith(ids.getLast());
            assertThat(lines(rest, "id")).doesNotContain(ids.get(read - 1));
        }
        assertThat(LastEventId.of(ids.getLast())).isEqualTo(LastEventId.of(last));
    }

    @Test
    void commentsKeepTheStreamAlive() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Iterator<Job> next = List.of(job(JobState.QUEUED, 0, 0), job(JobState.CANCELLED, 0, 0))
                .iterator();
        try (JobSubscription subscription = subscriptions.follow(SEQ)) {
            new EventWriter(JsonMapper.shared(), out, LastEventId.NONE)
                    .write(next::next, subscription, Duration.ofMillis(1));
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\n: ");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"x", "1-2", "1-2-LOST", "1-2-RUNNING-3", "99999999999999999999-0-RUNNING"})
    void malformedLastEventIdIsNone(String text) {
        assertThat(LastEventId.of(text)).isEqualTo(LastEventId.NONE);
    }
}
