package io.minimalcluster.model.support;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Factory of thread-safe maps that evict the least recently used entry. */
public final class LruCache {
    private LruCache() {}

    /** An empty map that evicts an entry when it has more than {@code maxEntries}. */
    public static <K, V> Map<K, V> of(int maxEntries) {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > maxEntries;
            }
        });
    }
}
