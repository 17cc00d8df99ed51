package io.minimalcluster.master.http;

import io.minimalcluster.master.http.problem.Problem;
import io.minimalcluster.master.http.problem.ProblemType;
import io.minimalcluster.master.http.problem.ProblemWriter;
import io.minimalcluster.worker.settings.HostName;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects unknown {@code Host} names, which prevents DNS rebinding. Loopback names are always allowed, because no web
 * page can have them as its origin. On other interfaces and without a list, addresses, names that are not registrable
 * in public DNS, and the name of this machine are allowed. With TLS every name is allowed, because a browser compares
 * the name with the certificate.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class HostHeaderFilter extends OncePerRequestFilter {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)]?");

    /**
     * An IP address, a name without a dot, or a name below a domain that is never registered (RFC 6761, 6762, 8375).
     */
    private static final Pattern UNREGISTERED = Pattern.compile(
            "\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]|[^.:]+|.+\\.(local|localhost|internal|test|home\\.arpa)");

    private static final int MAX_PORT = 65_535;

    private final List<String> allowed;
    private final boolean any;
    private final boolean unregistered;
    private final String machine = HostName.get().toLowerCase(Locale.ROOT);
    private final ProblemWriter problems;

    HostHeaderFilter(HttpSettings settings, ServerProperties server, ListenAddress address, ProblemWriter problems) {
        this.allowed = settings.hosts();
        boolean open = allowed.isEmpty() && !address.isLoopback();
        this.any = open && Ssl.isEnabled(server.getSsl());
        this.unregistered = open;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isAllowed(request.getServerName()) && request.getServerPort() <= MAX_PORT) {
            chain.doFilter(request, response);
            return;
        }
        problems.write(
                request,
                response,
                Problem.of(
                                ProblemType.MALFORMED_REQUEST,
                                "This Host name is not allowed; see minimalcluster.allowed-hosts.")
                        .with("field", "Host"));
    }

    private boolean isAllowed(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return any
                || LOOPBACK.matcher(name).matches()
                || allowed.contains(name)
                || (unregistered && (UNREGISTERED.matcher(name).matches() || name.equals(machine)));
    }
}
