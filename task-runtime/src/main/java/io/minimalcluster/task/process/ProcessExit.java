package io.minimalcluster.task.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/** Ends the process immediately, without waiting for user code or its shutdown hooks. */
public final class ProcessExit {
    /** The service has closed the stream of frames. */
    public static final int DONE = 0;

    static final int BROKEN = 2;
    public static final int OUT_OF_MEMORY = 3;

    /** The liveness signal of the worker timed out while a task ran. */
    public static final int CUT_OFF = 4;

    /** User code ended the process, and its shutdown hooks did not end in time. */
    public static final int STUCK = 5;

    private final IntConsumer halt;

    /** @param halt ends the process with an exit code */
    public ProcessExit(IntConsumer halt) {
        this.halt = halt;
    }

    public void now(int code) {
        halt.accept(code);
    }

    /** Ends the process after an internal or protocol error, which is printed to standard error. */
    public void fail(Throwable problem) {
        try {
            PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
            err.println("task-runtime: " + problem);
        } finally { // the heap may be full
            now(problem instanceof OutOfMemoryError ? OUT_OF_MEMORY : BROKEN);
        }
    }
}
