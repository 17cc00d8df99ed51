package io.minimalcluster.master.security.key;

import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.KeyRing;
import io.minimalcluster.master.security.Role;
import io.minimalcluster.master.store.DiskSpaceGuard;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.TestDiskSpace;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;

/** Admin calls on keys, without a web server. */
public final class KeyCalls {
    private static final DiskSpaceGuard DISK_SPACE = TestDiskSpace.in(Path.of(System.getProperty("java.io.tmpdir")));

    private final StoredKeys keys;

    public KeyCalls(Store store, InstantSource clock) {
        this.keys = new StoredKeys(store, clock, DISK_SPACE, new UndisclosedKeyCleanup(store));
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
