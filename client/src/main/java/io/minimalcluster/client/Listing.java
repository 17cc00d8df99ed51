package io.minimalcluster.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a paged list.
 *
 * @param limit maximum number of items of the page
 * @param after cursor: the {@code next} of the previous page, or null for the first page
 * @param filters filters by name, such as {@code state} to {@code RUNNING}
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
