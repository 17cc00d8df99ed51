package io.minimalcluster.master.idempotency;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** An {@code Idempotency-Key}. Keys of different owners are independent. */
record IdempotencyKey(String owner, String name) {
    static final String HEADER = "Idempotency-Key";
    private static final int MAX_LENGTH = 255;

    /**
     * The key in the header of a request, if any.
     *
     * @throws Malformed if the header is repeated or invalid
     */
    static Optional<IdempotencyKey> of(Caller caller, HttpServletRequest request) {
        List<String> given = Collections.list(request.getHeaders(HEADER));
        if (given.size() > 1) {
            throw Malformed.field(HEADER, "The header " + HEADER + " occurs more than once.");
        }
        return given.stream().findFirst().map(name -> new IdempotencyKey(caller.owner(), checked(name)));
    }

    private static String checked(String name) {
        boolean isPlain = name.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        if (name.isBlank() || name.length() > MAX_LENGTH || !isPlain) {
            throw Malformed.field(HEADER, "An " + HEADER + " has 1 to " + MAX_LENGTH + " printable ASCII characters.");
        }
        return name;
    }
}
