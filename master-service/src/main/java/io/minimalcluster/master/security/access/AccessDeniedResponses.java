package io.minimalcluster.master.security.access;

import io.minimalcluster.master.error.MasterException.TooManyRequests;
import io.minimalcluster.master.error.MasterException.Unauthenticated;
import io.minimalcluster.master.http.budget.RequestOwner;
import io.minimalcluster.master.http.problem.Problem;
import io.minimalcluster.master.http.problem.ProblemType;
import io.minimalcluster.master.http.problem.ProblemWriter;
import io.minimalcluster.master.http.problem.RequestId;
import io.minimalcluster.master.limit.RateLimiter;
import io.minimalcluster.master.security.AccessDeniedEvent;
import io.minimalcluster.master.security.CallerAuthentication;
import io.minimalcluster.master.security.session.SessionCookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;

/** Writes, logs and publishes the rejections of Spring Security: 401, 403, 404, 405 and malformed paths. */
@Component
final class AccessDeniedResponses implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {
    private static final Logger log = LoggerFactory.getLogger(AccessDeniedResponses.class);

    private static final int WRONG_KEYS_AT_ONCE = 300;
    private static final Duration EACH_WRONG_KEY = Duration.ofMillis(100);
    private static final int ADDRESSES = 10_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ProblemWriter problems;
    private final ApplicationEventPublisher events;

    /** By address. A valid key never gets here, so it is accepted from any address. */
    private final RateLimiter wrongKeys =
            new RateLimiter(WRONG_KEYS_AT_ONCE, EACH_WRONG_KEY, ADDRESSES, System::nanoTime);

    AccessDeniedResponses(ProblemWriter problems, ApplicationEventPublisher events) {
        this.problems = problems;
        this.events = events;
    }

    /** The detail is the same for every cause, so that it reveals nothing about the key. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException error)
            throws IOException {
        String address = request.getRemoteAddr();
        if (hasCredential(request) && !wrongKeys.tryTake(address)) {
            problems.write(
                    request,
                    response,
                    new TooManyRequests("Too many calls from this address had no valid key.", RETRY_AFTER));
            return;
        }
        refuse(
                request,
                response,
                Problem.of(ProblemType.UNAUTHENTICATED, new Unauthenticated().detail())
                        .header("WWW-Authenticate", "Bearer"));
    }

    private static boolean hasCredential(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) != null
                || SessionCookie.of(request).isPresent();
    }

    /** Callers with a key learn whether the call exists: 404 and 405 instead of 403. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException error)
            throws IOException {
        RequestOwner.markAuthenticated(request);
        if (SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication caller
                && AccessRulesAuthorization.isCrossSite(caller, request)) {
            refuse(
                    request,
                    response,
                    Problem.of(
                            ProblemType.FORBIDDEN,
                            "A call with the cookie alone needs the header " + AccessRulesAuthorization.REQUESTED_WITH
                                    + ": " + AccessRulesAuthorization.REQUIRED_VALUE + "."));
            return;
        }
        Set<String> methods = AccessRules.methods(AccessRulesAuthorization.path(request));
        if (methods.isEmpty()) {
            refuse(request, response, Problem.of(ProblemType.NOT_FOUND, "There is no such call."));
        } else if (!methods.contains(request.getMethod())) {
            refuse(
                    request,
                    response,
                    Problem.of(ProblemType.METHOD_NOT_ALLOWED, "This method is not served here.")
                            .header("Allow", String.join(", ", methods)));
        } else {
            refuse(request, response, Problem.of(ProblemType.FORBIDDEN, "None of the key's roles may make this call."));
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException error)
            throws IOException {
        refuse(request, response, Problem.of(ProblemType.MALFORMED_REQUEST, "The path is not normalized."));
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        log.info(
                "event=request.denied status={} method={} path={} from={} request={}",
                problem.type().status(),
                request.getMethod(),
                request.getRequestURI(),
                request.getRemoteAddr(),
                RequestId.of(request));
        events.publishEvent(new AccessDeniedEvent(
                problem.type().status(),
                request.getRemoteUser(),
                request.getMethod() + " " + request.getRequestURI(),
                request.getRemoteAddr()));
        problems.write(request, response, problem);
    }
}
