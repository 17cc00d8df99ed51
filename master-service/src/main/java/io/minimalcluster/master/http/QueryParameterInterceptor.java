package io.minimalcluster.master.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Rejects unknown and repeated query parameters, so that a misspelled name does not silently select a default. */
final class QueryParameterInterceptor implements HandlerInterceptor {
    private static final String OWN_PACKAGE = "io.minimalcluster.";

    private final Map<Method, KnownQueryParameters> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String query = request.getQueryString();
        if (query != null
                && request.getDispatcherType() == DispatcherType.REQUEST
                && handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(OWN_PACKAGE)) {
            check(query, known.computeIfAbsent(method.getMethod(), _ -> KnownQueryParameters.of(method)));
        }
        return true;
    }

    private static void check(String query, KnownQueryParameters known) {
        Set<String> seen = new HashSet<>();
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            String name = RequestParameters.decoded(parts[0]);
            if (parts.length > 1) {
                RequestParameters.decoded(parts[1]);
            }
            if (!pair.isEmpty() && !known.takes(name)) {
                throw RequestParameters.unknown(name);
            }
            if (!seen.add(name) && known.takesOnce(name)) {
                throw RequestParameters.repeated(name);
            }
        }
    }
}
