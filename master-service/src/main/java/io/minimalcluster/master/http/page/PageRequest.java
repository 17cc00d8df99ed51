package io.minimalcluster.master.http.page;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.model.Page;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What part of a list is asked for, by {@code limit} and {@code after}.
 *
 * @param limit how many items at most
 * @param before items older than this place in the list
 */
public record PageRequest(int limit, long before) {
    /** How many items a page has where nobody says. */
    public static final int DEFAULT_LIMIT = 50;

    /** How many items a page may have. */
    public static final int MAX_LIMIT = 1000;

    private static final String CURSOR = "p";

    /** Reads the parameters as they came. */
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
            // answered like a number that is out of bounds
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
            // answered like any other text that is no cursor
        }
        throw Malformed.field("after", "after is the next of a page before this one.");
    }

    private static String cursor(long place) {
        return CURSOR + Long.toString(place, 36);
    }

    /** How many rows to read to know whether another page follows. */
    public int oneMore() {
        return limit + 1;
    }

    /**
     * The page.
     *
     * @param rows at most {@link #oneMore} of them, newest first
     * @param place the place of a row in the list, which only grows
     */
    public <R, T> Page<T> page(List<R> rows, ToLongFunction<R> place, Function<R, T> item) {
        boolean more = rows.size() > limit;
        List<R> shown = more ? rows.subList(0, limit) : rows;
        String next = more ? cursor(place.applyAsLong(shown.getLast())) : null;
        return new Page<>(shown.stream().map(item).toList(), next);
    }
}
