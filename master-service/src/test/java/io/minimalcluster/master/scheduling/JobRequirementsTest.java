package io.minimalcluster.master.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.job.JobOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobRequirementsTest {
    private static JobRequirements needs(boolean network, Map<String, String> labels) {
        return JobRequirements.of(
                JobOptions.builder().network(network).requires(labels).build());
    }

    @Test
    void aJobThatAsksForNothingNeedsNothing() {
        assertThat(JobRequirements.of(JobOptions.DEFAULTS)).isEqualTo(JobRequirements.NONE);
        assertThat(needs(false, Map.of()).key()).isEmpty();
        assertThat(JobRequirements.of("")).isEqualTo(JobRequirements.NONE);
    }

    @Test
    void theSameNeedsHaveTheSameKeyAndCanBeReadFromIt() {
        JobRequirements requirements = needs(true, Map.of("zone", "a", "gpu", "\"yes\""));

        assertThat(requirements.key())
                .isEqualTo(needs(true, Map.of("gpu", "\"yes\"", "zone", "a")).key());
        assertThat(JobRequirements.of(requirements.key())).isEqualTo(requirements);
    }

    @Test
    void requirementsNeedEveryLabelAndTheNetwork() {
        JobRequirements requirements = needs(true, Map.of("zone", "a"));

        assertThat(requirements.areMetBy(new WorkerCapabilities(Map.of("zone", "a", "gpu", "yes"), true)))
                .isTrue();
        assertThat(requirements.areMetBy(new WorkerCapabilities(Map.of("zone", "a"), false)))
                .isFalse();
        assertThat(requirements.areMetBy(new WorkerCapabilities(Map.of("zone", "b"), true)))
                .isFalse();
        assertThat(JobRequirements.NONE.areMetBy(new WorkerCapabilities(Map.of(), false)))
                .isTrue();
    }
}
