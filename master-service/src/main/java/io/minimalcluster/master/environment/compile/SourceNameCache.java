package io.minimalcluster.master.environment.compile;

import io.minimalcluster.model.support.Sha256;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** LRU cache of the file names of unnamed sources, which saves a call of the compiler. */
final class SourceNameCache {
    private static final int MAX_ENTRIES = 1_000;

    /** By digest, in access order. Guarded by its monitor. */
    private final Map<String, String> names = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    String computeIfAbsent(String source, Supplier<String> name) {
        String digest = Sha256.hex(source);
        String known = find(digest);
        if (known != null) {
            return known;
        }
        String found = name.get();
        synchronized (names) {
            names.put(digest, found);
        }
        return found;
    }

    private @Nullable String find(String digest) {
        synchronized (names) {
            return names.get(digest);
        }
    }
}
