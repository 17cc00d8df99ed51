package io.minimalcluster.worker.fake;

import org.jspecify.annotations.Nullable;

/**
 * A fault of one call.
 *
 * @param kind {@code register}, {@code poll}, {@code heartbeat}, {@code bundle}, {@code leave}, {@code results} or
 *     {@code results <lease>}
 * @param before the response without processing the call; null to process it
 * @param losesResponse whether the response is lost
 */
public record InjectedFault(String kind, @Nullable FakeResponse before, boolean losesResponse) {
    boolean matches(FakeEndpoint call) {
        return kind.equals(call.kind()) || kind.equals(call.kind() + " " + call.lease());
    }

    /** The call is processed and its response is lost. */
    public static InjectedFault lostResponse(String kind) {
        return new InjectedFault(kind, null, true);
    }

    /** The call gets status 503 and is not processed. */
    public static InjectedFault unavailable(String kind, int retryAfterSeconds) {
        FakeResponse response = FakeResponse.problem(503, "unavailable", "on its way down");
        return new InjectedFault(kind, response.with("Retry-After", Integer.toString(retryAfterSeconds)), false);
    }

    /** The call gets a problem and is not processed. */
    public static InjectedFault problem(String kind, int status, String slug) {
        return new InjectedFault(kind, FakeResponse.problem(status, slug, "as planned"), false);
    }

    /** The call gets an invalid response. */
    public static InjectedFault garbage(String kind) {
        return new InjectedFault(kind, FakeResponse.of(200, "<html>a proxy says hello</html>"), false);
    }
}
