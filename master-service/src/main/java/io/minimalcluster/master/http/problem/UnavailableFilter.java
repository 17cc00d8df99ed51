package io.minimalcluster.master.http.problem;

import io.minimalcluster.master.error.MasterException.Unavailable;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.apache.coyote.CloseNowException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What is not available while somebody looks at the caller's key, or when the answer has begun, is no failure of ours:
 * it is answered like anywhere else, or the answer is broken off, so that nobody takes it for whole.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnavailableFilter extends OncePerRequestFilter {
    private final ProblemWriter problems;

    UnavailableFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            Optional<Unavailable> reason = WebProblemMapper.cause(e, Unavailable.class);
            if (reason.isEmpty()) {
                throw e;
            }
            if (response.isCommitted()) {
                throw new CloseNowException("broken off", e);
            }
            problems.write(request, response, DomainProblemMapper.of(reason.get()));
        }
    }
}
