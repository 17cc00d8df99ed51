package io.minimalcluster.master.http.proxy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Applies {@code X-Forwarded-For}, {@code X-Forwarded-Proto} and {@code X-Forwarded-Prefix} of the proxies in
 * {@code minimalcluster.trusted-proxies}. Other callers could invent these headers, so theirs are ignored.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class TrustedProxyFilter extends OncePerRequestFilter {
    private final TrustedProxies proxies;

    TrustedProxyFilter(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(
                proxies.has(request.getRemoteAddr()) ? new ForwardedRequest(request, proxies::has) : request, response);
    }
}
