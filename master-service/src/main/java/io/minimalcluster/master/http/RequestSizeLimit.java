package io.minimalcluster.master.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Size limit of the body of one call, in place of {@code minimalcluster.limits.request-bytes}. A feature that reads
 * larger bodies as a stream declares such a bean.
 *
 * @param contentType prefix of {@code Content-Type} that the limit applies to; empty for any
 * @param bytes size limit; {@link #HANDLER_LIMITED} if the reader has its own limit, {@link #USUAL} for the default
 * @param held maximum bytes in memory at a time; {@link #WHOLE} for the whole body
 */
public record RequestSizeLimit(String method, PathPattern path, String contentType, long bytes, long held) {
    /** The reader of the body has its own limit. */
    public static final long HANDLER_LIMITED = Long.MAX_VALUE;

    /** The default limit applies. */
    public static final long USUAL = -1;

    /** The whole body is in memory. */
    public static final long WHOLE = Long.MAX_VALUE;

    public RequestSizeLimit {
        if (bytes < USUAL || held < 0) {
            throw new IllegalArgumentException("bytes must not be negative");
        }
        contentType = contentType.toLowerCase(Locale.ROOT);
    }

    /** A limit for any content type. The pattern is a path pattern of Spring MVC, such as {@code /api/v1/jobs}. */
    public static RequestSizeLimit of(String method, String pattern, long bytes) {
        return new RequestSizeLimit(method, PathPatternParser.defaultInstance.parse(pattern), "", bytes, WHOLE);
    }

    /** A copy that applies to one content type. */
    public RequestSizeLimit ofType(String onlyType) {
        return new RequestSizeLimit(method, path, onlyType, bytes, held);
    }

    /**
     * A copy for bodies that are read as a stream.
     *
     * @param maxHeld maximum bytes in memory at a time
     */
    public RequestSizeLimit holding(long maxHeld) {
        return new RequestSizeLimit(method, path, contentType, bytes, maxHeld);
    }

    boolean matches(HttpServletRequest request) {
        String type = request.getContentType();
        return method.equals(request.getMethod())
                && (contentType.isEmpty()
                        || (type != null && type.toLowerCase(Locale.ROOT).startsWith(contentType)))
                && path.matches(PathContainer.parsePath(Links.path(request)));
    }
}
