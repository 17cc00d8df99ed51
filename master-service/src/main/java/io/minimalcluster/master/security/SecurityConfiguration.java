package io.minimalcluster.master.security;

import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The security filter chain of all paths: authentication, then authorization by {@link AccessRules}. No HTTP session
 * and no login form.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecuritySettings.class)
class SecurityConfiguration implements WebMvcConfigurer {
    @Bean
    SecurityFilterChain everyCall(HttpSecurity http, Authenticator authenticator, AccessDeniedResponses accessDenied) {
        return http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(
                        AbstractHttpConfigurer
                                ::disable) // browsers send no key by themselves; for cookies see isCrossSite
                .cors(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable) // set by ResponseHeadersFilter, also for errors of Tomcat
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .addFilterBefore(new KeyAuthenticationFilter(authenticator), AuthorizationFilter.class)
                .authorizeHttpRequests(calls -> calls.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                        .permitAll() // the original dispatch was authorized
                        .anyRequest()
                        .access(new AccessRulesAuthorization()))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(accessDenied).accessDeniedHandler(accessDenied))
                .build();
    }

    /**
     * Accepts any method and header, so that requests without a key get the same response. Paths that are not
     * normalized are rejected.
     */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowedHeaderNames(_ -> true);
        firewall.setAllowedHeaderValues(_ -> true);
        return firewall;
    }

    @Bean
    LongRunningRequests longRunningRequests(Authenticator authenticator) {
        return new LongRunningRequests(authenticator::holds);
    }

    /** Disables observation of each filter, which costs more than the filters themselves. */
    @Bean
    SecurityObservationSettings unobserved() {
        return SecurityObservationSettings.noObservations();
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgumentResolver());
    }
}
