package io.minimalcluster.task.frame;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The memory-mapped task state of an executor, a file that outlives the process. The executor maps it and its worker
 * reads it.
 *
 * <p>{@code started} counts started tasks. {@code position} is the current task in the batch, or {@link #IDLE}. The
 * executor writes the position before the count, so two reads with the same count refer to the same task. It also
 * records that it has begun to exit.
 *
 * <p>The executor also writes the output of the current task, of which the worker reads what a process that crashed has
 * left.
 *
 * <p>The worker writes a liveness signal, its timeout, and the position from which no task of the batch may start.
 */
public final class TaskStateFile implements AutoCloseable {
    /** The number of bytes that are kept of the output of the current task. */
    public static final int MAX_OUTPUT = 1 << 16;

    static final int OUTPUT = 4096;

    /** The length of the file. */
    public static final int BYTES = OUTPUT + MAX_OUTPUT;

    /** The position between tasks. */
    public static final long IDLE = -1;

    /** The end position without a limit. */
    public static final long NO_END = Long.MAX_VALUE;

    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    static final long STARTED = 0;
    static final long POSITION = 8;
    static final long LIVENESS = 16;
    static final long TIMEOUT = 24;
    static final long END = 32;
    static final long EXITING = 40;
    static final long OUTPUT_LENGTH = 48;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;

    private TaskStateFile(FileChannel file) throws IOException {
        memory = file.map(FileChannel.MapMode.READ_WRITE, 0, BYTES, arena);
    }

    /** Creates the file with no task started. */
    public static TaskStateFile create(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE_NEW, READ, WRITE)) {
            channel.write(ByteBuffer.allocate(BYTES));
            TaskStateFile taskState = new TaskStateFile(channel);
            taskState.idle();
            LONG.setRelease(taskState.memory, END, NO_END);
            return taskState;
        }
    }

    /** Maps the file that the worker has created. */
    public static TaskStateFile open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            return new TaskStateFile(channel);
        }
    }

    /** Records the start of a task. Only one thread may call this method. */
    public void start(long position) {
        LONG.setOpaque(memory, POSITION, position);
        LONG.setRelease(memory, STARTED, started() + 1);
    }

    /** Records that no task runs. */
    public void idle() {
        LONG.setRelease(memory, POSITION, IDLE);
    }

    /** Records that the process has begun to exit. */
    public void exiting() {
        LONG.setRelease(memory, EXITING, 1L);
    }

    /** Writes output of the current task at an offset, which the earlier output has as its length. */
    public void output(byte[] bytes, int offset, int count, int length) {
        int kept = Math.min(count, MAX_OUTPUT - length);
        if (kept > 0) {
            MemorySegment.copy(bytes, offset, memory, ValueLayout.JAVA_BYTE, OUTPUT + (long) length, kept);
            LONG.setRelease(memory, OUTPUT_LENGTH, (long) length + kept);
        }
    }

    /** Forgets the output of the current task. */
    public void clearOutput() {
        LONG.setRelease(memory, OUTPUT_LENGTH, 0L);
    }

    /** The number of tasks started since the file was created. */
    public long started() {
        return (long) LONG.getAcquire(memory, STARTED);
    }

    /** The position of the current task, or {@link #IDLE}. */
    public long position() {
        return (long) LONG.getAcquire(memory, POSITION);
    }

    /** The number of liveness signals of the worker. */
    public long livenessSignals() {
        return (long) LONG.getAcquire(memory, LIVENESS);
    }

    /** The timeout of the liveness signal in milliseconds; 0 for none. */
    public long timeoutMillis() {
        return (long) LONG.getAcquire(memory, TIMEOUT);
    }

    /** The position from which no task of the batch may start. */
    public long end() {
        return (long) LONG.getAcquire(memory, END);
    }

    @Override
    public void close() {
        arena.close();
    }
}
