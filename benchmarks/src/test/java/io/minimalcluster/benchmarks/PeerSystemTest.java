package io.minimalcluster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.client.local.Installation;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeerSystemTest {
    private static final Installation INSTALLATION = new Installation(Path.of("home"), Path.of("java"), false);

    @ParameterizedTest
    @EnumSource
    void driverHasTheJarsOfItsSystemOnly(PeerSystem system) {
        List<String> command = system.command(INSTALLATION, Path.of("folder"));

        String classPath = command.get(command.indexOf("-cp") + 1);
        assertThat(classPath.split(File.pathSeparator))
                .hasSize(3)
                .filteredOn(entry -> entry.endsWith("*"))
                .containsExactly(Path.of("home/benchmark-peers/target/peers")
                                .resolve(system.name().toLowerCase(Locale.ROOT))
                        + File.separator
                        + "*");
        assertThat(classPath).doesNotContain("client");
    }

    @Test
    void temporaryFilesAreInTheFolderOfTheDriver() {
        assertThat(PeerSystem.SPARK.command(INSTALLATION, Path.of("folder")))
                .contains("-Djava.io.tmpdir=folder", "--add-opens=java.base/java.nio=ALL-UNNAMED")
                .endsWith("io.minimalcluster.peers.spark.SparkPeer", "folder");
        assertThat(PeerSystem.SPARK.environment(Path.of("folder")))
                .containsEntry("SPARK_HOME", "folder")
                .containsEntry("SPARK_LOCAL_IP", "127.0.0.1");
    }
}
