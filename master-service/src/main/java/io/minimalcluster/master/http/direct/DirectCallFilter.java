package io.minimalcluster.master.http.direct;

import io.minimalcluster.master.http.problem.ProblemAdvice;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Makes the calls that are {@link DirectCall}s in their plain form. It is the last filter, so authentication, limits
 * and budgets of the filters before it apply. Interceptors that are beans run around the call as around a handler.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
final class DirectCallFilter extends OncePerRequestFilter {
    private final List<Route> routes;
    private final List<HandlerInterceptor> interceptors;
    private final ProblemAdvice problems;

    DirectCallFilter(List<DirectCall> calls, List<HandlerInterceptor> interceptors, ProblemAdvice problems) {
        this.routes = calls.stream().map(Route::of).toList();
        this.interceptors = List.copyOf(interceptors);
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Match match = DirectRoute.isPlain(request) ? match(request, response) : null;
        if (match == null) {
            chain.doFilter(request, response);
        } else {
            answer(match, request, response);
        }
    }

    private @Nullable Match match(HttpServletRequest request, HttpServletResponse response) {
        String method = request.getMethod();
        String[] path = DirectRoute.path(request);
        for (Route route : routes) {
            if (route.call.route().method().equals(method)) {
                Map<String, String> variables = DirectRoute.variables(route.segments, path);
                if (variables != null) {
                    Map<String, String> values = route.call.route().values(request.getQueryString());
                    return values == null
                            ? null
                            : new Match(route.call, new DirectRequest(request, response, variables, values));
                }
            }
        }
        return null;
    }

    private void answer(Match match, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        request.setAttribute(
                HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE,
                match.call.route().pattern());
        request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, match.request.variables());
        try {
            call(match, request, response);
        } catch (Exception e) {
            throw rethrown(e);
        }
    }

    private void call(Match match, HttpServletRequest request, HttpServletResponse response) throws Exception {
        int entered = 0;
        try {
            for (HandlerInterceptor interceptor : interceptors) {
                interceptor.preHandle(request, response, match.call);
                entered++;
            }
            match.call.answer(match.request);
        } catch (Exception e) {
            problems.answer(e, request, response);
        } catch (Error e) {
            problems.answer(new ServletException(e), request, response); // as the dispatcher does
        } finally {
            for (HandlerInterceptor interceptor : interceptors.subList(0, entered)) {
                interceptor.afterCompletion(request, response, match.call, null);
            }
        }
    }

    /** The exception of a response that is aborted. */
    private static ServletException rethrown(Exception error) throws IOException {
        if (error instanceof IOException e) {
            throw e;
        }
        if (error instanceof RuntimeException e) {
            throw e;
        }
        return error instanceof ServletException e ? e : new ServletException(error);
    }

    private record Route(DirectCall call, List<String> segments) {
        static Route of(DirectCall call) {
            return new Route(call, call.route().segments());
        }
    }

    private record Match(DirectCall call, DirectRequest request) {}
}
