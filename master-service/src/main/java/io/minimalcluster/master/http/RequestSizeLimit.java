package io.minimalcluster.master.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The bound of one call's body where it is not {@code minimalcluster.limits.request-bytes}: a feature that reads larger
 * ones as a stream declares a bean of this.
 *
 * @param contentType what {@code Content-Type} begins with for it to hold; empty for any
 * @param bytes {@link #ITS_OWN} where the reader counts for itself, {@link #USUAL} where it is as for others
 * @param held how much of it is in memory at a time at most; {@link #WHOLE} for all that there is
 */
public record RequestSizeLimit(String method, PathPattern path, String contentType, long bytes, long held) {
    /** The reader of the body has a bound of its own. */
    public static final long ITS_OWN = Long.MAX_VALUE;

    /** As long as the bodies of most calls. */
    public static final long USUAL = -1;

    /** All of the body is held. */
    public static final long WHOLE = Long.MAX_VALUE;

    public RequestSizeLimit {
        if (bytes < USUAL || held < 0) {
            throw new IllegalArgumentException("bytes must not be negative");
        }
        contentType = contentType.toLowerCase(Locale.ROOT);
    }

    /** For a body of any type; {@code pattern} as in a mapping, such as {@code /api/v1/jobs}. */
    public static RequestSizeLimit of(String method, String pattern, long bytes) {
        return new RequestSizeLimit(method, PathPatternParser.defaultInstance.parse(pattern), "", bytes, WHOLE);
    }

    /** The same, for bodies of one type alone. */
    public RequestSizeLimit ofType(String onlyType) {
        return new RequestSizeLimit(method, path, onlyType, bytes, held);
    }

    /** The same, for bodies that are read as a stream, of which no more than that is held at a time. */
    public RequestSizeLimit holding(long atATime) {
        return new RequestSizeLimit(method, path, contentType, bytes, atATime);
    }

    boolean matches(HttpServletRequest request) {
        String type = request.getContentType();
        return method.equals(request.getMethod())
                && (contentType.isEmpty()
                        || (type != null && type.toLowerCase(Locale.ROOT).startsWith(contentType)))
                && path.matches(PathContainer.parsePath(request.getRequestURI()));
    }
}
