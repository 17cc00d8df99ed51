package io.minimalcluster.task.execute;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.minimalcluster.task.process.ProcessExit;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Adds what native code and child processes write to descriptor 1 to the output of the running task. A thread empties
 * the pipe while tasks run, so that no writer waits for long.
 */
final class DescriptorOutput {
    private static final String CRASH = "# A fatal error has been detected by the Java Runtime Environment";
    private static final long BUSY_MILLIS = 1;
    private static final long QUIET_MILLIS = 20;

    private final @Nullable InputStream pipe;
    private final TaskOutput output;
    private final ProcessExit exit;

    /** As long as the pipe, so that one call reads everything that was written before it. */
    private final byte[] buffer = new byte[1 << 16];

    private final OutputStream stderr = new FileOutputStream(FileDescriptor.err);
    private boolean isCrashing; // guarded by this object's lock
    private boolean isRunning; // guarded by this object's lock
    private volatile boolean isUsed;

    /** @param pipe the read end of descriptor 1; null if there is none */
    DescriptorOutput(@Nullable InputStream pipe, TaskOutput output, ProcessExit exit) {
        this.pipe = pipe;
        this.output = output;
        this.exit = exit;
    }

    void open() {
        if (pipe != null) {
            Thread.ofPlatform().daemon().name("descriptor-output").start(this::run);
        }
    }

    synchronized void start() {
        isRunning = true;
        isUsed = false;
        notifyAll();
    }

    synchronized void stop() {
        isRunning = false;
    }

    /** Whether anything was written since the batch began. */
    boolean isUsed() {
        return isUsed;
    }

    /** Reads what has been written. Returns false if it was nothing. */
    synchronized boolean drain() throws IOException {
        if (pipe == null) {
            return false;
        }
        int waiting = pipe.available();
        if (waiting == 0) {
            return false;
        }
        isUsed = true;
        int length = Math.max(0, pipe.read(buffer, 0, Math.min(waiting, buffer.length)));
        output.write(buffer, 0, length);
        passOnCrashReport(length);
        return true;
    }

    /** The JVM writes the report of a crash to descriptor 1 while this thread still runs. The worker gets it. */
    private void passOnCrashReport(int length) throws IOException {
        isCrashing |= new String(buffer, 0, length, ISO_8859_1).contains(CRASH);
        if (isCrashing) {
            stderr.write(buffer, 0, length);
        }
    }

    private void run() {
        try {
            while (true) {
                awaitBatch();
                pause(drain() ? BUSY_MILLIS : QUIET_MILLIS);
            }
        } catch (IOException e) {
            exit.fail(e);
        }
    }

    private synchronized void awaitBatch() {
        while (!isRunning) {
            try {
                wait();
            } catch (InterruptedException _) { // by user code
            }
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException _) { // by user code
        }
    }
}
