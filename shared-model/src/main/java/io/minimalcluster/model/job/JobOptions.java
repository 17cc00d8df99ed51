package io.minimalcluster.model.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of a job; null means the default.
 *
 * @param name how people call it
 * @param priority 0–9, 5 by default; higher goes first
 * @param taskTimeoutSeconds how long one task may run, 3600 by default; 0 for no limit
 * @param maxAttempts how often a task is run that ends in a crash or out of memory, 3 by default
 * @param batchSize tasks handed out together; adapted to their speed by default
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobOptions(
        @Nullable String name,
        @Nullable Map<String, String> labels,
        @Nullable Integer priority,
        @Nullable Double taskTimeoutSeconds,
        @Nullable Integer maxAttempts,
        @Nullable Integer batchSize) {
    /** Every default. */
    public static final JobOptions DEFAULTS = new JobOptions(null, null, null, null, null, null);
}
