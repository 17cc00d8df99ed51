package io.minimalcluster.master.security.access;

import io.minimalcluster.master.security.LongRunningRequests;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The security filter chain of all paths: authentication, then authorization by {@link AccessRules}. No HTTP session
 * and no login form.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration implements WebMvcConfigurer {
    /**
     * Only the filters that act. {@code HttpSecurity} would add seven for sessions, forms and servlet features without
     * use here, which cost a call more than authentication does.
     */
    @Bean
    SecurityFilterChain everyCall(Authenticator authenticator, AccessDeniedResponses accessDenied) {
        ExceptionTranslationFilter rejections = new ExceptionTranslationFilter(accessDenied, new NullRequestCache());
        rejections.setAccessDeniedHandler(accessDenied);
        return new DefaultSecurityFilterChain(
                AnyRequestMatcher.INSTANCE,
                new KeyAuthenticationFilter(authenticator),
                rejections,
                new AuthorizationFilter(new AccessRulesAuthorization()));
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

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgumentResolver());
    }
}
