package io.minimalcluster.master.job;

import io.minimalcluster.master.problem.MasterException.InvalidOption;
import io.minimalcluster.model.job.JobOptions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bounds of a job's options, and their defaults. */
final class JobOptionsRules {
    static final int PRIORITY = 5;
    static final int MAX_ATTEMPTS = 3;
    static final double TASK_TIMEOUT_SECONDS = 3600;

    private static final int HIGHEST_PRIORITY = 9;
    private static final int MOST_ATTEMPTS = 100;
    private static final int LARGEST_BATCH = 1_000_000;
    private static final double LONGEST_SECONDS = 1e8;
    private static final int NAME = 200;
    private static final int ENTRIES = 50;

    private JobOptionsRules() {}

    static void check(JobOptions options) {
        within("priority", options.priority(), 0, HIGHEST_PRIORITY);
        within("maxAttempts", options.maxAttempts(), 1, MOST_ATTEMPTS);
        within("batchSize", options.batchSize(), 1, LARGEST_BATCH);
        within("taskTimeoutSeconds", options.taskTimeoutSeconds(), 0, LONGEST_SECONDS);
        within("deadlineSeconds", options.deadlineSeconds(), 0, LONGEST_SECONDS);
        if (options.deadlineSeconds() != null && options.deadlineSeconds() == 0) {
            throw new InvalidOption("deadlineSeconds", "more than 0", "A job with deadlineSeconds 0 could never run.");
        }
        within("keepSeconds", options.keepSeconds(), 0, LONGEST_SECONDS);
        length("name", options.name());
        length("reduce", options.reduce());
        labels("labels", options.labels() == null ? Map.of() : options.labels());
        labels("requires", options.requires() == null ? Map.of() : options.requires());
        classes("retryOn", options.retryOn() == null ? List.of() : options.retryOn());
    }

    private static void within(String field, @Nullable Number value, double least, double greatest) {
        if (value != null && !(value.doubleValue() >= least && value.doubleValue() <= greatest)) {
            String allowed = plain(least) + " to " + plain(greatest);
            throw new InvalidOption(field, allowed, field + " is " + allowed + ".");
        }
    }

    private static String plain(double bound) {
        return String.valueOf((long) bound);
    }

    private static void length(String field, @Nullable String text) {
        if (text != null && text.length() > NAME) {
            throw new InvalidOption(field, "at most " + NAME + " characters", field + " is too long.");
        }
    }

    private static void labels(String field, Map<String, String> labels) {
        count(field, labels.size());
        labels.forEach((name, value) -> {
            length(field, name);
            length(field, value);
        });
    }

    private static void classes(String field, List<String> names) {
        count(field, names.size());
        names.forEach(name -> {
            length(field, name);
            if (name.isBlank()) {
                throw new InvalidOption(field, "names of exception classes", field + " has an empty name.");
            }
        });
    }

    private static void count(String field, int entries) {
        if (entries > ENTRIES) {
            throw new InvalidOption(field, "at most " + ENTRIES, field + " has too many entries.");
        }
    }
}
