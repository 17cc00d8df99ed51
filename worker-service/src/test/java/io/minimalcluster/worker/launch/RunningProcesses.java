package io.minimalcluster.worker.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds processes of this machine by their arguments. */
final class RunningProcesses {
    private RunningProcesses() {}

    static List<ProcessHandle> withArgument(String argument) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> hasArgument(process, argument))
                    .flatMap(process -> ProcessHandle.of(
                            Long.parseLong(process.getFileName().toString()))
                            .stream())
                    .toList();
        }
    }

    private static boolean hasArgument(Path process, String argument) {
        try {
            byte[] command = Files.readAllBytes(process.resolve("cmdline"));
            return List.of(new String(command, UTF_8).split("\0")).contains(argument);
        } catch (IOException ended) {
            return false;
        }
    }
}
