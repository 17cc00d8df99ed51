package io.minimalcluster.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param limit the most items in the answer
 * @param after the {@code next} of the page before; null for the first
 * @param filters such as {@code state} to {@code RUNNING}
 */
public record Listing(int limit, @Nullable String after, Map<String, String> filters) {
    public Listing {
        filters = Map.copyOf(filters);
    }

    public static Listing first(int limit) {
        return new Listing(limit, null, Map.of());
    }

    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>(filters);
        parameters.put("limit", Integer.toString(limit));
        if (after != null) {
            parameters.put("after", after);
        }
        return parameters;
    }
}
