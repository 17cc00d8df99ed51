package io.minimalcluster.worker.launch.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
    void closeReleasesTheNumberAndNumbersGoRound() throws Exception {
        SandboxSlots sandboxSlots = SandboxSlots.open(folder.resolve("claims"));
        sandboxSlots.claim(null).close();
        try (SandboxSlot next = sandboxSlots.claim(null)) {
            assertThat(next.folder()).hasFileName("1");
        }
        try (SandboxSlot again = SandboxSlots.open(folder.resolve("claims")).claim(null)) {
            assertThat(again.folder()).hasFileName("0");
        }
    }

    @Test
    void processesInAnAbandonedFolderAreKilled() throws Exception {
        SandboxSlots.open(folder.resolve("claims"));
        Path left = Files.createDirectories(
                folder.resolve("claims").toRealPath().resolve("7").resolve("tmp"));
        Process process =
                new ProcessBuilder("sleep", "1000").directory(left.toFile()).start();
        SandboxSlots.open(folder.resolve("claims").toRealPath()).sweepAbandoned(null);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(left).doesNotExist();
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
