package io.minimalcluster.worker.master;

import io.minimalcluster.worker.master.MasterCallException.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The source of the authkey: a given value, or a file that may appear later and change. */
public final class KeySource {
    private static final int MAX_FILE_BYTES = 4096;

    private final @Nullable Path file;
    private volatile @Nullable AuthKey key;

    private KeySource(@Nullable Path file, @Nullable AuthKey key) {
        this.file = file;
        this.key = key;
    }

    /** Creates a source with a fixed key. */
    public static KeySource given(AuthKey key) {
        return new KeySource(null, key);
    }

    /** Creates a source that reads a key file, and reads it again after the key was refused. */
    public static KeySource file(Path file) {
        return new KeySource(file, null);
    }

    /**
     * Returns the key.
     *
     * @throws Refused if the key file cannot be read
     */
    public AuthKey get() throws Refused {
        AuthKey known = key;
        return known == null ? read() : known;
    }

    /** Discards a key read from a file. Returns false if the key is fixed. */
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
            if (Files.size(from) > MAX_FILE_BYTES) {
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
