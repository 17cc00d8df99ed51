package io.minimalcluster.task.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/**
 * Start marks as their worker reads them: by calls and not by a mapping, which would fault under the reader if the
 * other side cut the file short.
 */
public final class MarksView implements AutoCloseable {
    private final FileChannel file;

    private MarksView(FileChannel file) {
        this.file = file;
    }

    /** Makes the file anew, with nothing started. */
    public static MarksView create(Path file) throws IOException {
        Marks.create(file).close();
        return new MarksView(FileChannel.open(file, StandardOpenOption.READ));
    }

    /** See {@link Marks#started}; empty if the file was cut short. */
    public OptionalLong started() {
        return read(Marks.STARTED);
    }

    /** See {@link Marks#position}; empty if the file was cut short. */
    public OptionalLong position() {
        return read(Marks.POSITION);
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
