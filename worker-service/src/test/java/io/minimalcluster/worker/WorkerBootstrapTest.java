package io.minimalcluster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class WorkerBootstrapTest {
    private static Binder settings(String address, String port) {
        return new Binder(new MapConfigurationPropertySource(Map.of("server.address", address, "server.port", port)));
    }

    @Test
    void addressIsReadFromTheSettings() {
        assertThat(WorkerBootstrap.address(settings("127.0.0.1", "8081"))).hasToString("/127.0.0.1:8081");
    }

    @Test
    void emptyPortOrAddressIsNamed() {
        assertThatThrownBy(() -> WorkerBootstrap.address(settings("127.0.0.1", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("server.port is empty");
        assertThatThrownBy(() -> WorkerBootstrap.address(settings("", "0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("server.address is empty");
    }

    @Test
    void settingsWithoutEffectAreFound() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test", Map.of("server.port", "1", "management", "1", "spring.ssl.bundle.pem.a.b", "c")));
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "test-systemEnvironment", Map.of("SERVER_SSL_CERTIFICATE", "x")));
        ConfigurationPropertySources.attach(environment);
        assertThat(WorkerBootstrap.ignored(environment)).containsExactly("server.ssl", "spring.ssl");
    }
}
