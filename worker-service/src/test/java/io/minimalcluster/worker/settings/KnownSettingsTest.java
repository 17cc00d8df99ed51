package io.minimalcluster.worker.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class KnownSettingsTest {
    private static final KnownSettings KNOWN = KnownSettings.of(
                    ConnectionSettings.class, WorkerSettings.class, ExecutorSettings.class)
            .and("minimalcluster.data", "minimalcluster.keys[*].name", "minimalcluster.keys[*].sha256");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minimalcluster.master-url",
                "minimalcluster.masterUrl",
                "minimalcluster.master-url[1]",
                "minimalcluster.authkey-file",
                "minimalcluster.worker.slots",
                "minimalcluster.worker.labels.zone",
                "minimalcluster.worker.labels.a.b",
                "minimalcluster.worker.labels[a/b]",
                "minimalcluster.executor.minimum-isolation",
                "minimalcluster.executor.maxOutput",
                "minimalcluster.data",
                "minimalcluster.keys[0].name",
                "spring.whatever"
            })
    void knownPropertyIsAccepted(String name) {
        assertThatCode(() -> KNOWN.check(withProperty(name))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "minimalcluster.worker.slot, minimalcluster.worker.slots",
        "minimalcluster.master-ulr, minimalcluster.master-url",
        "minimalcluster.executor.memry, minimalcluster.executor.memory",
        "minimalcluster.master.url, minimalcluster.master-url",
        "minimalcluster.auth-key-fiel, minimalcluster.authkey-file",
        "minimalcluster.keys[0].nam, minimalcluster.keys[*].name"
    })
    void unknownPropertyIsRejectedWithASuggestion(String name, String nearest) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KNOWN.check(withProperty(name)))
                .withMessageContaining("unknown setting " + name + " in the test")
                .withMessageContaining("did you mean " + nearest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MINIMALCLUSTER_MASTERURL",
                "MINIMALCLUSTER_MASTER_URL",
                "MINIMALCLUSTER_AUTHKEY",
                "MINIMALCLUSTER_AUTHKEYFILE",
                "MINIMALCLUSTER_WORKER_LABELS_ZONE",
                "MINIMALCLUSTER_KEYS_0_NAME",
                "MINIMALCLUSTER_WORKER_OPTS",
                "PATH"
            })
    void knownVariableIsAccepted(String name) {
        assertThatCode(() -> KNOWN.check(withVariable(name))).doesNotThrowAnyException();
    }

    @Test
    void unknownVariableIsRejectedWithASuggestion() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KNOWN.check(withVariable("MINIMALCLUSTER_WORKER_SLOT")))
                .withMessageContaining("MINIMALCLUSTER_WORKER_SLOT")
                .withMessageContaining("minimalcluster.worker.slots");
    }

    private static ConfigurableEnvironment withProperty(String name) {
        ConfigurableEnvironment environment = empty();
        environment.getPropertySources().addFirst(new MapPropertySource("the test", Map.of(name, "1")));
        return environment;
    }

    /** Creates an environment without the properties of the test JVM. */
    private static ConfigurableEnvironment empty() {
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().stream()
                .toList()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        return environment;
    }

    private static ConfigurableEnvironment withVariable(String name) {
        ConfigurableEnvironment environment = empty();
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("the test", Map.of(name, "1")));
        return environment;
    }
}
