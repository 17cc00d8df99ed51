package io.minimalcluster.master.http.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of a response of {@code application/problem+json}, except {@code instance}, which comes from the request.
 *
 * @param extras additional members of the body
 * @param headers additional headers, such as {@code Retry-After}
 */
public record Problem(ProblemType type, String detail, Map<String, Object> extras, Map<String, String> headers) {
    public Problem {
        extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras)); // in the order they were added
        headers = Map.copyOf(headers);
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, Map.of(), Map.of());
    }

    /** A copy with one more member; unchanged if the value is null. */
    public Problem with(String name, @Nullable Object value) {
        return value == null ? this : new Problem(type, detail, plus(extras, name, value), headers);
    }

    /** A copy with one more header. */
    public Problem header(String name, String value) {
        return new Problem(type, detail, extras, plus(headers, name, value));
    }

    private static <V> Map<String, V> plus(Map<String, V> map, String name, V value) {
        Map<String, V> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }
}
