package io.minimalcluster.model.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of a job; null means the default.
 *
 * @param name a display name
 * @param labels labels for finding the job
 * @param priority 0–9, 5 by default; higher goes first
 * @param taskTimeoutSeconds the task timeout, 3600 by default; 0 for no limit
 * @param deadlineSeconds the time from creation after which the job ends; none by default
 * @param maxAttempts the maximum number of attempts of a task that ends in a crash, in an out-of-memory error, or in an
 *     exception named in {@code retryOn}; 3 by default
 * @param retryOn names of exception classes that lead to another attempt; none by default
 * @param maxFailures the number of tasks that may fail before the job ends; unlimited by default
 * @param batchSize the number of tasks per batch; adapted to their speed by default
 * @param copies whether stragglers may get a speculative copy, where the first outcome counts; true by default
 * @param network whether the tasks need network access, which not every worker provides; false by default
 * @param requires labels that a worker must have; none by default
 * @param reduce the reduction: {@code sum}, {@code count}, {@code min}, {@code max}, {@code mean}, or a method of the
 *     environment; none by default
 * @param keepSeconds the retention time after the end of the job; that of the master by default
 * @param shared a value that every task gets as the last parameter of the function; none by default
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobOptions(
        @Nullable String name,
        @Nullable Map<String, String> labels,
        @Nullable Integer priority,
        @Nullable Double taskTimeoutSeconds,
        @Nullable Double deadlineSeconds,
        @Nullable Integer maxAttempts,
        @Nullable List<String> retryOn,
        @Nullable MaxFailures maxFailures,
        @Nullable Integer batchSize,
        @Nullable Boolean copies,
        @Nullable Boolean network,
        @Nullable Map<String, String> requires,
        @Nullable String reduce,
        @Nullable Double keepSeconds,
        @Nullable RawJson shared) {
    /** Options with all defaults. */
    public static final JobOptions DEFAULTS = builder().build();

    public JobOptions {
        labels = labels == null ? null : Map.copyOf(labels);
        retryOn = retryOn == null ? null : List.copyOf(retryOn);
        requires = requires == null ? null : Map.copyOf(requires);
    }

    /** A copy without {@link #shared()}, which may be as long as arguments. */
    public JobOptions withoutShared() {
        return withShared(null);
    }

    /** A copy with this {@link #shared()}. */
    public JobOptions withShared(@Nullable RawJson value) {
        return new JobOptions(
                name,
                labels,
                priority,
                taskTimeoutSeconds,
                deadlineSeconds,
                maxAttempts,
                retryOn,
                maxFailures,
                batchSize,
                copies,
                network,
                requires,
                reduce,
                keepSeconds,
                value);
    }

    /** Builds options from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder of options. Each method sets the component of its name. */
    public static final class Builder {
        private @Nullable String name;
        private @Nullable Map<String, String> labels;
        private @Nullable Integer priority;
        private @Nullable Double taskTimeoutSeconds;
        private @Nullable Double deadlineSeconds;
        private @Nullable Integer maxAttempts;
        private @Nullable List<String> retryOn;
        private @Nullable MaxFailures maxFailures;
        private @Nullable Integer batchSize;
        private @Nullable Boolean copies;
        private @Nullable Boolean network;
        private @Nullable Map<String, String> requires;
        private @Nullable String reduce;
        private @Nullable Double keepSeconds;
        private @Nullable RawJson shared;

        private Builder() {}

        public Builder name(String value) {
            name = value;
            return this;
        }

        public Builder labels(Map<String, String> value) {
            labels = value;
            return this;
        }

        public Builder priority(Integer value) {
            priority = value;
            return this;
        }

        public Builder taskTimeoutSeconds(Double value) {
            taskTimeoutSeconds = value;
            return this;
        }

        public Builder deadlineSeconds(Double value) {
            deadlineSeconds = value;
            return this;
        }

        public Builder maxAttempts(Integer value) {
            maxAttempts = value;
            return this;
        }

        public Builder retryOn(List<String> value) {
            retryOn = value;
            return this;
        }

        public Builder maxFailures(MaxFailures value) {
            maxFailures = value;
            return this;
        }

        public Builder batchSize(Integer value) {
            batchSize = value;
            return this;
        }

        public Builder copies(Boolean value) {
            copies = value;
            return this;
        }

        public Builder network(Boolean value) {
            network = value;
            return this;
        }

        public Builder requires(Map<String, String> value) {
            requires = value;
            return this;
        }

        public Builder reduce(String value) {
            reduce = value;
            return this;
        }

        public Builder keepSeconds(Double value) {
            keepSeconds = value;
            return this;
        }

        public Builder shared(RawJson value) {
            shared = value;
            return this;
        }

        public JobOptions build() {
            return new JobOptions(
                    name,
                    labels,
                    priority,
                    taskTimeoutSeconds,
                    deadlineSeconds,
                    maxAttempts,
                    retryOn,
                    maxFailures,
                    batchSize,
                    copies,
                    network,
                    requires,
                    reduce,
                    keepSeconds,
                    shared);
        }
    }
}
