package io.minimalcluster.master.http.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.model.Page;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {
    /** Rows of one page, newest first, as a query of the store returns them. */
    private static List<Long> rows(PageRequest page, long newest) {
        return LongStream.iterate(
                        Math.min(newest, page.before() - 1), position -> position > 0, position -> position - 1)
                .limit(page.oneMore())
                .boxed()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 49, 50, 51, 100, 333})
    void pagesShowEachItemOnce(int count) {
        List<Long> seen = new ArrayList<>();
        @Nullable String next = null;
        do {
            PageRequest request = PageRequest.of("7", next);
            Page<Long> page = request.page(rows(request, count), position -> position, position -> position);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(7);
            seen.addAll(page.items());
            next = page.next();
        } while (next != null);
        assertThat(seen)
                .containsExactlyElementsOf(LongStream.iterate(count, position -> position > 0, position -> position - 1)
                        .boxed()
                        .toList());
    }

    @Test
    void fullLastPageHasNoNext() {
        PageRequest request = PageRequest.of("10", null);
        assertThat(request.page(rows(request, 10), position -> position, position -> position)
                        .next())
                .isNull();
    }

    /** A result with rows of one long text each. */
    private static ResultSet longRows(int count) {
        AtomicInteger row = new AtomicInteger();
        String text = "x".repeat(1 << 20);
        Object metadata = Proxy.newProxyInstance(
                PageRequestTest.class.getClassLoader(), new Class<?>[] {ResultSetMetaData.class}, (_, _, _) -> 1);
        return (ResultSet) Proxy.newProxyInstance(
                PageRequestTest.class.getClassLoader(),
                new Class<?>[] {ResultSet.class},
                (_, method, _) -> switch (method.getName()) {
                    case "next" -> row.incrementAndGet() <= count;
                    case "getMetaData" -> metadata;
                    case "getRow" -> row.get();
                    default -> text;
                });
    }

    @Test
    void pageOfLongRowsEndsEarly() throws SQLException {
        PageRequest request = PageRequest.of("100", null);

        PageRequest.Rows<Long> rows = Objects.requireNonNull(
                request.<Long>reader((row, _) -> 1000L - row.getRow()).extractData(longRows(50)));
        Page<Long> page = request.page(rows, position -> position, position -> position);

        assertThat(page.items()).hasSizeBetween(1, 10);
        assertThat(PageRequest.of("100", page.next()).before())
                .isEqualTo(page.items().getLast());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "1000000000", "99999999999", "", "x", "1.5", " 1"})
    void invalidLimitIsRejected(String limit) {
        assertThatThrownBy(() -> PageRequest.of(limit, null)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "p", "x1", "1", "p ", "p!", "p99999999999999999999", "p-5", "p+5"})
    void invalidCursorIsRejected(String cursor) {
        assertThatThrownBy(() -> PageRequest.of(null, cursor)).isInstanceOf(Malformed.class);
    }
}
