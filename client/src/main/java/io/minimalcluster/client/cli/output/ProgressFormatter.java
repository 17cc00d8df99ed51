package io.minimalcluster.client.cli.output;

import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.job.TaskCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Formats the progress of a job for all progress displays. */
public final class ProgressFormatter {
    /** Below this share of ended tasks, the estimate of the remaining time is too inaccurate to show. */
    private static final double MIN_SHARE_FOR_ESTIMATE = 0.01;

    private ProgressFormatter() {}

    /** The number of tasks that have run to their end. A cancelled task has not. */
    public static long ended(TaskCounts tasks) {
        return tasks.succeeded() + tasks.failed();
    }

    /** The share of ended tasks in percent, such as {@code 31 %}. */
    public static String percent(TaskCounts tasks) {
        return (int) (share(tasks) * 100) + " %";
    }

    /** The share of ended tasks from 0 to 1. The share of a job without tasks is 1. */
    static double share(TaskCounts tasks) {
        return tasks.total() == 0 ? 1 : (double) ended(tasks) / tasks.total();
    }

    /** Formats the progress of a job, such as {@code 31 % 310,000 of 1,000,000 410,000/s 2 s left}. */
    static String of(Job job, double rate) {
        TaskCounts tasks = job.tasks();
        StringBuilder text =
                new StringBuilder("%5s  %s of %s".formatted(percent(tasks), count(ended(tasks)), count(tasks.total())));
        if (tasks.failed() > 0) {
            text.append("  ").append(count(tasks.failed())).append(" failed");
        }
        if (job.state() == JobState.QUEUED && job.reason() != null) {
            return text.append("  ").append(job.reason()).toString();
        }
        if (rate > 0 && !job.state().isTerminal()) {
            text.append("  ").append(rate(rate));
            if (share(tasks) >= MIN_SHARE_FOR_ESTIMATE) {
                text.append("  ").append(time(remaining(job, rate))).append(" left");
            }
        }
        return text.toString();
    }

    /** Draws a bar of a part of all, such as {@code [###·······]}. A bar of nothing is full. */
    public static String bar(long part, long all, int width) {
        int full = all == 0 ? width : (int) (Math.clamp((double) part / all, 0, 1) * width);
        return "[" + "#".repeat(full) + "·".repeat(width - full) + "]";
    }

    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Formats a count with its noun, such as {@code 1 task} and {@code 2,000 tasks}. */
    public static String counted(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** Formats the ended tasks of all, such as {@code 615/2,000}. */
    public static String done(TaskCounts tasks) {
        return count(ended(tasks)) + "/" + count(tasks.total());
    }

    public static String rate(double perSecond) {
        return perSecond < 10
                ? String.format(Locale.ROOT, "%.1f/s", perSecond)
                : String.format(Locale.ROOT, "%,.0f/s", perSecond);
    }

    /** Formats a duration, such as {@code 0.4 s}, {@code 12 s}, {@code 3 min 20 s}, {@code 5 h 3 min}. */
    public static String time(Duration time) {
        if (time.toSeconds() < 10) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        if (time.toSeconds() < 60) {
            return time.toSeconds() + " s";
        }
        return time.toMinutes() < 60
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toHours() + " h " + time.toMinutesPart() + " min";
    }

    /**
     * Formats the time since an instant in one unit or two, such as {@code 45s}, {@code 12m}, {@code 5h3m}, {@code 4d}.
     */
    public static String age(Instant since, Instant now) {
        Duration age = Duration.between(since, now);
        if (age.toSeconds() < 60) {
            return Math.max(0, age.toSeconds()) + "s";
        }
        if (age.toMinutes() < 60) {
            return age.toMinutes() + "m";
        }
        if (age.toHours() < 10) {
            return age.toHours() + "h" + (age.toMinutesPart() == 0 ? "" : age.toMinutesPart() + "m");
        }
        return age.toHours() < 48 ? age.toHours() + "h" : age.toDays() + "d";
    }

    private static Duration remaining(Job job, double rate) {
        Double eta = job.etaSeconds();
        double seconds =
                eta != null ? eta : (job.tasks().pending() + job.tasks().running()) / rate;
        return Duration.ofMillis((long) (seconds * 1000));
    }
}
