package io.minimalcluster.task.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.task.FrameConversation;
import io.minimalcluster.task.compile.TestBundles;
import io.minimalcluster.task.frame.FrameKind;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Frames of a worker to an executor in the test JVM. */
abstract class InProcessTest {
    @TempDir
    Path folder;

    InProcessExecutor process;
    FrameConversation talk;

    @BeforeEach
    void start() throws IOException {
        process = new InProcessExecutor(folder);
        talk = process.talk;
    }

    @AfterEach
    void stop() throws IOException {
        process.close();
    }

    void load(String source, String method) throws IOException {
        assertThat(talk.load(TestBundles.write(folder, source), method).kind()).isEqualTo(FrameKind.LOADED);
    }
}
