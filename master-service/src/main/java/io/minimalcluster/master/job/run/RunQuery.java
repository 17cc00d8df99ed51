package io.minimalcluster.master.job.run;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.http.RequestParameters;
import io.minimalcluster.master.http.WaitDuration;
import io.minimalcluster.model.job.Job;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Query parameters that shape the response of a run. A form cannot set them, because the body of a repeated call is not
 * parsed.
 *
 * @param longest how long to wait for the end of the job
 * @param values whether the response has the values; null where the query does not say
 */
record RunQuery(Duration longest, @Nullable Boolean values) {
    static RunQuery of(@Nullable String wait, @Nullable String values) {
        return new RunQuery(
                wait == null ? WaitDuration.MAX : WaitDuration.of(wait).duration(),
                values == null ? null : flag(values));
    }

    static RunQuery take(RequestParameters query) {
        return of(query.one("wait").orElse(null), query.one("values").orElse(null));
    }

    /**
     * A copy for the rest of a call that has lasted for some time: the whole call is bounded too, as proxies count it.
     */
    RunQuery after(Duration elapsed) {
        Duration rest = WaitDuration.MAX.minus(elapsed);
        Duration bounded = rest.compareTo(longest) < 0 ? rest : longest;
        return new RunQuery(bounded.isNegative() ? Duration.ZERO : bounded, values);
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Malformed.field("values", "values is true or false.");
        };
    }

    /** By default the response omits the values of a job with a reduction. */
    boolean hasValues(Job job) {
        return values == null ? job.options().reduce() == null : values;
    }
}
