package io.minimalcluster.master.security.access;

import io.minimalcluster.master.security.key.Key;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads the key from a request with exactly one header {@code Authorization: Bearer <key>}. */
final class BearerKeyReader {
    private static final String SCHEME = "bearer ";

    private BearerKeyReader() {}

    /** The key; empty for a missing, repeated or malformed header. */
    static Optional<String> of(HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders("Authorization"));
        if (headers.size() != 1) {
            return Optional.empty();
        }
        String header = headers.getFirst();
        if (header.length() > SCHEME.length() + Key.MAX_LENGTH
                || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return Optional.of(header.substring(SCHEME.length())).filter(Key::isPossible);
    }
}
