package io.minimalcluster.task.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorLoadTest {
    private static final String TWO_PROCESSORS = "cpu  9 9\ncpu0 4 4\ncpu1 5 5\nintr 12\n";

    @TempDir
    private Path folder;

    @Test
    void asManyThreadsAsProcessorsLeaveOneForThisThread() throws IOException {
        assertThat(load(TWO_PROCESSORS + "procs_running 2\nprocs_blocked 7\n").hasIdleProcessor())
                .isTrue();
    }

    @Test
    void moreThreadsThanProcessorsLeaveNone() throws IOException {
        assertThat(load(TWO_PROCESSORS + "procs_running 3\nprocs_blocked 0\n").hasIdleProcessor())
                .isFalse();
    }

    @Test
    void unknownLoadCountsAsIdle() throws IOException {
        assertThat(load("").hasIdleProcessor()).isTrue();
        assertThat(load(TWO_PROCESSORS + "procs_running many\n").hasIdleProcessor())
                .isTrue();
        assertThat(new ProcessorLoad(folder.resolve("absent")).hasIdleProcessor())
                .isTrue();
    }

    private ProcessorLoad load(String statistics) throws IOException {
        return new ProcessorLoad(Files.writeString(folder.resolve("stat"), statistics));
    }
}
