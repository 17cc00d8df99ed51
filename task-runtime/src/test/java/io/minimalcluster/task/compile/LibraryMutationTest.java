package io.minimalcluster.task.compile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.task.Mutations;
import io.minimalcluster.task.frame.CompileRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryMutationTest {
    private static final int SAMPLES = 3_000;

    @TempDir
    Path folder;

    @Test
    void damagedJarsAreRefusedOrReadable() throws IOException {
        Mutations mutations = new Mutations(20_261_129);
        byte[] jar = TestJars.of(new TreeMap<>(Map.of(
                "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n".getBytes(UTF_8),
                "META-INF/versions/11/a/B.class", new byte[] {1, 2, 3},
                "a/B.class", "x".repeat(500).getBytes(UTF_8),
                "a/text", "y".repeat(500).getBytes(UTF_8))));
        byte[][] valid = {jar, TestJars.zip64(jar)};
        int refused = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            Path file = Files.write(folder.resolve("library.jar"), mutations.of(valid[sample % 2]));
            try (Libraries _ = Libraries.open(List.of(new CompileRequest.Library("library.jar", file.toString())))) {
                assertThat(file).exists();
            } catch (InvalidFileException _) {
                refused++;
            }
        }
        assertThat(refused).isBetween(SAMPLES / 10, SAMPLES - 1);
    }
}
