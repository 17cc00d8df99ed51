package io.minimalcluster.client.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreenTest {
    @Test
    void sizeIsThatOfTheTerminal() {
        assertThat(Screen.of("in out", "50 132", Map.of())).isEqualTo(new Screen(true, true, true, 132, 50));
    }

    @Test
    void unknownSizeIsThatOfAnOldTerminal() {
        assertThat(Screen.of("", "", Map.of())).isEqualTo(new Screen(false, false, true, 80, 24));
        assertThat(Screen.of("out", "0 0", Map.of())).isEqualTo(new Screen(false, true, true, 80, 24));
    }

    @Test
    void coloursAreTurnedOffByTheEnvironment() {
        assertThat(Screen.of("out", "", Map.of("NO_COLOR", "1")).colour()).isFalse();
        assertThat(Screen.of("out", "", Map.of("NO_COLOR", "")).colour()).isTrue();
        assertThat(Screen.of("out", "", Map.of("TERM", "dumb")).colour()).isFalse();
    }
}
