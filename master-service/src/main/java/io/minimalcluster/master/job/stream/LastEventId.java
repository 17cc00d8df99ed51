package io.minimalcluster.master.job.stream;

import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.job.TaskCounts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Id of the last event that a reader received. It encodes enough to send only changes after a reconnect.
 *
 * @param done number of tasks that have succeeded or failed
 * @param state null where no state was sent yet
 */
record LastEventId(long done, long running, @Nullable JobState state) {
    /** Id of a reader without any event. */
    static final LastEventId NONE = new LastEventId(-1, -1, null);

    private static final Pattern FORM = Pattern.compile("(-?\\d{1,18})-(-?\\d{1,18})-([A-Z]+)");

    /** Parses the header {@code Last-Event-ID}. Returns {@link #NONE} for an unreadable value. */
    static LastEventId of(@Nullable String text) {
        Matcher form = FORM.matcher(text == null ? "" : text);
        if (!form.matches()) {
            return NONE;
        }
        for (JobState state : JobState.values()) {
            if (state.name().equals(form.group(3))) {
                return new LastEventId(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)), state);
            }
        }
        return NONE;
    }

    static LastEventId of(Job job) {
        TaskCounts tasks = job.tasks();
        return new LastEventId(tasks.succeeded() + tasks.failed(), tasks.running(), job.state());
    }

    boolean hasCountsOf(LastEventId other) {
        return done == other.done && running == other.running;
    }

    /** A copy with the counts of another id. */
    LastEventId withCountsOf(LastEventId other) {
        return new LastEventId(other.done, other.running, state);
    }

    @Override
    public String toString() {
        return done + "-" + running + "-" + (state == null ? "NONE" : state.name());
    }
}
