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
 * The start marks of an executor: a file of 4 KiB, mapped by the executor and read by its worker, that outlives the
 * process. {@code started} grows by one with each task, {@code position} is the one that runs in the current batch, or
 * {@link #IDLE}. The executor writes the position first, then the count, so a reader that sees the same count twice
 * sees one and the same task running. The other way go the worker's signs of life: a count that grows while a task
 * runs, and for how long it may stand still; and the position from which on no task of the batch is to start any more.
 */
public final class TaskStateFile implements AutoCloseable {
    /** How long the file is. */
    public static final int BYTES = 4096;

    /** The position while no task runs. */
    public static final long IDLE = -1;

    /** The end while every task may start. */
    public static final long NO_END = Long.MAX_VALUE;

    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    static final long STARTED = 0;
    static final long POSITION = 8;
    static final long SIGNS = 16;
    static final long PATIENCE = 24;
    static final long END = 32;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;

    private TaskStateFile(FileChannel file) throws IOException {
        memory = file.map(FileChannel.MapMode.READ_WRITE, 0, BYTES, arena);
    }

    /** Makes the file anew, with nothing started. */
    public static TaskStateFile create(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE_NEW, READ, WRITE)) {
            channel.write(ByteBuffer.allocate(BYTES));
            TaskStateFile taskState = new TaskStateFile(channel);
            taskState.idle();
            LONG.setRelease(taskState.memory, END, NO_END);
            return taskState;
        }
    }

    /** Maps the file that the other side made. */
    public static TaskStateFile open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            return new TaskStateFile(channel);
        }
    }

    /** Says that the task at the position starts now. One thread only. */
    public void start(long position) {
        LONG.setOpaque(memory, POSITION, position);
        LONG.setRelease(memory, STARTED, started() + 1);
    }

    /** Says that no task runs now. */
    public void idle() {
        LONG.setRelease(memory, POSITION, IDLE);
    }

    /** How many tasks were started since the file was made. */
    public long started() {
        return (long) LONG.getAcquire(memory, STARTED);
    }

    /** The position of the task that runs now, or {@link #IDLE}. */
    public long position() {
        return (long) LONG.getAcquire(memory, POSITION);
    }

    /** How many signs of life the worker has given. */
    public long signsOfLife() {
        return (long) LONG.getAcquire(memory, SIGNS);
    }

    /** For how many milliseconds a task may run without a sign of life; 0 for ever. */
    public long patienceMillis() {
        return (long) LONG.getAcquire(memory, PATIENCE);
    }

    /** The position from which on no task of the batch may start. */
    public long end() {
        return (long) LONG.getAcquire(memory, END);
    }

    @Override
    public void close() {
        arena.close();
    }
}
