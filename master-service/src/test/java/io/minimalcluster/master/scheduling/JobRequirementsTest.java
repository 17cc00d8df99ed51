package io.minimalcluster.master.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.job.JobOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobRequirementsTest {
    private static JobRequirements requirements(boolean network, Map<String, String> labels) {
        return JobRequirements.of(
                JobOptions.builder().network(network).requires(labels).build());
    }

    @Test
    void defaultOptionsRequireNothing() {
        assertThat(JobRequirements.of(JobOptions.DEFAULTS)).isEqualTo(JobRequirements.NONE);
        assertThat(requirements(false, Map.of()).key()).isEmpty();
        assertThat(JobRequirements.of("")).isEqualTo(JobRequirements.NONE);
    }

    @Test
    void equalRequirementsHaveEqualKeysThatParseBack() {
        JobRequirements requirements = requirements(true, Map.of("zone", "a", "gpu", "\"yes\""));

        assertThat(requirements.key())
                .isEqualTo(requirements(true, Map.of("gpu", "\"yes\"", "zone", "a"))
                        .key());
        assertThat(JobRequirements.of(requirements.key())).isEqualTo(requirements);
    }

    @Test
    void requirementsNeedEveryLabelAndTheNetwork() {
        JobRequirements requirements = requirements(true, Map.of("zone", "a"));

        assertThat(requirements.areMetBy(new WorkerCapabilities(Map.of("zone", "a", "gpu", "yes"), true, 0)))
                .isTrue();
        assertThat(requirements.areMetBy(new WorkerCapabilities(Map.of("zone", "a"), false, 0)))
                .isFalse();
        assertThat(requirements.areMetBy(new WorkerCapabilities(Map.of("zone", "b"), true, 0)))
                .isFalse();
        assertThat(JobRequirements.NONE.areMetBy(new WorkerCapabilities(Map.of(), false, 0)))
                .isTrue();
    }

    @Test
    void memoryIsALeastHeapOfExecutors() {
        JobRequirements requirements = JobRequirements.of(
                JobOptions.builder().requires(Map.of("memory", "2g")).build());

        assertThat(requirements.areMetBy(new WorkerCapabilities(Map.of(), false, 2L << 30)))
                .isTrue();
        assertThat(requirements.areMetBy(new WorkerCapabilities(Map.of(), false, (2L << 30) - 1)))
                .isFalse();
        assertThat(requirements.areMetBy(new WorkerCapabilities(Map.of("memory", "2g"), false, 0)))
                .isFalse();
    }
}
