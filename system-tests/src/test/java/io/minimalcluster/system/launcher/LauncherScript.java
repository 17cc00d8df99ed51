package io.minimalcluster.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs the launcher script with a separate home folder. */
final class LauncherScript {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final Folder folder;

    LauncherScript(Folder folder) {
        this.folder = folder;
    }

    Program launch(String... words) {
        return launch(List.of(), words);
    }

    /**
     * Starts the script.
     *
     * @param options options and variables for {@code env}, in place of those of the same name
     */
    Program launch(List<String> options, String... words) {
        List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(options);
        Installation.launcherVariables().stream()
                .filter(variable ->
                        options.stream().noneMatch(option -> name(option).equals(name(variable))))
                .forEach(command::add);
        command.addAll(List.of(
                "HOME=" + folder.path("."),
                "sh",
                Installation.HOME.resolve("minimalcluster").toString()));
        command.addAll(List.of(words));
        return Program.start("launcher", command, folder.path("."));
    }

    private static String name(String variable) {
        return variable.replaceFirst("=.*", "");
    }

    /** Stops the background cluster of the home folder, if a test has left one. */
    void stopCluster() {
        String[] records = folder.path(".minimalcluster").toFile().list((_, name) -> name.endsWith(".process"));
        if (records != null && records.length > 0) {
            ended(0, "down", "--timeout", "1");
        }
    }

    /** Runs the script to its end, checks the exit code and returns the output. */
    String ended(int exit, String... words) {
        return ended(exit, List.of(), words);
    }

    /** Runs the script to its end, with options and variables for {@code env}. */
    String ended(int exit, List<String> options, String... words) {
        try (Program program = launch(options, words)) {
            assertThat(program.exitCode(TIMEOUT)).as(program.tail()).isEqualTo(exit);
            return program.output();
        }
    }
}
