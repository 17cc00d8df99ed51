package io.minimalcluster.master.monitoring;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class MetricsConfiguration implements WebMvcConfigurer {
    private final MeterRegistry registry;

    MetricsConfiguration(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new PollMetrics(registry)).addPathPatterns("/api/v1/workers/*/poll");
    }
}
