package io.minimalcluster.master.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException.Conflict;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RowCacheTest {
    private final RowCache<String, String> cache = new RowCache<>(10);
    private final AtomicInteger reads = new AtomicInteger();

    private Optional<String> get(String key) {
        return cache.get(key, () -> Optional.of("read " + reads.incrementAndGet()), _ -> true);
    }

    private static CompletableFuture<Integer> written() {
        return CompletableFuture.completedFuture(1);
    }

    @Test
    void rowIsReadOnce() {
        assertThat(get("a")).contains("read 1");
        assertThat(get("a")).contains("read 1");
    }

    @Test
    void rowThatMayNotBeCachedIsReadAgain() {
        cache.get("a", () -> Optional.of("large"), _ -> false);

        assertThat(get("a")).contains("read 1");
    }

    @Test
    void missingRowIsReadAgain() {
        cache.get("a", Optional::empty, _ -> true);

        assertThat(get("a")).contains("read 1");
    }

    @Test
    void changedRowIsReadAgain() {
        get("a");
        get("b");

        cache.change("a", written());

        assertThat(get("a")).contains("read 3");
        assertThat(get("b")).contains("read 2");
    }

    @Test
    void changedRowsAreReadAgain() {
        get("a1");
        get("a2");
        get("b");

        cache.changeAll(key -> key.startsWith("a"), written());

        assertThat(get("a1")).contains("read 4");
        assertThat(get("a2")).contains("read 5");
        assertThat(get("b")).contains("read 3");
    }

    /** The row was read before the change was committed. */
    @Test
    void rowThatIsReadDuringAChangeIsNotCached() {
        Optional<String> stale = cache.get(
                "a",
                () -> {
                    cache.change("a", written());
                    return Optional.of("stale");
                },
                _ -> true);

        assertThat(stale).contains("stale");
        assertThat(get("a")).contains("read 1");
    }

    @Test
    void nothingIsCachedAfterAWriteWithAnUnknownOutcome() {
        get("a");

        assertThatThrownBy(() -> cache.change(
                        "a", CompletableFuture.failedFuture(new IllegalStateException("the connection is lost"))))
                .isInstanceOf(IllegalStateException.class);

        assertThat(get("a")).contains("read 2");
        assertThat(get("a")).contains("read 3");
    }

    @Test
    void rejectedChangeLetsRowsBeCached() {
        get("a");

        assertThatThrownBy(() ->
                        cache.change("a", CompletableFuture.failedFuture(new Conflict("It is in use.", "IN_USE"))))
                .isInstanceOf(Conflict.class);

        assertThat(get("a")).contains("read 2");
        assertThat(get("a")).contains("read 2");
    }
}
