package io.minimalcluster.master.environment.compile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.master.environment.upload.Sha256;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the last sources without a name are called, so that one that comes again does not wait for the compiler. */
final class SourceNameCache {
    private static final int MOST = 1_000;

    /** By digest, the longest unused first; guarded by its monitor. */
    private final Map<String, String> names = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    String computeIfAbsent(String source, Supplier<String> name) {
        String digest = Sha256.of(source.getBytes(UTF_8));
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
