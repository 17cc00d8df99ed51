package io.minimalcluster.task.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameStreamsTest {
    /** In a process that is started by hand, the descriptor is a file that the JVM has open. */
    @Test
    void fileIsNotOpenedForFrames(@TempDir Path descriptors) throws IOException {
        Path file = Files.writeString(descriptors.resolve(String.valueOf(FrameStreams.OUT)), "content");
        System.setProperty(FrameStreams.PROPERTY, descriptors.toString());
        try {
            assertThatThrownBy(FrameStreams::open)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("descriptor 4 is a file");
        } finally {
            System.clearProperty(FrameStreams.PROPERTY);
        }
        assertThat(file).hasContent("content");
    }
}
