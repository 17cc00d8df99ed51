package io.minimalcluster.client;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.job.JobOptions;

/** A job to be posted: a target function, what to map it over, and how. */
public record NewJob(Target target, Arguments arguments, JobOptions options) {
    /** What names a target function. */
    public sealed interface Target {}

    /** A function by its registered name. */
    public record Registered(String function) implements Target {}

    /** A function by its place: {@code square}, {@code Pi.square} or {@code square(long)} of an environment. */
    public record Method(EnvironmentId environmentId, String method) implements Target {}

    public static NewJob of(String function, Arguments arguments) {
        return new NewJob(new Registered(function), arguments, JobOptions.DEFAULTS);
    }

    public static NewJob of(EnvironmentId environment, String method, Arguments arguments) {
        return new NewJob(new Method(environment, method), arguments, JobOptions.DEFAULTS);
    }

    public NewJob with(JobOptions changed) {
        return new NewJob(target, arguments, changed);
    }
}
