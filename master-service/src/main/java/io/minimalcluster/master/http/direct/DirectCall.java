package io.minimalcluster.master.http.direct;

import java.io.IOException;

/** A frequent call of the API, beside its handler in Spring MVC. The answers of both are the same. */
public interface DirectCall {
    /** The plain form of the call. */
    DirectRoute route();

    /** Whether the call creates a resource, so that an {@code Idempotency-Key} applies. */
    default boolean creates() {
        return false;
    }

    /**
     * Answers a call. An exception is mapped to a problem as one of a handler.
     *
     * @param call a call that matches {@link #route}
     */
    void answer(DirectRequest call) throws IOException;
}
