package io.minimalcluster.master.http;

import io.minimalcluster.master.http.budget.ResponseBuffer;
import io.minimalcluster.master.http.problem.RequestId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Sets the request id and the security headers of every response. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class ResponseHeadersFilter extends OncePerRequestFilter {
    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-store",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Content-Security-Policy",
                    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

    /** Sets the headers. A handler may override one, such as {@code Cache-Control} of immutable content. */
    public static void put(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(RequestId.HEADER, RequestId.of(request));
        ALWAYS.forEach(response::setHeader);
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }

    /** Marks a response that is sent part by part, and that proxies should pass on as it arrives. */
    public static void streamed(HttpServletResponse response) {
        ResponseBuffer.stream();
        response.setHeader("X-Accel-Buffering", "no");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        put(request, response);
        chain.doFilter(request, response);
    }
}
