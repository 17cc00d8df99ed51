package io.minimalcluster.master.http;

import io.minimalcluster.master.DataFolder;
import io.minimalcluster.worker.TomcatFolder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Registers the check of query parameters, and the folder of Tomcat. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {
    @Bean
    static TomcatFolder tomcatFolder(DataFolder data) {
        return new TomcatFolder(data.file("tomcat"));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new QueryParameterInterceptor());
    }
}
