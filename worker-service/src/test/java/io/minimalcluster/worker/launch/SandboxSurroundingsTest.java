package io.minimalcluster.worker.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.worker.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The surroundings of tasks at each isolation level: what ordinary code expects of a machine. */
@ParameterizedClass
@MethodSource("io.minimalcluster.worker.launch.SupportedIsolationLevels#all")
@Timeout(120)
class SandboxSurroundingsTest {
    /** One child for all tests of a level, which only ask it. */
    private static final Map<Isolation, TestChildProcess> CHILDREN = new EnumMap<>(Isolation.class);

    private final Isolation level;
    private final TestChildProcess child;

    SandboxSurroundingsTest(Isolation level) throws Exception {
        this.level = level;
        if (!CHILDREN.containsKey(level)) {
            CHILDREN.put(level, TestChildProcess.start(SharedLaunchers.with(SupportedIsolationLevels.only(level))));
        }
        child = CHILDREN.get(level);
    }

    @AfterAll
    static void close() throws IOException {
        for (TestChildProcess each : CHILDREN.values()) {
            each.close();
        }
        CHILDREN.clear();
    }

    @Test
    void localHostHasAName() throws Exception {
        assertThat(child.ask("host")).isNotBlank().doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user.home", "java.io.tmpdir"})
    void folderIsWritable(String property) throws Exception {
        String file = child.ask("property " + property) + "/file";
        assertThat(child.ask("write " + file)).isEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/shm", "/tmp", "/var/tmp"})
    void sharedFolderIsWritable(String folder) throws Exception {
        Path file =
                Path.of(folder, "surroundings-" + ThreadLocalRandom.current().nextLong());
        assertThat(child.ask("write " + file)).isEqualTo(file.toString());
        Files.deleteIfExists(file);
    }

    @Test
    void devicesWork() throws Exception {
        assertThat(child.ask("write /dev/null")).isEqualTo("/dev/null");
        assertThat(child.ask("head /dev/urandom")).isEqualTo("16 bytes");
    }

    @Test
    void userHasAName() throws Exception {
        assertThat(child.ask("property user.name")).isEqualTo("task");
        if (level == Isolation.BUBBLEWRAP) {
            assertThat(child.ask("run whoami")).isEqualTo("task");
            assertThat(child.ask("read /etc/passwd")).contains("task:x:1000:").doesNotContain("daemon");
            assertThat(child.ask("read /etc/hosts")).contains("127.0.0.1 localhost");
        }
    }

    @Test
    void textIsPainted() throws Exception {
        assertThat(child.ask("text")).isEqualTo("painted true");
    }

    @Test
    void timeZoneAndEncodingAreFixed() throws Exception {
        assertThat(child.ask("property user.timezone")).isEqualTo("UTC");
        assertThat(child.ask("property native.encoding")).isEqualTo("UTF-8");
        assertThat(child.ask("run date")).contains("UTC");
    }

    @Test
    void linkedProgramsWork() throws Exception {
        assertThat(child.ask("run awk")).doesNotContain("Cannot run").contains("awk");
    }
}
