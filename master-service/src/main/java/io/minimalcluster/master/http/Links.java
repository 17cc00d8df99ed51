package io.minimalcluster.master.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Paths of this master as its callers see them: below {@code server.servlet.context-path} and a proxy's prefix. */
public final class Links {
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

    /** What precedes a path for the caller of the current request; empty for nothing. */
    public static String prefix() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                ? prefix(current.getRequest())
                : "";
    }

    private static String prefix(HttpServletRequest request) {
        @Nullable Object forwarded = request.getAttribute(ForwardedRequest.PREFIX);
        return (forwarded == null ? "" : forwarded) + request.getContextPath();
    }
}
