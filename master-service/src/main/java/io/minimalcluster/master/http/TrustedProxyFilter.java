package io.minimalcluster.master.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Applies {@code X-Forwarded-For}, {@code X-Forwarded-Proto} and {@code X-Forwarded-Prefix} of the proxies in
 * {@code minimalcluster.trusted-proxies}. Other callers could invent these headers, so theirs are ignored.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class TrustedProxyFilter extends OncePerRequestFilter {
    private final List<IpAddressMatcher> proxies;

    TrustedProxyFilter(HttpSettings settings) {
        this.proxies =
                settings.proxies().stream().map(TrustedProxyFilter::matcher).toList();
    }

    private static IpAddressMatcher matcher(String address) {
        try {
            return new IpAddressMatcher(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "minimalcluster.trusted-proxies has '" + address + "', which is no address such as 10.0.0.7 or"
                            + " 10.0.0.0/24",
                    e);
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(
                isTrusted(request.getRemoteAddr()) ? new ForwardedRequest(request, this::isTrusted) : request,
                response);
    }

    private boolean isTrusted(String address) {
        return proxies.stream().anyMatch(proxy -> proxy.matches(address));
    }
}
