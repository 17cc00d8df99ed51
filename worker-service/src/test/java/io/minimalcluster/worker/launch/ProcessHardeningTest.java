package io.minimalcluster.worker.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProcessHardeningTest {
    @Test
    void hiddenProcessBelongsToRoot() throws Exception {
        Process hidden = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hidden.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = hidden.inputReader(UTF_8)) {
            boolean linux = System.getProperty("os.name").equals("Linux");
            assertThat(output.readLine()).isEqualTo(String.valueOf(linux));
            if (linux) {
                Path environment = Path.of("/proc", String.valueOf(hidden.pid()), "environ");
                assertThat(Files.getAttribute(environment, "unix:uid")).isEqualTo(0);
            }
        } finally {
            hidden.destroyForcibly().waitFor();
        }
    }

    /** Hides itself, prints whether that succeeded, and sleeps. */
    static final class Hidden {
        private Hidden() {}

        public static void main(String[] args) throws Exception {
            System.out.println(ProcessHardening.hide());
            Thread.currentThread().join();
        }
    }
}
