package io.minimalcluster.master.monitoring;

import java.util.List;
import org.springframework.boot.actuate.endpoint.web.annotation.ControllerEndpointsSupplier;
import org.springframework.boot.actuate.endpoint.web.annotation.ServletEndpointsSupplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Replaces the search for two deprecated kinds of actuator endpoints, which a master has none of (docs/decisions/0023).
 */
@Configuration(proxyBeanMethods = false)
@SuppressWarnings("removal")
class EndpointKinds {
    @Bean
    ServletEndpointsSupplier servletEndpoints() {
        return List::of;
    }

    @Bean
    ControllerEndpointsSupplier controllerEndpoints() {
        return List::of;
    }
}
