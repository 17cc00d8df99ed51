package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.error.MasterException.InvalidOption;
import io.minimalcluster.master.scheduling.JobRequirements;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.support.ByteSize;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bounds and defaults of the options of a job. */
final class JobOptionsValidator {
    static final int PRIORITY = 5;
    static final int MAX_ATTEMPTS = 3;
    static final double TASK_TIMEOUT_SECONDS = 3600;

    private static final int HIGHEST_PRIORITY = 9;
    private static final int MAX_ATTEMPTS_ALLOWED = 100;
    private static final int MAX_BATCH_SIZE = 1_000_000;
    private static final double SHORTEST_SECONDS = 0.001;
    private static final double MAX_SECONDS = 1e8;
    private static final int NAME = 200;
    private static final int REQUIRES = 2_000;
    private static final int ENTRIES = 50;
    private static final Pattern CLASS_NAME =
            Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*+"
                    + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*+)*+");

    private JobOptionsValidator() {}

    static void check(JobOptions options) {
        within("priority", options.priority(), 0, HIGHEST_PRIORITY);
        within("maxAttempts", options.maxAttempts(), 1, MAX_ATTEMPTS_ALLOWED);
        within("batchSize", options.batchSize(), 1, MAX_BATCH_SIZE);
        within("taskTimeoutSeconds", options.taskTimeoutSeconds(), 0, MAX_SECONDS);
        within("deadlineSeconds", options.deadlineSeconds(), SHORTEST_SECONDS, MAX_SECONDS);
        within("keepSeconds", options.keepSeconds(), 0, MAX_SECONDS);
        length("name", options.name());
        named("reduce", options.reduce());
        labels("labels", options.labels() == null ? Map.of() : options.labels());
        labels("requires", options.requires() == null ? Map.of() : options.requires());
        requires(options.requires() == null ? Map.of() : options.requires());
        classes("retryOn", options.retryOn() == null ? List.of() : options.retryOn());
    }

    private static void within(String field, @Nullable Number value, double least, double greatest) {
        if (value != null && !(value.doubleValue() >= least && value.doubleValue() <= greatest)) {
            String allowed = plain(least) + " to " + plain(greatest);
            throw new InvalidOption(field, allowed, field + " is " + allowed + ".");
        }
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
    }

    private static void length(String field, @Nullable String text) {
        if (text != null && text.length() > NAME) {
            throw new InvalidOption(field, "at most " + NAME + " characters", field + " is too long.");
        }
        if (text != null && text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidOption(field, "no control characters", field + " has a control character.");
        }
    }

    private static void labels(String field, Map<String, String> labels) {
        count(field, labels.size());
        labels.forEach((name, value) -> {
            named(field, name);
            length(field, value);
        });
    }

    private static void named(String field, @Nullable String name) {
        if (name != null && name.isBlank()) {
            throw new InvalidOption(field, "a name", field + " has an empty name.");
        }
        length(field, name);
    }

    /** Limits the length of the requirements, because each poll of a worker reads them. */
    private static void requires(Map<String, String> labels) {
        long length = labels.entrySet().stream()
                .mapToLong(label -> label.getKey().length() + label.getValue().length())
                .sum();
        if (length > REQUIRES) {
            throw new InvalidOption(
                    "requires", "at most " + REQUIRES + " characters altogether", "requires is too long.");
        }
        String memory = labels.get(JobRequirements.MEMORY);
        if (memory != null) {
            memory(memory);
        }
    }

    private static void memory(String size) {
        try {
            ByteSize.valueOf(size);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new InvalidOption(
                    "requires", "memory as a size, such as 512m or 2g", "The memory of requires is not a size.");
        }
    }

    private static void classes(String field, List<String> names) {
        count(field, names.size());
        names.forEach(name -> {
            boolean isPlain = name.chars().noneMatch(Character::isISOControl); // Java ignores some in identifiers
            if (name.length() > NAME || !isPlain || !CLASS_NAME.matcher(name).matches()) {
                throw new InvalidOption(
                        field,
                        "names of classes, such as java.io.IOException",
                        field + " has a name that is not a class name.");
            }
        });
    }

    private static void count(String field, int entries) {
        if (entries > ENTRIES) {
            throw new InvalidOption(field, "at most " + ENTRIES, field + " has too many entries.");
        }
    }
}
