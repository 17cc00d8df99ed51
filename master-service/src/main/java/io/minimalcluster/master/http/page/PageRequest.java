package io.minimalcluster.master.http.page;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.model.Page;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The requested page of a list, from the parameters {@code limit} and {@code after}.
 *
 * @param limit maximum number of items
 * @param before exclusive upper bound of the position in the list
 */
public record PageRequest(int limit, long before) {
    /** Page size without a {@code limit}. */
    public static final int DEFAULT_LIMIT = 50;

    /** Maximum page size. */
    public static final int MAX_LIMIT = 1000;

    private static final String CURSOR = "p";

    /** Parses the two query parameters. */
    public static PageRequest of(@Nullable String limit, @Nullable String after) {
        return new PageRequest(
                limit == null ? DEFAULT_LIMIT : limit(limit), after == null ? Long.MAX_VALUE : cursor(after));
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // rejected below, like a number out of bounds
        }
        throw Malformed.field("limit", "limit is a number from 1 to " + MAX_LIMIT + ".");
    }

    private static long cursor(String text) {
        try {
            long place = text.startsWith(CURSOR) ? Long.parseLong(text, CURSOR.length(), text.length(), 36) : 0;
            if (place > 0 && text.equals(cursor(place))) {
                return place;
            }
        } catch (NumberFormatException e) {
            // rejected below, like any other invalid cursor
        }
        throw Malformed.field("after", "after is the next of a page before this one.");
    }

    private static String cursor(long place) {
        return CURSOR + Long.toString(place, 36);
    }

    /** Number of rows to read, one more than the page has, to detect a next page. */
    public int oneMore() {
        return limit + 1;
    }

    /**
     * Creates the page.
     *
     * @param rows at most {@link #oneMore} of them, newest first
     * @param place the position of a row in the list; newer rows have greater positions
     */
    public <R, T> Page<T> page(List<R> rows, ToLongFunction<R> place, Function<R, T> item) {
        boolean more = rows.size() > limit;
        List<R> shown = more ? rows.subList(0, limit) : rows;
        String next = more ? cursor(place.applyAsLong(shown.getLast())) : null;
        return new Page<>(shown.stream().map(item).toList(), next);
    }
}
