package io.minimalcluster.worker;

import io.minimalcluster.worker.master.KeySource;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/** Security of the worker's port: health is public, all other actuator paths need the worker's own authkey. */
@Configuration(proxyBeanMethods = false)
class ActuatorSecurityConfiguration {
    private static final byte[] PROBLEM = """
            {"type":"/problems/unauthenticated","title":"Unauthenticated","status":401,\
            "detail":"The worker's own key is required, as a Bearer token."}""".getBytes(StandardCharsets.UTF_8);

    @Bean
    SecurityFilterChain actuatorFilterChain(HttpSecurity http, KeySource key) {
        return http.csrf(AbstractHttpConfigurer::disable) // no cookies, so no CSRF
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(Customizer.withDefaults())
                .authorizeHttpRequests(requests -> requests.requestMatchers("/actuator/health/**")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .addFilterBefore(new ActuatorKeyFilter(key), AuthorizationFilter.class)
                .exceptionHandling(errors -> errors.authenticationEntryPoint(ActuatorSecurityConfiguration::refuse))
                .build();
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader("WWW-Authenticate", "Bearer");
        response.setContentType("application/problem+json");
        response.getOutputStream().write(PROBLEM);
    }
}
