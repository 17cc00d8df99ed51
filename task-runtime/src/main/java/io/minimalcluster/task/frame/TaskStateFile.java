package io.minimalcluster.task.frame;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
public final class TaskStateFile {
    /** The number of bytes that are kept of the output of the current task. */
    public static final int MAX_OUTPUT = 1 << 16;

    static final int OUTPUT = 4096;

    /** The length of the file. */
    public static final int BYTES = OUTPUT + MAX_OUTPUT;

    /** The position between tasks. */
    public static final long IDLE = -1;

    /** The end position without a limit. */
    public static final long NO_END = Long.MAX_VALUE;

    static final int STARTED = 0;
    static final int POSITION = 8;
    static final int LIVENESS = 16;
    static final int TIMEOUT = 24;
    static final int END = 32;
    static final int EXITING = 40;
    static final int OUTPUT_LENGTH = 48;

    private final ByteBuffer memory;

    private TaskStateFile(FileChannel file) throws IOException {
        memory = file.map(FileChannel.MapMode.READ_WRITE, 0, BYTES, Arena.global())
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
    }

    /** Creates the file with no task started. */
    public static void create(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
            ByteBuffer content = ByteBuffer.allocate(BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putLong(POSITION, IDLE)
                    .putLong(END, NO_END);
            while (content.hasRemaining()) {
                channel.write(content);
            }
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
        write(POSITION, position);
        write(STARTED, started() + 1);
    }

    /** Records that no task runs. */
    public void idle() {
        write(POSITION, IDLE);
    }

    /** Records that the process has begun to exit. */
    public void exiting() {
        write(EXITING, 1);
    }

    /** Writes output of the current task at an offset, which the earlier output has as its length. */
    public void output(byte[] bytes, int offset, int count, int length) {
        int kept = Math.min(count, MAX_OUTPUT - length);
        if (kept > 0) {
            memory.put(OUTPUT + length, bytes, offset, kept);
            write(OUTPUT_LENGTH, length + kept);
        }
    }

    /** Forgets the output of the current task. */
    public void clearOutput() {
        write(OUTPUT_LENGTH, 0);
    }

    /** The number of tasks started since the file was created. */
    public long started() {
        return read(STARTED);
    }

    /** The position of the current task, or {@link #IDLE}. */
    public long position() {
        return read(POSITION);
    }

    /** The number of liveness signals of the worker. */
    public long livenessSignals() {
        return read(LIVENESS);
    }

    /** The timeout of the liveness signal in milliseconds; 0 for none. */
    public long timeoutMillis() {
        return read(TIMEOUT);
    }

    /** The position from which no task of the batch may start. */
    public long end() {
        return read(END);
    }

    /** Writes a number after all earlier writes. For a handle of a memory layout the JVM would generate ten classes. */
    private void write(int offset, long number) {
        VarHandle.releaseFence();
        memory.putLong(offset, number);
    }

    /** Reads a number before all later reads. */
    private long read(int offset) {
        long number = memory.getLong(offset);
        VarHandle.acquireFence();
        return number;
    }
}
