package io.minimalcluster.worker.launch.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {
    @Test
    void temporaryFolderIsReadFromTheEnvironment() {
        assertThat(ProcessTree.temporaryFolder("HOME=/root\0TMPDIR=/tmp/7\0TMPDIR_OLD=/old\0"))
                .containsExactly(Path.of("/tmp/7"));
        assertThat(ProcessTree.temporaryFolder("TMPDIR=relative\0")).isEmpty();
    }

    @Test
    void temporaryFolderThatThisJvmCannotEncodeIsIgnored() {
        assertThat(ProcessTree.temporaryFolder("TMPDIR=/tmp/\ud800\0")).isEmpty(); // unmappable in each encoding
    }
}
