package io.minimalcluster.master.store;

import io.minimalcluster.worker.settings.ByteSize;
import java.nio.file.Path;

/** Room on the disk of a folder. */
public final class TestDiskSpace {
    private TestDiskSpace() {}

    /** As much as there is. */
    public static DiskSpaceGuard in(Path folder) {
        return new DiskSpaceGuard(folder, new DiskSpaceSettings(new ByteSize(0), new ByteSize(0)));
    }

    /** None for anything new, however much there is. */
    public static DiskSpaceGuard noneIn(Path folder) {
        return new DiskSpaceGuard(folder, new DiskSpaceSettings(new ByteSize(Long.MAX_VALUE), new ByteSize(0)));
    }
}
