package io.minimalcluster.client.cli.output;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.TaskResult;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.TaskCounts;
import io.minimalcluster.model.job.TaskError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Formats the state of a job and its first errors. */
public final class JobSummary {
    private static final int ERRORS_SHOWN = 3;
    private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*");

    private JobSummary() {}

    public static String of(Job job) {
        TaskCounts tasks = job.tasks();
        String text = job.id() + " " + job.state() + ": " + ProgressFormatter.counted(tasks.total(), "task");
        if (tasks.failed() > 0) {
            text += ", " + ProgressFormatter.count(tasks.failed()) + " failed";
        }
        if (tasks.cancelled() > 0) {
            text += ", " + ProgressFormatter.count(tasks.cancelled()) + " cancelled";
        }
        return text + duration(job, ProgressFormatter.ended(tasks)) + reason(job);
    }

    /**
     * Formats the first errors of a job, and how to see the others.
     *
     * @param masterOptions options that select the master, for the suggested command
     */
    public static List<String> firstErrors(Client client, Job job, String masterOptions) {
        List<String> lines = new ArrayList<>();
        try (Stream<TaskResult> failures = client.failures(job.id())) {
            failures.limit(ERRORS_SHOWN)
                    .<String>mapMulti(JobSummary::describeError)
                    .forEach(lines::add);
        }
        if (job.tasks().failed() > ERRORS_SHOWN) {
            lines.add("and " + ProgressFormatter.count(job.tasks().failed() - ERRORS_SHOWN)
                    + " more: ./minimalcluster results " + job.id() + " --state failed" + masterOptions);
        }
        return lines;
    }

    /**
     * Formats an error, on one line, such as {@code java.lang.ArithmeticException: / by zero, at
     * Main.half(Main.java:3)}.
     */
    static String describe(TaskError error) {
        String what = error.type() == null ? error.kind().name().toLowerCase(Locale.ROOT) : error.type();
        String message = error.message() == null
                ? ""
                : ": " + LINE_BREAK.matcher(error.message()).replaceAll(" ");
        String place =
                error.stackTrace().isEmpty() ? "" : ", at " + error.stackTrace().getFirst();
        return what + message + place;
    }

    private static void describeError(TaskResult result, Consumer<String> found) {
        if (result.error() != null) {
            found.accept("task " + result.index() + ": " + describe(result.error()));
        }
    }

    /** The reason of the state, unless the count of failed tasks already gives it. */
    private static String reason(Job job) {
        return job.reason() == null || job.tasks().failed() > 0 ? "" : " (" + job.reason() + ")";
    }

    private static String duration(Job job, long ended) {
        Instant started = job.startedAt();
        Instant finished = job.finishedAt();
        if (started == null || finished == null) {
            return "";
        }
        Duration took = Duration.between(started, finished);
        double rate = ended * 1e9 / Math.max(1, took.toNanos());
        return " in " + ProgressFormatter.time(took) + ", " + ProgressFormatter.rate(rate);
    }
}
