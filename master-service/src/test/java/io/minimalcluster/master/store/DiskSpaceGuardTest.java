package io.minimalcluster.master.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException.InsufficientStorage;
import io.minimalcluster.model.support.ByteSize;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceGuardTest {
    private static final ByteSize RESERVE = ByteSize.ofMebibytes(3);

    @TempDir
    Path folder;

    private DiskSpaceGuard guard(long minFree) {
        return new DiskSpaceGuard(folder, new DiskSpaceSettings(new ByteSize(minFree), RESERVE));
    }

    @Test
    void reserveIsReleasedOnce() {
        DiskSpaceGuard diskSpace = guard(0);
        diskSpace.look();
        assertThat(diskSpace.reservedBytes()).isEqualTo(RESERVE.bytes());
        assertThat(diskSpace.isLow()).isFalse();

        assertThat(diskSpace.makeRoom()).isTrue();

        assertThat(diskSpace.reservedBytes()).isZero();
        assertThat(diskSpace.makeRoom()).as("the reserve is already released").isFalse();
        assertThatThrownBy(diskSpace::check).as("new data without a reserve").isInstanceOf(InsufficientStorage.class);
    }

    @Test
    void reserveIsRestoredWithFreeSpace() {
        DiskSpaceGuard diskSpace = guard(0);
        diskSpace.makeRoom();
        diskSpace.look();
        assertThat(diskSpace.reservedBytes()).isEqualTo(RESERVE.bytes());
        assertThatCode(diskSpace::check).doesNotThrowAnyException();
    }

    @Test
    void lowDiskSpaceRejectsNewDataAndKeepsNoReserve() {
        DiskSpaceGuard diskSpace = guard(folder.toFile().getUsableSpace() * 8);
        diskSpace.look();
        assertThat(Files.exists(folder.resolve("reserve"))).isFalse();
        assertThatThrownBy(diskSpace::check)
                .isInstanceOf(InsufficientStorage.class)
                .hasMessageContaining("MB left");
    }

    @Test
    void freePagesOfTheStoreCountAsFreeSpace() {
        long usable = folder.toFile().getUsableSpace();
        DiskSpaceGuard diskSpace = guard(usable * 2);
        assertThat(diskSpace.isLow()).isTrue();
        diskSpace.reusable(usable * 2);
        assertThat(diskSpace.isLow()).isFalse();
    }

    @Test
    void copyThatWouldFillTheDiskIsRejected() {
        DiskSpaceGuard diskSpace = guard(0);
        assertThatThrownBy(() -> diskSpace.check(Long.MAX_VALUE / 2)).isInstanceOf(InsufficientStorage.class);
    }
}
