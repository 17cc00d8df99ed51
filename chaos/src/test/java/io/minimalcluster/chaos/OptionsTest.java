package io.minimalcluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void everythingCanBeSaid() {
        assertThat(Options.of(
                        "--minutes",
                        "3",
                        "--faults",
                        "2",
                        "--seed",
                        "7",
                        "--lease",
                        "15s",
                        "--store",
                        "postgres",
                        "--postgres-url",
                        "jdbc:postgresql://here/db"))
                .isEqualTo(Options.chaos(
                        Duration.ofMinutes(3),
                        2,
                        7,
                        Duration.ofSeconds(15),
                        new StoreChoice.OuterPostgres("jdbc:postgresql://here/db")));
        assertThat(Options.of("--seconds", "20", "--store", "sqlite").store()).isEqualTo(new StoreChoice.Sqlite());
    }

    @Test
    void aServerOfItsOwnIsKilledToo() {
        Options own = Options.of("--store", "postgres");

        assertThat(own.store()).isEqualTo(new StoreChoice.OwnPostgres());
        assertThat(own.schedule().kinds()).contains("KillStore", "StoreAway");
        assertThat(own.faults()).isEqualTo(own.schedule().round());
        assertThat(Options.of().schedule().kinds()).doesNotContain("KillStore", "StoreAway");
        assertThat(Options.of("--faults", "0").faults()).isZero();
    }

    @Test
    void recoveryIsMeasuredWithTheLeaseOfAnyCluster() {
        assertThat(Options.of("--recovery"))
                .isEqualTo(Options.recovery(5, Duration.ofSeconds(15), new StoreChoice.Sqlite()));
        assertThat(Options.of("--store", "postgres", "--recovery", "--times", "2", "--lease", "3s"))
                .isEqualTo(Options.recovery(2, Duration.ofSeconds(3), new StoreChoice.OwnPostgres()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--minutes",
                "--minutes x",
                "--seed -1",
                "--speed 3",
                "--store oracle",
                "--times 3",
                "--recovery --times 0",
                "--recovery --minutes 3",
                "--store postgres --postgres-url",
                "--postgres-url jdbc:postgresql://here/db"
            })
    void whatMakesNoSenseIsRefused(String words) {
        assertThatThrownBy(() -> Options.of(words.split(" ", -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("usage: chaos");
    }
}
