package io.minimalcluster.master.security.access;

import io.minimalcluster.master.security.CallerAuthentication;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
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
        Optional<CallerAuthentication> caller = authenticator.callerOf(request);
        if (caller.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        try {
            enter(caller.get());
            chain.doFilter(new AuthenticatedRequest(request, caller.get()), response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    /** Sets the security context of the request thread. Async dispatches are not authenticated again. */
    private static void enter(CallerAuthentication caller) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(caller);
        SecurityContextHolder.setContext(context);
    }

    /** A request that names its caller. */
    private static final class AuthenticatedRequest extends HttpServletRequestWrapper {
        private final CallerAuthentication caller;

        AuthenticatedRequest(HttpServletRequest request, CallerAuthentication caller) {
            super(request);
            this.caller = caller;
        }

        @Override
        public String getRemoteUser() {
            return caller.getName();
        }

        @Override
        public Principal getUserPrincipal() {
            return caller;
        }
    }
}
