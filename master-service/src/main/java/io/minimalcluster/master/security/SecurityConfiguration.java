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
 * One chain for every path: find the caller, hold the call against the rules. No session of the container's, no form.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecuritySettings.class)
class SecurityConfiguration implements WebMvcConfigurer {
    @Bean
    SecurityFilterChain everyCall(HttpSecurity http, Authenticator authenticator, AccessDeniedResponses accessDenied) {
        return http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable) // a key is sent by no browser by itself, and see isForged
                .cors(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable) // every answer has them, also those of Tomcat's own
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .addFilterBefore(new KeyAuthenticationFilter(authenticator), AuthorizationFilter.class)
                .authorizeHttpRequests(calls -> calls.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                        .permitAll() // they go on with what was let in
                        .anyRequest()
                        .access(new AccessRulesAuthorization()))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(accessDenied).accessDeniedHandler(accessDenied))
                .build();
    }

    /** Any method and header may come to the door, so that all without a key hear the same; odd paths may not. */
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

    /** The filters are not measured one by one: that took longer than the filters. */
    @Bean
    SecurityObservationSettings unobserved() {
        return SecurityObservationSettings.noObservations();
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgumentResolver());
    }
}
