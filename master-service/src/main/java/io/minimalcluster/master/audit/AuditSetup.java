package io.minimalcluster.master.audit;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class AuditSetup implements WebMvcConfigurer {
    private final AuditedCalls calls;

    AuditSetup(AuditedCalls calls) {
        this.calls = calls;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(calls);
    }
}
