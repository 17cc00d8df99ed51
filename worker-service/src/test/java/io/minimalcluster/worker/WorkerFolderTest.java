package io.minimalcluster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerFolderTest {
    private static final long NO_PROCESS = 999_999_999;

    @TempDir
    private Path parent;

    @Test
    void foldersOfEndedProcessesAreRemoved() throws IOException {
        Path abandoned = Files.createDirectory(parent.resolve("bundles-" + NO_PROCESS + "-1"));
        Files.createFile(abandoned.resolve("env-1.jar"));
        Path own = WorkerFolder.createIn(parent);

        Path another = WorkerFolder.createIn(parent);

        assertThat(parent).isDirectoryNotContaining(path -> path.equals(abandoned));
        assertThat(own).isDirectory();
        assertThat(another).isDirectory().isNotEqualTo(own);
    }

    @Test
    void folderThatAnotherWorkerRemovesMeanwhileIsNoFailure() {
        assertThatCode(() -> WorkerFolder.remove(parent.resolve("absent"))).doesNotThrowAnyException();
    }
}
