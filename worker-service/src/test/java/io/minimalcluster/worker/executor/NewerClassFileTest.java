package io.minimalcluster.worker.executor;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minimalcluster.worker.executor.protocol.BatchRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Class files of a later Java than that of the worker. */
@Timeout(60)
class NewerClassFileTest {
    private static final int MAJOR_VERSION = 7;

    private final Path folder;
    private final PoolFixture executors;

    NewerClassFileTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        executors = new PoolFixture(folder, 1);
    }

    @AfterEach
    void close() {
        executors.close();
    }

    @Test
    void batchIsRefused() throws Exception {
        Path newer = newer(UserBundle.in(Files.createDirectory(folder.resolve("current"))));
        assertThatExceptionOfType(BatchRefusedException.class)
                .isThrownBy(() -> executors.run(executors.range("square", 3, newer)))
                .withMessageContaining("class file version");
    }

    private Path newer(Path bundle) throws IOException {
        Path newer = folder.resolve("newer.jar");
        try (ZipFile from = new ZipFile(bundle.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(newer))) {
            for (ZipEntry entry : from.stream().toList()) {
                byte[] content = from.getInputStream(entry).readAllBytes();
                if (entry.getName().endsWith(".class")) {
                    content[MAJOR_VERSION]++;
                }
                to.putNextEntry(new ZipEntry(entry.getName()));
                to.write(content);
            }
        }
        return newer;
    }
}
