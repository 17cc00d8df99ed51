package io.minimalcluster.worker.fake;

import org.jspecify.annotations.Nullable;

/**
 * A call that goes wrong, once.
 *
 * @param kind {@code register}, {@code poll}, {@code heartbeat}, {@code bundle}, {@code leave}, {@code results} or
 *     {@code results <lease>}
 */
public record Trouble(String kind, @Nullable FakeAnswer before, boolean losesTheAnswer) {
    boolean fits(FakeCall call) {
        return kind.equals(call.kind()) || kind.equals(call.kind() + " " + call.lease());
    }

    /** The call is carried out, and the answer lost. */
    public static Trouble answerLost(String kind) {
        return new Trouble(kind, null, true);
    }

    /** The call is answered with 503, nothing is done. */
    public static Trouble unavailable(String kind, int retryAfterSeconds) {
        FakeAnswer answer = FakeAnswer.problem(503, "unavailable", "on its way down");
        return new Trouble(kind, answer.with("Retry-After", Integer.toString(retryAfterSeconds)), false);
    }

    /** The call is answered with a problem, nothing is done. */
    public static Trouble problem(String kind, int status, String slug) {
        return new Trouble(kind, FakeAnswer.problem(status, slug, "as planned"), false);
    }

    /** The call is answered with something that is no answer. */
    public static Trouble garbage(String kind) {
        return new Trouble(kind, FakeAnswer.of(200, "<html>a proxy says hello</html>"), false);
    }
}
