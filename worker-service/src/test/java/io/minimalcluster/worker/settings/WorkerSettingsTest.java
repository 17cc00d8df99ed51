package io.minimalcluster.worker.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.minimalcluster.model.support.ByteSize;
import io.minimalcluster.model.worker.Isolation;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class WorkerSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "43d4d93e1bf4, worker-43d4d9",
        "node-3.example.org, node-3.example.org-7",
        "43d4d93e1bf, 43d4d93e1bf-7",
        "worker-7f9c6d5b8-x2x4z, worker-7f9c6d5b8-x2x4z-7"
    })
    void defaultNameIsReadable(String host, String name) {
        assertThat(WorkerSettings.defaultName(host, 7)).isEqualTo(name);
    }

    @Test
    void everyNameAndDefaultIsPinned() {
        assertThat(SettingNames.of(ConnectionSettings.class))
                .containsExactly(
                        "minimalcluster.master-url",
                        "minimalcluster.master-url[*]",
                        "minimalcluster.authkey",
                        "minimalcluster.authkey-file",
                        "minimalcluster.ca-file");
        assertThat(SettingNames.of(WorkerSettings.class))
                .containsExactly(
                        "minimalcluster.worker.name",
                        "minimalcluster.worker.slots",
                        "minimalcluster.worker.labels.*",
                        "minimalcluster.worker.labels[*]",
                        "minimalcluster.worker.drain");
        assertThat(SettingNames.of(ExecutorSettings.class))
                .containsExactly(
                        "minimalcluster.executor.isolation",
                        "minimalcluster.executor.minimum-isolation",
                        "minimalcluster.executor.heap",
                        "minimalcluster.executor.metaspace",
                        "minimalcluster.executor.direct-memory",
                        "minimalcluster.executor.memory",
                        "minimalcluster.executor.processes",
                        "minimalcluster.executor.open-files",
                        "minimalcluster.executor.file-size",
                        "minimalcluster.executor.tmp",
                        "minimalcluster.executor.idle",
                        "minimalcluster.executor.max-output",
                        "minimalcluster.executor.max-result",
                        "minimalcluster.executor.network");
        ConnectionSettings connection = bind("minimalcluster", ConnectionSettings.class, Map.of());
        assertThat(connection.masterUrl()).containsExactly(URI.create("http://localhost:8080"));
        ExecutorSettings executor = bind("minimalcluster.executor", ExecutorSettings.class, Map.of());
        assertThat(executor.isolation().named()).isEmpty();
        assertThat(executor.metaspace()).hasToString("128m");
        assertThat(executor.directMemory()).hasToString("64m");
        assertThat(executor.memoryOrDefault(1).bytes())
                .isEqualTo(executor.heapOrDefault(1).bytes() + (576L << 20));
        assertThat(executor.processes()).isEqualTo(1024);
        assertThat(executor.openFiles()).isEqualTo(1024);
        assertThat(executor.fileSize()).hasToString("64m");
        assertThat(executor.tmp()).hasToString("64m");
        assertThat(executor.idle()).isEqualTo(Duration.ofMinutes(3));
        assertThat(executor.maxOutput()).hasToString("64k");
        assertThat(executor.maxResult()).hasToString("16m");
        assertThat(executor.network()).isFalse();
        WorkerSettings worker = bind("minimalcluster.worker", WorkerSettings.class, Map.of());
        assertThat(worker.nameOrDefault())
                .endsWith("-" + ProcessHandle.current().pid());
        assertThat(worker.slotsOrDefault()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(worker.labels()).isEmpty();
        assertThat(worker.drain()).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void settingsAreBound() {
        WorkerSettings worker = bind(
                "minimalcluster.worker",
                WorkerSettings.class,
                Map.of(
                        "minimalcluster.worker.name", "north",
                        "minimalcluster.worker.slots", "3",
                        "minimalcluster.worker.labels.zone", "a"));
        assertThat(worker.nameOrDefault()).isEqualTo("north");
        assertThat(worker.slotsOrDefault()).isEqualTo(3);
        assertThat(worker.labels()).isEqualTo(Map.of("zone", "a"));
        ExecutorSettings executor = bind(
                "minimalcluster.executor",
                ExecutorSettings.class,
                Map.of(
                        "minimalcluster.executor.isolation", "bubblewrap",
                        "minimalcluster.executor.minimum-isolation", "process",
                        "minimalcluster.executor.heap", "256m"));
        assertThat(executor.isolation().named()).contains(Isolation.BUBBLEWRAP);
        assertThat(executor.minimumIsolationOrDefault()).isEqualTo(Isolation.PROCESS);
        assertThat(executor.heapOrDefault(4)).isEqualTo(ByteSize.ofMebibytes(256));
        ConnectionSettings connection = bind(
                "minimalcluster",
                ConnectionSettings.class,
                Map.of("minimalcluster.master-url", "http://a:1,https://b:2", "minimalcluster.authkey", "secret"));
        assertThat(connection.masterUrl()).isEqualTo(List.of(URI.create("http://a:1"), URI.create("https://b:2")));
        assertThat(connection).asString().doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "worker, slots, 0, 'minimalcluster.worker.slots must be between 1 and 1024, but is 0'",
        "worker, slots, 1000000, 'minimalcluster.worker.slots must be between 1 and 1024, but is 1000000'",
        "worker, slots, many, minimalcluster.worker.slots: For input string",
        "worker, name, '  ', minimalcluster.worker.name must be 1 to 200",
        "worker, drain, -1s, 'minimalcluster.worker.drain must be between 0s and 24h, but is -1s'",
        "executor, heap, 1m, 'minimalcluster.executor.heap must be between 16m and 1t, but is 1m'",
        "executor, max-result, 1g, 'minimalcluster.executor.max-result must be between 1 and 64m, but is 1g'",
        "executor, processes, 1, 'minimalcluster.executor.processes must be between 64 and 1048576, but is 1'",
        "executor, open-files, 0, 'minimalcluster.executor.open-files must be between 64 and 1048576, but is 0'",
        "executor, memory, 1m, 'minimalcluster.executor.memory must be between 64m and 1t, but is 1m'",
        "executor, direct-memory, 0, 'minimalcluster.executor.direct-memory must be between 1m and 1t, but is 0'",
        "executor, file-size, 0, 'minimalcluster.executor.file-size must be between 1m and 1t, but is 0'",
        "executor, tmp, 0, 'minimalcluster.executor.tmp must be between 1m and 1t, but is 0'",
        "executor, idle, 0s, 'minimalcluster.executor.idle must be between 1s and 1h, but is 0s'",
        "executor, heap, lots, minimalcluster.executor.heap:"
    })
    void settingOutOfBoundsIsRejected(String part, String name, String value, String message) {
        String prefix = "minimalcluster." + part;
        Class<?> type = part.equals("worker") ? WorkerSettings.class : ExecutorSettings.class;
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> bind(prefix, type, Map.of(prefix + "." + name, value)))
                .satisfies(e -> assertThat(SettingCheck.reason(e)).startsWith(message));
    }

    @Test
    void exactlyOneKeyIsRequired() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bind("minimalcluster", ConnectionSettings.class, Map.of())
                        .key())
                .withMessageContaining("minimalcluster.authkey-file");
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> bind(
                        "minimalcluster",
                        ConnectionSettings.class,
                        Map.of("minimalcluster.authkey", "the-secret", "minimalcluster.authkey-file", "f")))
                .havingRootCause()
                .withMessageContaining("both")
                .withMessageNotContaining("the-secret");
    }

    @Test
    void defaultHeapIsAShareOfTheMemory() {
        long gigabyte = 1L << 30;
        assertThat(ExecutorSettings.shareOf(64 * gigabyte, 4)).hasToString("512m");
        assertThat(ExecutorSettings.shareOf(gigabyte, 4)).isEqualTo(ByteSize.ofMebibytes(153));
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate(prefix, type);
    }
}
