package io.minimalcluster.master.job.run;

import io.minimalcluster.master.environment.PostedSources;
import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.model.job.JobOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run without its arguments.
 *
 * @param sources source text by file name
 * @param function a method of the sources
 */
record RunRequest(Map<String, String> sources, String function, JobOptions options) {
    RunRequest {
        sources = Map.copyOf(sources);
    }

    /** Creates a request from a single source without a file name. */
    static RunRequest of(PostedSources posted, @Nullable String source, @Nullable String function, JobOptions options) {
        if (source == null) {
            throw Malformed.field("source", "source is missing.");
        }
        return of(posted.named(source), function, options);
    }

    static RunRequest of(Map<String, String> sources, @Nullable String function, JobOptions options) {
        if (function == null) {
            throw Malformed.field("function", "function is missing: it names a method of the source.");
        }
        return new RunRequest(sources, function, options);
    }
}
