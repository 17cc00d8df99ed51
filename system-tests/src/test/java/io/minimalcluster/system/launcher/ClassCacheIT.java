package io.minimalcluster.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.ClassCacheTraining;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.MasterProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that class caches and generated contexts are used. No other test fails if starts are slow. */
class ClassCacheIT {
    @Test
    void masterAndForkedJvmsMapTheirClassCaches() throws IOException {
        ClassCacheTraining.once();
        try (MasterProcess master = MasterProcess.start()) {
            master.api()
                    .post("/run?function=same&args=1", "text/plain", "long same(long x) { return x; }")
                    .expect(200);

            assertThat(caches(master.program().pid())).containsExactly("minimalcluster-master.aot");
            assertThat(master.program().descendants().stream()
                            .filter(process ->
                                    process.info().command().orElse("").endsWith("/java"))
                            .toList())
                    .isNotEmpty()
                    .allSatisfy(jvm -> assertThat(caches(jvm.pid())).isNotEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource({"master,master/MasterApplication", "worker,worker/WorkerApplication"})
    void servicesArePackagedWithGeneratedContexts(String service, String application) throws IOException {
        Path jar = Installation.HOME.resolve(service + "-service/target/app/minimalcluster-" + service + "-app.jar");
        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.getEntry("io/minimalcluster/" + application + "__ApplicationContextInitializer.class"))
                    .isNotNull();
        }
    }

    /** The names of the class caches that a process has mapped. */
    private static List<String> caches(long process) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process), "maps")).stream()
                .filter(line -> line.endsWith(".aot"))
                .map(line -> line.substring(line.lastIndexOf('/') + 1))
                .distinct()
                .toList();
    }
}
