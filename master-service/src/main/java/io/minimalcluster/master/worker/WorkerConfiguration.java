package io.minimalcluster.master.worker;

import io.minimalcluster.worker.settings.ExecutorSettings;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({LeaseSettings.class, ExecutorSettings.class})
class WorkerConfiguration implements WebMvcConfigurer {
    private final LenientBodyReader bodies;

    WorkerConfiguration(LenientBodyReader bodies) {
        this.bodies = bodies;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new LenientBodyResolver(bodies));
    }
}
