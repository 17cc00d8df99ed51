package io.minimalcluster.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends signals for which Java has no API. */
final class ProcessSignaller {
    private ProcessSignaller() {}

    static void stop(ProcessHandle process) {
        send("-STOP", process);
    }

    static void resume(ProcessHandle process) {
        send("-CONT", process);
    }

    /** Sends a signal; a process that has exited is ignored. */
    private static void send(String signal, ProcessHandle process) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
