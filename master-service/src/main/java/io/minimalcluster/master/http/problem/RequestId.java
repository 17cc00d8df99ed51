package io.minimalcluster.master.http.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Tells one request from all others, in the answer, in the log, and to whoever reports a failure. */
public final class RequestId {
    /** The header that carries it, both ways. */
    public static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = RequestId.class.getName();
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    /** The id of the request: the one it came with if that is sane, else a new one; the same whenever it is asked. */
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        String sent = request.getHeader(HEADER);
        String id = sent != null && SANE.matcher(sent).matches() ? sent : random();
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** No secret, so no secure randomness is spent on it. */
    private static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits((int) random.nextLong());
    }
}
