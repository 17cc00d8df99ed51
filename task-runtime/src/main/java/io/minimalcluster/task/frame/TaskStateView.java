package io.minimalcluster.task.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/**
 * Start marks as their worker reads them, and writes its signs of life and orders: by calls and not by a mapping, which
 * would fault under it if the other side cut the file short.
 */
public final class TaskStateView implements AutoCloseable {
    private final FileChannel file;

    private TaskStateView(FileChannel file) {
        this.file = file;
    }

    /** Makes the file anew, with nothing started. */
    public static TaskStateView create(Path file) throws IOException {
        TaskStateFile.create(file).close();
        return new TaskStateView(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** See {@link TaskStateFile#started}; empty if the file was cut short. */
    public OptionalLong started() {
        return read(TaskStateFile.STARTED);
    }

    /** See {@link TaskStateFile#position}; empty if the file was cut short. */
    public OptionalLong position() {
        return read(TaskStateFile.POSITION);
    }

    /** Says that the worker is there, and for how long a task may run on without hearing that again. */
    public void signOfLife(long count, long patienceMillis) throws IOException {
        ByteBuffer sign = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.nativeOrder());
        file.write(sign.putLong(count).putLong(patienceMillis).flip(), TaskStateFile.SIGNS);
    }

    /** Says from which position on no task of the batch is to start; see {@link TaskStateFile#end}. */
    public void endAt(long position) throws IOException {
        ByteBuffer end = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        file.write(end.putLong(position).flip(), TaskStateFile.END);
    }

    private OptionalLong read(long offset) {
        ByteBuffer mark = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        try {
            return file.read(mark, offset) == Long.BYTES ? OptionalLong.of(mark.getLong(0)) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
