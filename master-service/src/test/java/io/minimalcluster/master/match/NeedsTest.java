package io.minimalcluster.master.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.job.JobOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NeedsTest {
    private static Needs needs(boolean network, Map<String, String> labels) {
        return Needs.of(JobOptions.builder().network(network).requires(labels).build());
    }

    @Test
    void aJobThatAsksForNothingNeedsNothing() {
        assertThat(Needs.of(JobOptions.DEFAULTS)).isEqualTo(Needs.NONE);
        assertThat(needs(false, Map.of()).key()).isEmpty();
        assertThat(Needs.of("")).isEqualTo(Needs.NONE);
    }

    @Test
    void theSameNeedsHaveTheSameKeyAndCanBeReadFromIt() {
        Needs needs = needs(true, Map.of("zone", "a", "gpu", "\"yes\""));

        assertThat(needs.key())
                .isEqualTo(needs(true, Map.of("gpu", "\"yes\"", "zone", "a")).key());
        assertThat(Needs.of(needs.key())).isEqualTo(needs);
    }

    @Test
    void areMetByWhoHasEachLabelAndTheNetworkIfItIsAskedFor() {
        Needs needs = needs(true, Map.of("zone", "a"));

        assertThat(needs.areMetBy(new Abilities(Map.of("zone", "a", "gpu", "yes"), true)))
                .isTrue();
        assertThat(needs.areMetBy(new Abilities(Map.of("zone", "a"), false))).isFalse();
        assertThat(needs.areMetBy(new Abilities(Map.of("zone", "b"), true))).isFalse();
        assertThat(Needs.NONE.areMetBy(new Abilities(Map.of(), false))).isTrue();
    }
}
