package io.minimalcluster.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals that Java has no call for. */
final class ProcessSignaller {
    private ProcessSignaller() {}

    static void stop(ProcessHandle process) {
        send("-STOP", process);
    }

    static void goOn(ProcessHandle process) {
        send("-CONT", process);
    }

    /** A process that is gone meanwhile gets none. */
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
