package io.minimalcluster.master.store;

import io.minimalcluster.model.support.ByteSize;
import java.nio.file.Path;

/** Factories of {@link DiskSpaceGuard} for tests. */
public final class TestDiskSpace {
    private TestDiskSpace() {}

    /** A guard without a minimum of free space. */
    public static DiskSpaceGuard in(Path folder) {
        return new DiskSpaceGuard(folder, new DiskSpaceSettings(new ByteSize(0), new ByteSize(0)));
    }

    /** A guard that rejects all new data. */
    public static DiskSpaceGuard fullIn(Path folder) {
        return new DiskSpaceGuard(folder, new DiskSpaceSettings(ByteSize.MAX, new ByteSize(0)));
    }
}
