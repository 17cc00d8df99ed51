package io.minimalcluster.master.job.argument;

import io.minimalcluster.model.support.ByteSize;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of a job's arguments, from {@code minimalcluster.limits}.
 *
 * @param jobBytes total bytes of the arguments of a job
 * @param jobTasks number of tasks of a job
 * @param argumentBytes bytes of one argument
 * @param jobsPerOwner quota of unfinished jobs per client
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
