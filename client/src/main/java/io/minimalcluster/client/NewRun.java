package io.minimalcluster.client;

import io.minimalcluster.model.environment.NewEnvironment;
import io.minimalcluster.model.job.JobOptions;

/** A request for a run: sources, target function, arguments and options. */
public record NewRun(NewEnvironment code, String function, Arguments arguments, JobOptions options) {
    public NewRun(NewEnvironment code, String function, Arguments arguments) {
        this(code, function, arguments, JobOptions.DEFAULTS);
    }
}
