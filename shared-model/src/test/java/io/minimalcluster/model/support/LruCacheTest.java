package io.minimalcluster.model.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LruCacheTest {
    private final Map<String, Integer> cache = LruCache.of(2);

    @Test
    void leastRecentlyUsedEntryIsEvictedAboveTheBound() {
        cache.put("a", 1);
        cache.put("b", 2);
        assertThat(cache.get("a")).isEqualTo(1);

        cache.merge("c", 3, Integer::sum);
        assertThat(cache.keySet()).containsExactly("a", "c");

        cache.computeIfAbsent("d", _ -> 4);
        assertThat(cache.keySet()).containsExactly("c", "d");
    }
}
