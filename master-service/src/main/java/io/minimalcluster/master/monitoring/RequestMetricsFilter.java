package io.minimalcluster.master.monitoring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The metric {@code http.server.requests}, with the names and tags of Spring Boot. The filter of Spring Boot observes
 * each request with a dozen objects for traces that nothing here exports.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class RequestMetricsFilter extends OncePerRequestFilter {
    private static final String METRIC = "http.server.requests";
    private static final String NONE = "none";
    private static final String UNKNOWN = "UNKNOWN";

    private final MeterRegistry registry;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    RequestMetricsFilter(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long start = System.nanoTime();
        String exception = NONE;
        try {
            chain.doFilter(request, response);
        } catch (ServletException | IOException | RuntimeException | Error e) {
            exception = e.getClass().getSimpleName();
            throw e;
        } finally {
            // the response of an exception is written later
            int status = exception.equals(NONE) || response.isCommitted()
                    ? response.getStatus()
                    : HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
            Kind kind = new Kind(method(request), uri(request, status), status, exception);
            timers.computeIfAbsent(kind, this::timer).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    /** A client may invent methods, and each tag value is a meter. */
    private static String method(HttpServletRequest request) {
        return switch (request.getMethod()) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> request.getMethod();
            default -> UNKNOWN;
        };
    }

    /** The pattern of the path, which has few values. */
    private static String uri(HttpServletRequest request, int status) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (pattern != null) {
            return pattern.toString();
        }
        return status == HttpStatus.NOT_FOUND.value() ? "NOT_FOUND" : UNKNOWN;
    }

    private Timer timer(Kind kind) {
        return registry.timer(
                METRIC,
                Tags.of(
                        "error", kind.exception,
                        "exception", kind.exception,
                        "method", kind.method,
                        "outcome", outcome(kind.status),
                        "status", Integer.toString(kind.status),
                        "uri", kind.uri));
    }

    private static String outcome(int status) {
        return switch (status / 100) {
            case 1 -> "INFORMATIONAL";
            case 2 -> "SUCCESS";
            case 3 -> "REDIRECTION";
            case 4 -> "CLIENT_ERROR";
            default -> "SERVER_ERROR";
        };
    }

    private record Kind(String method, String uri, int status, String exception) {}
}
