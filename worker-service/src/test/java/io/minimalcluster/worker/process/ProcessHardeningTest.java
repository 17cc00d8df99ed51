package io.minimalcluster.worker.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessHardeningTest {
    @Test
    void hiddenProcessBelongsToRootAndItsFilesToItsUser(@TempDir Path folder) throws Exception {
        Process hidden = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hidden.class.getName(),
                        folder.resolve("written").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = hidden.inputReader(UTF_8)) {
            boolean linux = System.getProperty("os.name").equals("Linux");
            assertThat(output.readLine()).isEqualTo(String.valueOf(linux));
            if (linux) {
                Path environment = Path.of("/proc", String.valueOf(hidden.pid()), "environ");
                assertThat(Files.getAttribute(environment, "unix:uid")).isEqualTo(0);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("written"))))
                        .isEqualTo("rw-------");
            }
        } finally {
            hidden.destroyForcibly().waitFor();
        }
    }

    /** Hides itself, writes a file, prints whether that succeeded, and sleeps. */
    static final class Hidden {
        private Hidden() {}

        public static void main(String[] args) throws Exception {
            boolean isHidden = ProcessHardening.hide();
            Files.writeString(Path.of(args[0]), "");
            System.out.println(isHidden);
            Thread.currentThread().join();
        }
    }
}
