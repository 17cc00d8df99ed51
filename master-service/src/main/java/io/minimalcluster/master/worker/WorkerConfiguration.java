package io.minimalcluster.master.worker;

import io.minimalcluster.master.http.json.LenientJson;
import io.minimalcluster.worker.settings.ExecutorSettings;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({LeaseSettings.class, ExecutorSettings.class})
class WorkerConfiguration implements WebMvcConfigurer {
    private final LenientJson json;

    WorkerConfiguration(LenientJson json) {
        this.json = json;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new LenientBodyResolver(json));
    }
}
