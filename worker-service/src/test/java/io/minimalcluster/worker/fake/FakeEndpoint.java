package io.minimalcluster.worker.fake;

import com.sun.net.httpserver.HttpExchange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The call of the worker API that a request makes. */
record FakeEndpoint(String kind, String worker, String lease, long waitNanos) {
    private static final Pattern PATH =
            Pattern.compile("/api/v1/workers/([^/]+)(?:/(poll|heartbeat|leases/([^/]+)/results))?");
    private static final Pattern WAIT = Pattern.compile("wait=(\\d+)(ms|s)");

    static FakeEndpoint of(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/api/v1/workers")) {
            return new FakeEndpoint("register", "", "", 0);
        }
        if (path.matches("/api/v1/environments/[^/]+/bundle")) {
            return new FakeEndpoint("bundle", "", "", 0);
        }
        Matcher call = PATH.matcher(path);
        if (!call.matches()) {
            return new FakeEndpoint("unknown", "", "", 0);
        }
        String lease = call.group(3);
        String kind = call.group(2) == null ? "leave" : lease == null ? call.group(2) : "results";
        return new FakeEndpoint(
                kind,
                call.group(1),
                lease == null ? "" : lease,
                waitNanos(exchange.getRequestURI().getQuery()));
    }

    private static long waitNanos(@Nullable String query) {
        Matcher wait = WAIT.matcher(query == null ? "" : query);
        if (!wait.matches()) {
            return 0;
        }
        return Long.parseLong(wait.group(1)) * (wait.group(2).equals("s") ? 1_000_000_000L : 1_000_000L);
    }
}
