package io.minimalcluster.master.job.argument;

import io.minimalcluster.worker.settings.ByteSize;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of what a job brings along: {@code minimalcluster.limits}.
 *
 * @param jobBytes all arguments of a job together
 * @param jobTasks how many tasks a job may have
 * @param argumentBytes one argument
 * @param jobsPerOwner unfinished jobs that one client may have
 */
@Validated
@ConfigurationProperties("minimalcluster.limits")
public record ArgumentLimits(
        @DefaultValue("10GB") ByteSize jobBytes,

        @DefaultValue("2147483647") @Min(1) @Max(Integer.MAX_VALUE)
        long jobTasks,

        @DefaultValue("16MB") ByteSize argumentBytes,
        @DefaultValue("10000") @Min(1) int jobsPerOwner) {
    private static final long LONGEST_ARGUMENT = 1024L * 1024 * 1024;

    public ArgumentLimits {
        if (argumentBytes.bytes() < 1 || argumentBytes.bytes() > LONGEST_ARGUMENT) {
            throw new IllegalArgumentException("minimalcluster.limits.argument-bytes must be 1 to 1g");
        }
    }
}
