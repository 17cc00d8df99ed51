package io.minimalcluster.master.http.problem;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.limit.RateLimiter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Maps every exception of a handler to a problem response. */
@RestControllerAdvice
public final class ProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private static final int PLACES = 1000;

    private final ProblemWriter writer;
    private final RateLimiter stackTraces = new RateLimiter(1, Duration.ofMinutes(1), PLACES, System::nanoTime);

    ProblemAdvice(ProblemWriter writer) {
        this.writer = writer;
    }

    /** Answers a call whose handler is not one of Spring MVC with the problem of an exception. */
    public void answer(Exception error, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (error instanceof MasterException refused) {
            refused(refused, request, response);
        } else {
            failed(error, request, response);
        }
    }

    @ExceptionHandler
    void refused(MasterException error, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (error instanceof MasterException.Unavailable) {
            log.debug(
                    "event=request.unavailable request={}",
                    RequestId.of(request),
                    error); // the outage itself is logged once, by its source
        } else if (error.getCause() != null) {
            log.warn(
                    "event=request.rejected reason=\"{}\" request={}",
                    error.detail(),
                    RequestId.of(request),
                    error.getCause());
        }
        answer(error, DomainProblemMapper.of(error), request, response);
    }

    @ExceptionHandler
    void failed(Exception error, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (WebProblemMapper.isClientGone(error)) {
            writer.write(request, response, WebProblemMapper.cutShort());
            return;
        }
        Problem problem = WebProblemMapper.of(error, RequestId.of(request));
        if (problem.type() == ProblemType.INTERNAL_ERROR) {
            log.error(
                    "event=request.failed method={} path={} request={} error={}",
                    request.getMethod(),
                    request.getRequestURI(),
                    RequestId.of(request),
                    error.getClass().getName(),
                    stackTraces.tryTake(place(error)) ? error : null);
        }
        answer(error, problem, request, response);
    }

    /** The innermost frame of the cause, so that each defect is logged with a stack trace once a minute. */
    private static String place(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
            cause = cause.getCause();
        }
        StackTraceElement[] frames = cause.getStackTrace();
        return cause.getClass().getName() + (frames.length == 0 ? "" : " " + frames[0]);
    }

    /** Writes the problem. A committed response is aborted instead, so that the client does not take it as complete. */
    private void answer(Exception error, Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (response.isCommitted()) {
            throw error;
        }
        writer.write(request, response, problem);
    }
}
