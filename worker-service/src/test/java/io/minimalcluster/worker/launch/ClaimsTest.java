package io.minimalcluster.worker.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimsTest {
    @TempDir
    Path folder;

    @Test
    void noTwoHaveTheSameNumber() throws Exception {
        Claims claims = Claims.open(folder.resolve("claims"));
        Claims others = Claims.open(folder.resolve("claims"));
        try (Claim one = claims.claim(null);
                Claim two = others.claim(null)) {
            assertThat(one.folder()).hasFileName("0");
            assertThat(two.folder()).hasFileName("1");
        }
    }

    @Test
    void numberIsFreeAgainWhenItIsClosed() throws Exception {
        Claims claims = Claims.open(folder.resolve("claims"));
        claims.claim(null).close();
        try (Claim again = claims.claim(null)) {
            assertThat(again.folder()).hasFileName("0");
        }
    }

    @Test
    void anotherProcessesNumberIsLeftAloneUntilThatEnds() throws Exception {
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Claimer.class.getName(),
                        folder.resolve("claims").toString())
                .start();
        try (BufferedReader said = other.inputReader(UTF_8)) {
            assertThat(said.readLine()).isEqualTo("0");
            try (Claim one = Claims.open(folder.resolve("claims")).claim(null)) {
                assertThat(one.folder()).hasFileName("1");
            }
        }
        other.destroyForcibly().waitFor();
        try (Claim zero = Claims.open(folder.resolve("claims")).claim(null)) {
            assertThat(zero.folder()).hasFileName("0");
        }
    }

    @Test
    void whatTheOneBeforeLeftIsGone() throws Exception {
        Claims claims = Claims.open(folder.resolve("claims"));
        Path left = folder.resolve("claims").resolve("0").resolve("tmp").resolve("deep");
        Files.createDirectories(left);
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "mine");
        Files.createSymbolicLink(left.resolve("link"), elsewhere);
        try (Claim claim = claims.claim(null)) {
            assertThat(claim.tmp()).isEmptyDirectory();
        }
        assertThat(elsewhere).hasContent("mine");
    }

    @Test
    void numberWhoseFolderCannotBeMadeIsPassedOver() throws Exception {
        Claims claims = Claims.open(folder.resolve("claims"));
        Files.writeString(folder.resolve("claims").resolve("0"), "in the way");
        try (Claim claim = claims.claim(null)) {
            assertThat(claim.folder()).hasFileName("1");
        }
    }

    @Test
    void folderThatIsALinkIsRefused() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path trap = Files.createSymbolicLink(folder.resolve("claims"), elsewhere);
        assertThatThrownBy(() -> Claims.open(trap)).isInstanceOf(IOException.class);
    }

    /** Claims a number, tells it, and keeps it until it is killed. */
    static final class Claimer {
        private Claimer() {}

        public static void main(String[] args) throws Exception {
            Claim claim = Claims.open(Path.of(args[0])).claim(null);
            System.out.println(claim.folder().getFileName());
            Thread.currentThread().join();
        }
    }
}
