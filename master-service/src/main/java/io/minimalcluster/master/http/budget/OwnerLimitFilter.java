package io.minimalcluster.master.http.budget;

import io.minimalcluster.master.error.MasterException.TooManyRequests;
import io.minimalcluster.master.http.problem.ProblemWriter;
import io.minimalcluster.master.limit.RateLimiter;
import io.minimalcluster.master.limit.SharedBudget;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits the open requests and the request rate of each owner, after authentication. Calls of workers are exempt, and
 * open calls, such as those for health.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 4)
final class OwnerLimitFilter extends OncePerRequestFilter {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int MAX_OWNERS = 10_000;

    private final OwnerLimits limits;
    private final ProblemWriter problems;
    private final RateLimiter rate;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    OwnerLimitFilter(OwnerLimits limits, ProblemWriter problems) {
        this.limits = limits;
        this.problems = problems;
        this.rate = new RateLimiter(
                limits.requestRatePerOwner(),
                Duration.ofSeconds(1).dividedBy(limits.requestRatePerOwner()),
                MAX_OWNERS,
                System::nanoTime);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        RequestOwner.markAuthenticated(request);
        String owner = RequestOwner.of(request);
        if (owner.equals(SharedBudget.WORKERS) || request.getRemoteUser() == null) {
            chain.doFilter(request, response);
        } else if (!rate.tryTake(owner)) {
            refuse(request, response, limits.requestRatePerOwner() + " requests a second");
        } else if (!enter(owner)) {
            refuse(request, response, limits.requestsPerOwner() + " open requests");
        } else {
            try {
                chain.doFilter(request, response);
            } finally {
                leave(owner);
            }
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, String limit) throws IOException {
        problems.write(request, response, new TooManyRequests("A caller may have " + limit + ".", RETRY_AFTER));
    }

    /** Counts a request, unless the owner has too many. */
    private boolean enter(String owner) {
        int count = open.merge(owner, 1, Integer::sum);
        if (count > limits.requestsPerOwner()) {
            leave(owner);
            return false;
        }
        return true;
    }

    private void leave(String owner) {
        open.computeIfPresent(owner, (_, count) -> count == 1 ? null : count - 1);
    }
}
