package io.minimalcluster.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, newest items first.
 *
 * @param items at most as many as requested
 * @param next the value of {@code after} for the next page; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
        items = List.copyOf(items);
    }
}
