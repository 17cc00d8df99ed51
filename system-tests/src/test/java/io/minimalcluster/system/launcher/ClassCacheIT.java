package io.minimalcluster.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.ClassCacheTraining;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.UseShared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests that class caches and generated contexts are used. No other test fails if starts are slow. */
@UseShared(Cluster.class)
class ClassCacheIT {
    /** The number of classes with bean definitions, each for one or more beans. */
    private static final int MOST_DEFINITIONS = 310;

    @BeforeAll
    static void prepare() {
        ClassCacheTraining.once();
    }

    @Test
    void masterAndForkedJvmsMapTheirClassCaches(Cluster cluster) {
        MasterProcess master = cluster.master();
        master.api()
                .post("/run?function=same&args=1", "text/plain", "long same(long x) { return x; }")
                .expect(200);

        assertThat(caches(master.program().pid())).containsExactly("minimalcluster-master.aot");
        List<ProcessHandle> forked = master.program().descendants().stream()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .toList();
        assertThat(forked).isNotEmpty();
        Await.until(
                "each forked JVM to map a class cache",
                () -> forked.stream()
                        .allMatch(jvm -> !jvm.isAlive() || !caches(jvm.pid()).isEmpty()));
    }

    @Test
    void masterIsPackagedWithAGeneratedContextOfBoundedSize() throws IOException {
        try (JarFile file = masterJar()) {
            assertThat(file.getEntry("io/minimalcluster/master/MasterApplication__ApplicationContextInitializer.class"))
                    .isNotNull();
            assertThat(file.stream().filter(entry -> entry.getName().contains("__BeanDefinitions")))
                    .as("each bean makes a start longer (docs/decisions/0023)")
                    .hasSizeLessThan(MOST_DEFINITIONS);
        }
    }

    @Test
    void masterIsPackagedWithADatabaseForItsFirstStart() throws IOException {
        try (JarFile file = masterJar()) {
            assertThat(file.getEntry("db/prepared.db")).isNotNull();
        }
    }

    private static JarFile masterJar() throws IOException {
        return new JarFile(Installation.HOME
                .resolve("master-service/target/app/minimalcluster-master-app.jar")
                .toFile());
    }

    /** The names of the class caches that a process has mapped. */
    private static List<String> caches(long process) {
        try (Stream<String> maps = Files.lines(Path.of("/proc", String.valueOf(process), "maps"))) {
            return maps.filter(line -> line.endsWith(".aot"))
                    .map(line -> line.substring(line.lastIndexOf('/') + 1))
                    .distinct()
                    .toList();
        } catch (IOException | UncheckedIOException _) {
            return List.of(); // the process has ended
        }
    }
}
