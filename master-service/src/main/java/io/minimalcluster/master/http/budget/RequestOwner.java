package io.minimalcluster.master.http.budget;

import io.minimalcluster.master.limit.SharedBudget;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** The owner whose share of a {@link SharedBudget} a request uses. */
public final class RequestOwner {
    private static final String WITHOUT_KEY = "?";

    /** Calls that only workers make, by access rules. */
    private static final Pattern OF_WORKERS =
            Pattern.compile("POST /api/v1/workers(/[^/]+/(poll|heartbeat|leases/[^/]+/results))?"
                    + "|GET /api/v1/(workers/[^/]+/leases/[^/]+/shared|environments/[^/]+/bundle)");

    private static final String AUTHENTICATED = RequestOwner.class.getName();

    private RequestOwner() {}

    /** Marks a request with a valid key, for filters before authentication. */
    public static void markAuthenticated(HttpServletRequest request) {
        if (request.getRemoteUser() != null) {
            request.setAttribute(AUTHENTICATED, true);
        }
    }

    public static boolean isAuthenticated(HttpServletRequest request) {
        return request.getAttribute(AUTHENTICATED) != null;
    }

    /** The name of the key, or {@link SharedBudget#WORKERS} for a call of workers. */
    public static String of(HttpServletRequest request) {
        String user = request.getRemoteUser();
        if (user == null) {
            return WITHOUT_KEY;
        }
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return OF_WORKERS.matcher(request.getMethod() + " " + path).matches() ? SharedBudget.WORKERS : user;
    }
}
