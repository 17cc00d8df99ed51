package io.minimalcluster.master.run;

import io.minimalcluster.master.environment.PostedSources;
import io.minimalcluster.master.problem.MasterException.Malformed;
import io.minimalcluster.model.job.JobOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to run, beside its arguments.
 *
 * @param sources by file name
 * @param function a method of theirs
 */
record PostedRun(Map<String, String> sources, String function, JobOptions options) {
    PostedRun {
        sources = Map.copyOf(sources);
    }

    /** Of a single source that came without a name. */
    static PostedRun of(PostedSources posted, @Nullable String source, @Nullable String function, JobOptions options) {
        if (source == null) {
            throw Malformed.field("source", "source is missing.");
        }
        return of(posted.named(source), function, options);
    }

    static PostedRun of(Map<String, String> sources, @Nullable String function, JobOptions options) {
        if (function == null) {
            throw Malformed.field("function", "function is missing: it names a method of the source.");
        }
        return new PostedRun(sources, function, options);
    }
}
