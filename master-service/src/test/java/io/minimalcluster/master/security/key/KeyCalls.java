package io.minimalcluster.master.security.key;

import io.minimalcluster.master.DataFolder;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.Role;
import io.minimalcluster.master.store.DiskSpaceGuard;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.TestDiskSpace;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/** Admin calls on keys, and key rings, without a web server. */
public final class KeyCalls {
    private static final DiskSpaceGuard DISK_SPACE = TestDiskSpace.in(Path.of(System.getProperty("java.io.tmpdir")));

    private final StoredKeys keys;

    public KeyCalls(Store store, InstantSource clock) {
        this.keys = stored(store, clock);
    }

    private static StoredKeys stored(Store store, InstantSource clock) {
        return new StoredKeys(store, clock, DISK_SPACE, new UndisclosedKeyCleanup(store));
    }

    /** The keys of a store, and {@code authkey} with all roles. */
    public static KeyRing ring(String authkey, Store store, InstantSource clock) {
        return ring(new KeySettings(authkey, null, List.of()), Path.of(""), store, clock);
    }

    static KeyRing ring(KeySettings settings, Path data, Store store, InstantSource clock) {
        return new KeyRing(settings, new DataFolder(data), clock, stored(store, clock));
    }

    /** Creates a key and returns its secret. */
    public String create(Caller by, String name) {
        return Objects.requireNonNull(
                keys.add(by, name, Role.CLIENT, null, KeyRing.newSecret()).secret());
    }

    public void delete(String name) {
        keys.delete(name);
    }
}
