package io.minimalcluster.master.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out who calls. Who may not be told from nobody goes on as nobody, and is refused where a key is asked for. */
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

    /** What an answer goes on with on another thread is let in once: the caller was checked when it began. */
    private static void enter(CallerAuthentication caller) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(caller);
        SecurityContextHolder.setContext(context);
    }
}
