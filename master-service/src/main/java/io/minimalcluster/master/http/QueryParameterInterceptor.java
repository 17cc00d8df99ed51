package io.minimalcluster.master.http;

import io.minimalcluster.master.error.MasterException.Malformed;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses query parameters that a call does not have: a slip of the pen must not be taken for a default. */
final class QueryParameterInterceptor implements HandlerInterceptor {
    private static final String OURS = "io.minimalcluster.";

    private final Map<Method, KnownQueryParameters> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String query = request.getQueryString();
        if (query != null
                && request.getDispatcherType() == DispatcherType.REQUEST
                && handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(OURS)) {
            check(query, known.computeIfAbsent(method.getMethod(), _ -> KnownQueryParameters.of(method)));
        }
        return true;
    }

    private static void check(String query, KnownQueryParameters known) {
        Set<String> seen = new HashSet<>();
        for (String pair : query.split("&", -1)) {
            String name = name(pair);
            if (!pair.isEmpty() && !known.takes(name)) {
                throw Malformed.field(cut(name), "There is no parameter '" + cut(name) + "' here.");
            }
            if (!seen.add(name) && known.takesOnce(name)) {
                throw Malformed.field(name, "The parameter '" + name + "' is given more than once.");
            }
        }
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        String raw = equals < 0 ? pair : pair.substring(0, equals);
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Malformed("The query is not encoded as a URI is.");
        }
    }

    private static String cut(String name) {
        return name.length() > 100 ? name.substring(0, 100) + "…" : name;
    }
}
