package io.minimalcluster.master.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Paths of this master as its callers see them: below {@code server.servlet.context-path} and a proxy's prefix. */
public final class Links {
    /** The attribute of a request with the path prefix of a proxy. */
    public static final String PREFIX = Links.class.getName() + ".prefix";

    private Links() {}

    /** The path of a request without the context path. */
    public static String path(HttpServletRequest request) {
        String path = request.getRequestURI();
        String context = request.getContextPath();
        return !context.isEmpty() && path.startsWith(context) ? path.substring(context.length()) : path;
    }

    /** A path for the caller of the current request. */
    public static URI to(String path) {
        return URI.create(prefix() + path);
    }

    /** The prefix of each path for the caller of the current request; may be empty. */
    public static String prefix() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                ? prefix(current.getRequest())
                : "";
    }

    private static String prefix(HttpServletRequest request) {
        @Nullable Object forwarded = request.getAttribute(PREFIX);
        return (forwarded == null ? "" : forwarded) + request.getContextPath();
    }
}
