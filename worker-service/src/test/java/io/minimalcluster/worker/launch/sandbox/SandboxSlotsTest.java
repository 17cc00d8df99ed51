package io.minimalcluster.worker.launch.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxSlotsTest {
    @TempDir
    Path folder;

    @Test
    void numbersAreUnique() throws Exception {
        SandboxSlots sandboxSlots = SandboxSlots.open(folder.resolve("claims"));
        SandboxSlots others = SandboxSlots.open(folder.resolve("claims"));
        try (SandboxSlot one = sandboxSlots.claim(null);
                SandboxSlot two = others.claim(null)) {
            assertThat(one.folder()).hasFileName("0");
            assertThat(two.folder()).hasFileName("1");
        }
    }

    @Test
    void closeReleasesTheNumber() throws Exception {
        SandboxSlots sandboxSlots = SandboxSlots.open(folder.resolve("claims"));
        sandboxSlots.claim(null).close();
        try (SandboxSlot again = sandboxSlots.claim(null)) {
            assertThat(again.folder()).hasFileName("0");
        }
    }

    @Test
    void numberIsHeldUntilItsProcessEnds() throws Exception {
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Claimer.class.getName(),
                        folder.resolve("claims").toString())
                .start();
        try (BufferedReader output = other.inputReader(UTF_8)) {
            assertThat(output.readLine()).isEqualTo("0");
            try (SandboxSlot one = SandboxSlots.open(folder.resolve("claims")).claim(null)) {
                assertThat(one.folder()).hasFileName("1");
            }
        }
        other.destroyForcibly().waitFor();
        try (SandboxSlot zero = SandboxSlots.open(folder.resolve("claims")).claim(null)) {
            assertThat(zero.folder()).hasFileName("0");
        }
    }

    @Test
    void slotFolderIsEmptyOnReuse() throws Exception {
        SandboxSlots sandboxSlots = SandboxSlots.open(folder.resolve("claims"));
        Path left = folder.resolve("claims").resolve("0").resolve("tmp").resolve("deep");
        Files.createDirectories(left);
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "mine");
        Files.createSymbolicLink(left.resolve("link"), elsewhere);
        try (SandboxSlot sandboxSlot = sandboxSlots.claim(null)) {
            assertThat(sandboxSlot.tmp()).isEmptyDirectory();
        }
        assertThat(elsewhere).hasContent("mine");
    }

    @Test
    void slotWithAnUnusableFolderIsSkipped() throws Exception {
        SandboxSlots sandboxSlots = SandboxSlots.open(folder.resolve("claims"));
        Files.writeString(folder.resolve("claims").resolve("0"), "in the way");
        try (SandboxSlot sandboxSlot = sandboxSlots.claim(null)) {
            assertThat(sandboxSlot.folder()).hasFileName("1");
        }
    }

    @Test
    void linkInsteadOfAFolderIsRejected() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path trap = Files.createSymbolicLink(folder.resolve("claims"), elsewhere);
        assertThatThrownBy(() -> SandboxSlots.open(trap)).isInstanceOf(IOException.class);
    }

    /** Claims a slot, prints its number, and holds it until the process is killed. */
    static final class Claimer {
        private Claimer() {}

        public static void main(String[] args) throws Exception {
            SandboxSlot sandboxSlot = SandboxSlots.open(Path.of(args[0])).claim(null);
            System.out.println(sandboxSlot.folder().getFileName());
            Thread.currentThread().join();
        }
    }
}
