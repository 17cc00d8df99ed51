package io.minimalcluster.master.job.argument;

import io.minimalcluster.model.support.ByteSize;
import io.minimalcluster.worker.settings.SettingCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of a job's arguments, from {@code minimalcluster.limits}.
 *
 * @param jobBytes total bytes of the arguments of a job
 * @param jobTasks number of tasks of a job
 * @param argumentBytes bytes of one argument
 * @param jobsPerOwner quota of unfinished jobs per client
 */
@ConfigurationProperties("minimalcluster.limits")
public record ArgumentLimits(
        @DefaultValue("10GB") ByteSize jobBytes,
        @DefaultValue("2147483647") long jobTasks,
        @DefaultValue("16MB") ByteSize argumentBytes,
        @DefaultValue("10000") int jobsPerOwner) {
    public ArgumentLimits {
        ByteSize min = new ByteSize(1);
        SettingCheck.range("minimalcluster.limits.job-bytes", jobBytes, min, ByteSize.MAX);
        SettingCheck.range("minimalcluster.limits.job-tasks", jobTasks, 1L, (long) Integer.MAX_VALUE);
        SettingCheck.range("minimalcluster.limits.argument-bytes", argumentBytes, min, ByteSize.ofMebibytes(1024));
        SettingCheck.range("minimalcluster.limits.jobs-per-owner", jobsPerOwner, 1, Integer.MAX_VALUE);
    }
}
