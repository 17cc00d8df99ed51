package io.minimalcluster.master.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.problem.MasterException.PayloadTooLarge;
import io.minimalcluster.master.problem.MasterException.Unavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BodyRoomTest {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int LONG = 2 * BodyRoom.SMALL;

    private final BodyRoom room = new BodyRoom(8 * MEBIBYTE, Duration.ZERO);

    @Test
    void whatIsSmallTakesNone() {
        for (int i = 0; i < 1000; i++) {
            room.share(MEBIBYTE, true).readOn(BodyRoom.SMALL, BodyRoom.SMALL);
        }
        room.share(2 * MEBIBYTE, true).readOn(LONG, 0);
    }

    @Test
    void whoFindsNoneInTimeIsSentAwayAndItIsThereAgainWhenTheOthersAreDone() {
        BodyRoom.Share one = room.share(MEBIBYTE, true);
        BodyRoom.Share other = room.share(MEBIBYTE, true);
        one.readOn(LONG, 0);
        other.readOn(LONG, 0);
        try (BodyRoom.Share third = room.share(MEBIBYTE, true)) {
            assertThatThrownBy(() -> third.readOn(LONG, 0)).isInstanceOf(Unavailable.class);
        }
        one.close();
        one.close();
        other.close();

        room.share(2 * MEBIBYTE, true).readOn(LONG, 0);
    }

    @Test
    void aStreamTakesSomeOnlyForALongValue() {
        BodyRoom.Share all = room.share(2 * MEBIBYTE, true);
        all.readOn(LONG, 0);
        BodyRoom.Share stream = room.share(MEBIBYTE, false);

        stream.readOn(Long.MAX_VALUE, BodyRoom.SMALL);

        assertThatThrownBy(() -> stream.readOn(0, LONG)).isInstanceOf(Unavailable.class);
    }

    @Test
    void whatCanNeverFitIsTooLarge() {
        assertThatThrownBy(() -> room.share(3 * MEBIBYTE, true).readOn(LONG, 0)).isInstanceOf(PayloadTooLarge.class);
    }

    @Test
    void whoWaitsHasItsTurn() {
        BodyRoom patient = new BodyRoom(8 * MEBIBYTE, Duration.ofMinutes(1));
        BodyRoom.Share first = patient.share(2 * MEBIBYTE, true);
        first.readOn(LONG, 0);
        CompletableFuture<Void> second = CompletableFuture.runAsync(
                () -> patient.share(2 * MEBIBYTE, true).readOn(LONG, 0), Thread::startVirtualThread);
        assertThat(second).isNotDone();

        first.close();

        assertThat(second.orTimeout(30, TimeUnit.SECONDS)).succeedsWithin(Duration.ofSeconds(30));
    }
}
