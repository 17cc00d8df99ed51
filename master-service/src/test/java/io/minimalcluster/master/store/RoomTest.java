package io.minimalcluster.master.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.problem.MasterException.InsufficientStorage;
import io.minimalcluster.worker.settings.ByteSize;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {
    private static final ByteSize RESERVE = ByteSize.ofMebibytes(3);

    @TempDir
    Path folder;

    private Room room(long minFree) {
        return new Room(folder, new RoomSettings(new ByteSize(minFree), RESERVE));
    }

    @Test
    void itKeepsAReserveAndGivesItUpOnce() {
        Room room = room(0);
        room.look();
        assertThat(room.reservedBytes()).isEqualTo(RESERVE.bytes());
        assertThat(room.isLow()).isFalse();

        assertThat(room.makeRoom()).isTrue();

        assertThat(room.reservedBytes()).isZero();
        assertThat(room.makeRoom()).as("there is none any more").isFalse();
        assertThatThrownBy(room::check).as("nothing new meanwhile").isInstanceOf(InsufficientStorage.class);
    }

    @Test
    void theReserveIsTakenAgainWhenThereIsRoom() {
        Room room = room(0);
        room.makeRoom();
        room.look();
        assertThat(room.reservedBytes()).isEqualTo(RESERVE.bytes());
        assertThatCode(room::check).doesNotThrowAnyException();
    }

    @Test
    void withTooLittleRoomThereIsNoReserveAndNothingNewIsTaken() {
        Room room = room(folder.toFile().getUsableSpace() * 8);
        room.look();
        assertThat(Files.exists(folder.resolve("reserve"))).isFalse();
        assertThatThrownBy(room::check).isInstanceOf(InsufficientStorage.class).hasMessageContaining("MB left");
    }

    @Test
    void whatIsFreeInTheStoreCountsAsRoomWhileTheDiskHasSome() {
        long usable = folder.toFile().getUsableSpace();
        Room room = room(usable * 2);
        assertThat(room.isLow()).isTrue();
        room.reusable(usable * 2);
        assertThat(room.isLow()).isFalse();
    }

    @Test
    void aCopyThatWouldFillTheDiskIsRefused() {
        Room room = room(0);
        assertThatThrownBy(() -> room.check(Long.MAX_VALUE / 2)).isInstanceOf(InsufficientStorage.class);
    }
}
