package io.minimalcluster.master.http.page;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.model.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapper;

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

    /** Length of the texts of a page above which it ends early, in characters. */
    private static final long LONG_PAGE = 4 << 20;

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

    /** Rows of a page. */
    public record Rows<R>(List<R> rows, boolean isCut) {}

    /** Reads the rows of a page. Stops early when they are long together, because a page is built in memory. */
    public <R> ResultSetExtractor<Rows<R>> reader(RowMapper<R> mapper) {
        return result -> {
            List<R> rows = new ArrayList<>();
            long length = 0;
            while (result.next()) {
                if (length > LONG_PAGE) {
                    return new Rows<>(rows, true);
                }
                rows.add(mapper.mapRow(result, rows.size()));
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    length += result.getObject(column) instanceof String text ? text.length() : 0;
                }
            }
            return new Rows<>(rows, false);
        };
    }

    /** Creates the page of rows that were read by {@link #reader}. */
    public <R, T> Page<T> page(Rows<R> read, ToLongFunction<R> place, Function<R, T> item) {
        List<R> rows = read.rows();
        return read.isCut()
                ? new Page<>(rows.stream().map(item).toList(), cursor(place.applyAsLong(rows.getLast())))
                : page(rows, place, item);
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
