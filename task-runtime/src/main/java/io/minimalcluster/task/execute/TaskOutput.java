package io.minimalcluster.task.execute;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.task.frame.TaskStateFile;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Captures the standard output and error of user code. It keeps the beginning and drops the rest. Output of a thread
 * that outlives its task is attributed to the task that runs then.
 */
public final class TaskOutput extends OutputStream {
    private byte[] kept = {};
    private int limit;
    private int length;
    private long dropped;
    private volatile boolean isEmpty = true;
    private @Nullable TaskStateFile mirror;

    /** Also writes the output to a file that outlives the process. */
    public synchronized void mirrorTo(TaskStateFile taskState) {
        mirror = taskState;
    }

    /** Replaces the standard streams of the process. Input is empty, and closing a stream has no effect. */
    public void install() {
        PrintStream stream = new SharedPrintStream(this);
        System.setOut(stream);
        System.setErr(stream);
        System.setIn(new EmptyInputStream());
    }

    private static final class SharedPrintStream extends PrintStream {
        SharedPrintStream(OutputStream out) {
            super(out, false, UTF_8);
        }

        @Override
        public void close() {
            flush();
        }
    }

    private static final class EmptyInputStream extends InputStream {
        @Override
        public int read() {
            return -1;
        }
    }

    /** Sets the maximum number of bytes to keep per task. */
    synchronized void limit(int bytes) {
        limit = bytes;
    }

    boolean isEmpty() {
        return isEmpty;
    }

    /** Returns and clears the output since the last call. */
    synchronized Printed drain() {
        Printed printed = new Printed(new String(kept, 0, wholeCharacters(), UTF_8), dropped > 0);
        length = 0;
        dropped = 0;
        isEmpty = true;
        if (mirror != null) {
            mirror.clearOutput();
        }
        return printed;
    }

    /**
     * Captured output.
     *
     * @param truncated whether more was printed
     */
    record Printed(String text, boolean truncated) {}

    /** The captured length without a character that the limit cut in half. */
    private int wholeCharacters() {
        if (dropped == 0) {
            return length;
        }
        int end = length;
        while (end > 0 && end > length - 4 && (kept[end - 1] & 0xc0) == 0x80) {
            end--;
        }
        boolean cut = end > 0 && (kept[end - 1] & 0xc0) == 0xc0 && length - end < continuations(kept[end - 1]);
        return cut ? end - 1 : length;
    }

    private static int continuations(byte lead) {
        if ((lead & 0xf0) == 0xf0) {
            return 3;
        }
        return (lead & 0xe0) == 0xe0 ? 2 : 1;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int count) {
        int accepted = Math.min(count, limit - length);
        if (accepted > kept.length - length) {
            kept = Arrays.copyOf(kept, Math.min(limit, Math.max(2 * kept.length, length + accepted)));
        }
        if (accepted > 0) {
            System.arraycopy(bytes, offset, kept, length, accepted);
            if (mirror != null) {
                mirror.output(bytes, offset, accepted, length);
            }
            length += accepted;
        }
        dropped += count - Math.max(0, accepted);
        isEmpty = false;
    }
}
