package io.minimalcluster.master.http.direct;

import io.minimalcluster.master.http.Links;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The plain form of a call: a path whose variables are ids, parameters without encoding, at most one of each, a body of
 * type {@code application/json}, and an {@code Accept} header that permits JSON.
 *
 * @param method the HTTP method
 * @param pattern the path, with variables such as {@code {id}}, as in the annotation of the handler
 * @param parameters names of the parameters
 */
public record DirectRoute(String method, String pattern, Set<String> parameters) {
    private static final String JSON = "application/json";
    private static final Pattern UTF_8_JSON = Pattern.compile("(?i)application/json; ?charset=utf-8");

    public DirectRoute {
        parameters = Set.copyOf(parameters);
    }

    /** The segments of the pattern. The first is empty, since a path begins with a slash. */
    List<String> segments() {
        return List.of(pattern.split("/", -1));
    }

    /** The values of the variables of the path; null if the path has another form. */
    static @Nullable Map<String, String> variables(List<String> pattern, String[] path) {
        if (path.length != pattern.size()) {
            return null;
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < path.length; i++) {
            String expected = pattern.get(i);
            if (expected.startsWith("{")) {
                if (!isPlain(path[i])) {
                    return null;
                }
                variables.put(expected.substring(1, expected.length() - 1), path[i]);
            } else if (!expected.equals(path[i])) {
                return null;
            }
        }
        return variables;
    }

    /** The values of the query; null if it has another form. */
    @Nullable
    Map<String, String> values(@Nullable String query) {
        if (query == null) {
            return Map.of();
        }
        Map<String, String> values = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!parameters.contains(name) || !isPlain(value) || values.put(name, value) != null) {
                return null;
            }
        }
        return values;
    }

    /** Whether the headers of a request have the plain form. */
    static boolean isPlain(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        String type = request.getContentType();
        return request.getDispatcherType() == DispatcherType.REQUEST
                && (accept == null || accept.equals("*/*") || accept.equals(JSON) || accept.startsWith(JSON + ","))
                && (type == null ? request.getMethod().equals("GET") : isJson(type));
    }

    private static boolean isJson(String type) {
        return type.equalsIgnoreCase(JSON) || UTF_8_JSON.matcher(type).matches();
    }

    /** The segments of the path of a request. */
    static String[] path(HttpServletRequest request) {
        return Links.path(request).split("/", -1);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c != '-') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
