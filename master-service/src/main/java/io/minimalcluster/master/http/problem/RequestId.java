package io.minimalcluster.master.http.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The id of a request, in its response and in the log. */
public final class RequestId {
    /** The header with the id, in requests and responses. */
    public static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = RequestId.class.getName();
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    /**
     * The id of the request: the one in its header if valid, otherwise a generated one. Repeated calls return the same
     * id.
     */
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        String sent = request.getHeader(HEADER);
        String id = sent != null && VALID.matcher(sent).matches() ? sent : random();
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** The id is no secret, so secure randomness is unnecessary. */
    private static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits((int) random.nextLong());
    }
}
