package io.minimalcluster.worker.master;

import io.minimalcluster.worker.master.MasterCallException.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the authkey comes from: it was given, or it stands in a file, which may come later and change. */
public final class KeySource {
    private static final int LONGEST_FILE = 4096;

    private final @Nullable Path file;
    private volatile @Nullable AuthKey key;

    private KeySource(@Nullable Path file, @Nullable AuthKey key) {
        this.file = file;
        this.key = key;
    }

    /** A key that stays as it is. */
    public static KeySource given(AuthKey key) {
        return new KeySource(null, key);
    }

    /** A key that is read from a file, and read again when it is refused. */
    public static KeySource file(Path file) {
        return new KeySource(file, null);
    }

    /**
     * The key.
     *
     * @throws Refused if it can't be read
     */
    public AuthKey get() throws Refused {
        AuthKey known = key;
        return known == null ? read() : known;
    }

    /** Forgets what was read of a file; false if the key can't become another. */
    public boolean mayHaveChanged() {
        if (file == null) {
            return false;
        }
        key = null;
        return true;
    }

    private AuthKey read() throws Refused {
        Path from = file;
        if (from == null) {
            throw new Refused("there is no key", true);
        }
        try {
            if (Files.size(from) > LONGEST_FILE) {
                throw new Refused("the key file " + from + " holds more than a key", true);
            }
            AuthKey read = AuthKey.of(Files.readString(from));
            key = read;
            return read;
        } catch (IOException | IllegalArgumentException e) {
            throw new Refused(
                    "no key can be read from " + from + ": " + e.getClass().getSimpleName(), true);
        }
    }
}
