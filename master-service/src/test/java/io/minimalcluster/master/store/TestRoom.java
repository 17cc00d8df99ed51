package io.minimalcluster.master.store;

import io.minimalcluster.worker.settings.ByteSize;
import java.nio.file.Path;

/** Room on the disk of a folder. */
public final class TestRoom {
    private TestRoom() {}

    /** As much as there is. */
    public static Room in(Path folder) {
        return new Room(folder, new RoomSettings(new ByteSize(0), new ByteSize(0)));
    }

    /** None for anything new, however much there is. */
    public static Room noneIn(Path folder) {
        return new Room(folder, new RoomSettings(new ByteSize(Long.MAX_VALUE), new ByteSize(0)));
    }
}
