package io.minimalcluster.task.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The worker's view of a {@link TaskStateFile}. It uses reads and writes, because a mapping would fault when the file
 * is truncated.
 */
public final class TaskStateView implements AutoCloseable {
    private final FileChannel file;

    private TaskStateView(FileChannel file) {
        this.file = file;
    }

    /** Creates the file with no task started. */
    public static TaskStateView create(Path file) throws IOException {
        TaskStateFile.create(file);
        return new TaskStateView(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** See {@link TaskStateFile#started}; empty if the file was truncated. */
    public OptionalLong started() {
        return read(TaskStateFile.STARTED);
    }

    /** See {@link TaskStateFile#position}; empty if the file was truncated. */
    public OptionalLong position() {
        return read(TaskStateFile.POSITION);
    }

    /** See {@link TaskStateFile#exiting}. */
    public boolean isExiting() {
        return read(TaskStateFile.EXITING).orElse(0) != 0;
    }

    /** The output of the current task, as far as the file keeps it; see {@link TaskStateFile#output}. */
    public byte[] output() {
        int length = Math.clamp(read(TaskStateFile.OUTPUT_LENGTH).orElse(0), 0, TaskStateFile.MAX_OUTPUT);
        ByteBuffer output = ByteBuffer.allocate(length);
        try {
            int read = length == 0 ? 0 : file.read(output, TaskStateFile.OUTPUT);
            return Arrays.copyOf(output.array(), Math.max(0, read));
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /**
     * Writes the liveness signal of the worker and its timeout.
     *
     * @param count a number that differs from that of the previous signal
     * @param timeoutMillis the maximum time that a task may run without a further signal; 0 for no limit
     */
    public void writeLivenessSignal(long count, long timeoutMillis) throws IOException {
        ByteBuffer signal = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.nativeOrder());
        file.write(signal.putLong(count).putLong(timeoutMillis).flip(), TaskStateFile.LIVENESS);
    }

    /** Sets the position from which no task of the batch may start; see {@link TaskStateFile#end}. */
    public void endAt(long position) throws IOException {
        ByteBuffer end = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        file.write(end.putLong(position).flip(), TaskStateFile.END);
    }

    private OptionalLong read(long offset) {
        ByteBuffer value = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        try {
            return file.read(value, offset) == Long.BYTES ? OptionalLong.of(value.getLong(0)) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
