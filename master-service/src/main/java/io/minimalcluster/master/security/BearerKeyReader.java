package io.minimalcluster.master.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Finds the key in a request: exactly one {@code Authorization}, {@code Bearer}, one space, the key. */
final class BearerKeyReader {
    private static final String SCHEME = "bearer ";

    private BearerKeyReader() {}

    /** Empty for anything else: there is no second way to send one. */
    static Optional<String> of(HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders("Authorization"));
        if (headers.size() != 1) {
            return Optional.empty();
        }
        String header = headers.getFirst();
        if (header.length() > SCHEME.length() + Key.LONGEST
                || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return Optional.of(header.substring(SCHEME.length())).filter(Key::isPossible);
    }
}
