package io.minimalcluster.master.monitoring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;

/** Metrics of polls of workers, by response. */
final class PollMetrics implements HandlerInterceptor {
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
        open.incrementAndGet();
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        open.decrementAndGet();
        String outcome = switch (response.getStatus()) {
            case HttpServletResponse.SC_OK -> "batches";
            case HttpServletResponse.SC_NO_CONTENT -> "empty";
            default -> "rejected";
        };
        registry.counter("minimalcluster.polls", "outcome", outcome).increment();
    }
}
