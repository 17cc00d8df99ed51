package io.minimalcluster.client.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class OutputFileTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void regularFileOfSharedMemoryIsReplaced() throws IOException {
        Path folder = Files.createTempDirectory(Path.of("/dev/shm"), "minimalcluster-test-");
        Path file = folder.resolve("out");
        try {
            for (String text : new String[] {"a long first text", "second"}) {
                try (OutputFile output = new OutputFile(file)) {
                    output.stream().print(text);
                    output.complete();
                }
            }

            assertThat(file).hasContent("second");
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }
}
