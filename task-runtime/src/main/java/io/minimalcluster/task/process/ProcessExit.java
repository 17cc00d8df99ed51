package io.minimalcluster.task.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/** The end of the process: at once, whatever user code still runs, and without its shutdown hooks. */
public final class ProcessExit {
    static final int DONE = 0;
    static final int BROKEN = 2;
    public static final int OUT_OF_MEMORY = 3;

    /** A task ran, and the service was not heard of for too long. */
    public static final int CUT_OFF = 4;

    private final IntConsumer halt;

    /** @param halt what ends the process with a code */
    public ProcessExit(IntConsumer halt) {
        this.halt = halt;
    }

    public void now(int code) {
        halt.accept(code);
    }

    /** Something is wrong with the streams, or with us; says so where the service keeps free text. */
    public void because(Throwable problem) {
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        err.println("task-runtime: " + problem);
        now(BROKEN);
    }
}
