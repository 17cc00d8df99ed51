package io.minimalcluster.master.monitoring;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class MetricsConfiguration implements WebMvcConfigurer {
    private final PollMetrics polls;

    MetricsConfiguration(PollMetrics polls) {
        this.polls = polls;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(polls);
    }
}
