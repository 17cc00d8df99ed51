package io.minimalcluster.master.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Authenticates each request. A request without a valid credential continues anonymously;
 * {@link AccessRulesAuthorization} rejects it unless the call is open.
 */
final class KeyAuthenticationFilter extends OncePerRequestFilter {
    private final Authenticator authenticator;

    KeyAuthenticationFilter(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        authenticator.callerOf(request).ifPresent(KeyAuthenticationFilter::enter);
        chain.doFilter(request, response);
    }

    /** Sets the security context of the request thread. Async dispatches are not authenticated again. */
    private static void enter(CallerAuthentication caller) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(caller);
        SecurityContextHolder.setContext(context);
    }
}
