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
                .isEqualTo(new Options(
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--minutes",
                "--minutes x",
                "--seed -1",
                "--speed 3",
                "--store oracle",
                "--store postgres --postgres-url",
                "--postgres-url jdbc:postgresql://here/db"
            })
    void whatMakesNoSenseIsRefused(String words) {
        assertThatThrownBy(() -> Options.of(words.split(" ", -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("usage: chaos");
    }
}
