package io.minimalcluster.client;

import io.minimalcluster.model.environment.NewEnvironment;
import io.minimalcluster.model.job.JobOptions;

/** Code to be run in one call: its sources, the method of them, what to map it over, and how. */
public record NewRun(NewEnvironment code, String function, Arguments arguments, JobOptions options) {
    public NewRun(NewEnvironment code, String function, Arguments arguments) {
        this(code, function, arguments, JobOptions.DEFAULTS);
    }
}
