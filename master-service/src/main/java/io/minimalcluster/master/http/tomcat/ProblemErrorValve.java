package io.minimalcluster.master.http.tomcat;

import io.minimalcluster.master.http.ResponseHeadersFilter;
import io.minimalcluster.master.http.problem.Problem;
import io.minimalcluster.master.http.problem.ProblemType;
import io.minimalcluster.master.http.problem.ProblemWriter;
import io.minimalcluster.master.http.problem.RequestId;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;

/** Writes errors of Tomcat and failures outside of MVC as problems. */
final class ProblemErrorValve extends ErrorReportValve {
    /** Tomcat's message in the locale of this machine. */
    private static final String BUFFER_FULL =
            StringManager.getManager("org.apache.coyote.http11").getString("iib.requestheadertoolarge.error");

    private final ProblemWriter problems;
    private final long headerBytes;

    ProblemErrorValve(ProblemWriter problems, long headerBytes) {
        this.problems = problems;
        this.headerBytes = headerBytes;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            ResponseHeadersFilter.put(request, response);
            problems.write(request, response, problem(request, response.getStatus(), failure));
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            container.getLogger().debug("the client has disconnected", e);
        }
    }

    private Problem problem(Request request, int status, @Nullable Throwable failure) {
        if (status == 400 && isTooLong(failure)) {
            return tooLong(request);
        }
        ProblemType type = ProblemType.ofStatus(status).orElse(ProblemType.INTERNAL_ERROR);
        Problem problem = Problem.of(type, type.meaning());
        return switch (type) {
            case INTERNAL_ERROR -> problem.with("requestId", RequestId.of(request));
            case UNAVAILABLE -> problem.header("Retry-After", "1");
            default -> problem;
        };
    }

    /** The request line and the headers share one buffer. Without a parsed URI the request line was too long. */
    private Problem tooLong(Request request) {
        ProblemType type = request.getCoyoteRequest().requestURI().isNull()
                ? ProblemType.URI_TOO_LONG
                : ProblemType.HEADERS_TOO_LARGE;
        return Problem.of(type, type.meaning()).with("limitBytes", headerBytes);
    }

    /**
     * Tomcat has no exception type for a full header buffer. It throws a plain IllegalStateException this early only
     * for too many bytes.
     */
    private static boolean isTooLong(@Nullable Throwable failure) {
        return failure != null
                && (BUFFER_FULL.equals(failure.getMessage()) || failure.getClass() == IllegalStateException.class);
    }
}
