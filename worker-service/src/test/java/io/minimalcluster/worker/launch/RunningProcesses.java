package io.minimalcluster.worker.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Finds processes of this machine by their arguments and waits for their end. */
public final class RunningProcesses {
    private RunningProcesses() {}

    /** Waits for processes with an argument. A process has its arguments only some time after it was forked. */
    static List<ProcessHandle> awaitWithArgument(String argument, int count) throws IOException {
        long limit = System.nanoTime() + TestChildProcess.SOON.toNanos();
        List<ProcessHandle> found = withArgument(argument);
        while (found.size() < count && System.nanoTime() < limit) {
            LockSupport.parkNanos(20_000_000);
            found = withArgument(argument);
        }
        return found;
    }

    /** The processes with an argument. */
    public static List<ProcessHandle> withArgument(String argument) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> hasArgument(process, argument))
                    .flatMap(process -> ProcessHandle.of(
                            Long.parseLong(process.getFileName().toString()))
                            .stream())
                    .toList();
        }
    }

    /**
     * Waits until a process has ended. A zombie has ended too: its entry stays until its parent asks for the exit code,
     * and the parent of an orphan is the first process of the machine, which has its own pace.
     */
    public static void awaitEnd(ProcessHandle process) {
        long limit = System.nanoTime() + TestChildProcess.SOON.toNanos();
        while (process.isAlive() && !isZombie(Path.of("/proc", String.valueOf(process.pid())))) {
            if (System.nanoTime() > limit) {
                throw new AssertionError(process.info() + " has not ended");
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static boolean isZombie(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException ended) {
            return true;
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
