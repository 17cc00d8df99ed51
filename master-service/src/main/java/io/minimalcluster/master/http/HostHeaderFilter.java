package io.minimalcluster.master.http;

import io.minimalcluster.master.http.problem.Problem;
import io.minimalcluster.master.http.problem.ProblemType;
import io.minimalcluster.master.http.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects unknown {@code Host} names, which prevents DNS rebinding. Loopback names are always allowed, because no web
 * page can have them as its origin.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class HostHeaderFilter extends OncePerRequestFilter {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)]?");

    private final List<String> allowed;
    private final boolean any;
    private final ProblemWriter problems;

    HostHeaderFilter(HttpSettings settings, ListenAddress address, ProblemWriter problems) {
        this.allowed = settings.hosts();
        this.any = allowed.isEmpty() && !address.isLoopback();
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isAllowed(request.getServerName())) {
            chain.doFilter(request, response);
            return;
        }
        problems.write(
                request,
                response,
                Problem.of(ProblemType.MALFORMED_REQUEST, "This Host name is not allowed.")
                        .with("field", "Host"));
    }

    private boolean isAllowed(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return any || LOOPBACK.matcher(name).matches() || allowed.contains(name);
    }
}
