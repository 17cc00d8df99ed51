package io.minimalcluster.worker.fake;

import org.jspecify.annotations.Nullable;

/**
 * A call that goes wrong, once.
 *
 * @param kind {@code register}, {@code poll}, {@code heartbeat}, {@code bundle}, {@code leave}, {@code results} or
 *     {@code results <lease>}
 */
public record InjectedFault(String kind, @Nullable FakeResponse before, boolean losesTheAnswer) {
    boolean fits(FakeEndpoint call) {
        return kind.equals(call.kind()) || kind.equals(call.kind() + " " + call.lease());
    }

    /** The call is carried out, and the answer lost. */
    public static InjectedFault answerLost(String kind) {
        return new InjectedFault(kind, null, true);
    }

    /** The call is answered with 503, nothing is done. */
    public static InjectedFault unavailable(String kind, int retryAfterSeconds) {
        FakeResponse response = FakeResponse.problem(503, "unavailable", "on its way down");
        return new InjectedFault(kind, response.with("Retry-After", Integer.toString(retryAfterSeconds)), false);
    }

    /** The call is answered with a problem, nothing is done. */
    public static InjectedFault problem(String kind, int status, String slug) {
        return new InjectedFault(kind, FakeResponse.problem(status, slug, "as planned"), false);
    }

    /** The call is answered with something that is no answer. */
    public static InjectedFault garbage(String kind) {
        return new InjectedFault(kind, FakeResponse.of(200, "<html>a proxy says hello</html>"), false);
    }
}
