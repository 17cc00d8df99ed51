package io.minimalcluster.client;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.job.JobOptions;

/** A request for a job: target function, arguments and options. */
public record NewJob(Target target, Arguments arguments, JobOptions options) {
    /** A reference to a target function. */
    public sealed interface Target {}

    /** A target function by its registered name. */
    public record Registered(String function) implements Target {}

    /** A target function by its method in an environment: {@code square}, {@code Pi.square} or {@code square(long)}. */
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
