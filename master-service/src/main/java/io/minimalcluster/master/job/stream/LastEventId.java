package io.minimalcluster.master.job.stream;

import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.job.TaskCounts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of events knows of a job: enough to tell it only what is new, wherever it goes on reading.
 *
 * @param done tasks that have succeeded or failed
 * @param state null where it was not told yet
 */
record LastEventId(long done, long running, @Nullable JobState state) {
    /** Whoever knows nothing. */
    static final LastEventId NONE = new LastEventId(-1, -1, null);

    private static final Pattern FORM = Pattern.compile("(-?\\d{1,18})-(-?\\d{1,18})-([A-Z]+)");

    /** Reads what a reader was told last; one that can't be read knows nothing. */
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

    /** With the counts of another. */
    LastEventId withCountsOf(LastEventId other) {
        return new LastEventId(other.done, other.running, state);
    }

    @Override
    public String toString() {
        return done + "-" + running + "-" + (state == null ? "NONE" : state.name());
    }
}
