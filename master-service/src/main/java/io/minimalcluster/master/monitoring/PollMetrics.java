package io.minimalcluster.master.monitoring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Metrics of polls of workers, by response. */
@Component
final class PollMetrics implements HandlerInterceptor {
    private static final String PATTERN = "/api/v1/workers/{id}/poll";

    private final MeterRegistry registry;
    private final AtomicInteger open = new AtomicInteger();

    PollMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("minimalcluster.polls.open", open, AtomicInteger::get)
                .description("Open long polls")
                .register(registry);
        for (String outcome : new String[] {"batches", "empty", "rejected"}) {
            registry.counter("minimalcluster.polls", "outcome", outcome);
        }
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (isPoll(request)) {
            open.incrementAndGet();
        }
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (isPoll(request)) {
            open.decrementAndGet();
            count(response);
        }
    }

    private static boolean isPoll(HttpServletRequest request) {
        return PATTERN.equals(String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)));
    }

    private void count(HttpServletResponse response) {
        String outcome = switch (response.getStatus()) {
            case HttpServletResponse.SC_OK -> "batches";
            case HttpServletResponse.SC_NO_CONTENT -> "empty";
            default -> "rejected";
        };
        registry.counter("minimalcluster.polls", "outcome", outcome).increment();
    }
}
