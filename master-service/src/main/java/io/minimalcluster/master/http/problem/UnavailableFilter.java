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
 * Handles {@link Unavailable} outside of handlers, such as during authentication. It writes the problem, or aborts a
 * committed response so that the client does not take it as complete.
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
                throw new CloseNowException("response aborted", e);
            }
            problems.write(request, response, reason.get());
        }
    }
}
