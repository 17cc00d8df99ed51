package io.minimalcluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChaosOptionsTest {
    @Test
    void allOptionsAreParsed() {
        assertThat(ChaosOptions.of(
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
                .isEqualTo(ChaosOptions.chaos(
                        Duration.ofMinutes(3),
                        2,
                        7,
                        Duration.ofSeconds(15),
                        new StoreChoice.ExternalPostgres("jdbc:postgresql://here/db")));
        assertThat(ChaosOptions.of("--seconds", "20", "--store", "sqlite").store())
                .isEqualTo(new StoreChoice.Sqlite());
    }

    @Test
    void ownPostgresServerIsKilledToo() {
        ChaosOptions own = ChaosOptions.of("--store", "postgres");

        assertThat(own.store()).isEqualTo(new StoreChoice.ManagedPostgres());
        assertThat(own.schedule().kinds()).contains("KillStore", "StoreOutage");
        assertThat(own.faults()).isEqualTo(own.schedule().round());
        assertThat(ChaosOptions.of().schedule().kinds()).doesNotContain("KillStore", "StoreOutage");
        assertThat(ChaosOptions.of("--faults", "0").faults()).isZero();
    }

    @Test
    void recoveryRunUsesTheDefaultLease() {
        assertThat(ChaosOptions.of("--recovery"))
                .isEqualTo(ChaosOptions.recovery(5, Duration.ofSeconds(15), new StoreChoice.Sqlite()));
        assertThat(ChaosOptions.of("--store", "postgres", "--recovery", "--times", "2", "--lease", "3s"))
                .isEqualTo(ChaosOptions.recovery(2, Duration.ofSeconds(3), new StoreChoice.ManagedPostgres()));
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
    void invalidOptionsAreRejected(String words) {
        assertThatThrownBy(() -> ChaosOptions.of(words.split(" ", -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("usage: chaos");
    }
}
