package io.minimalcluster.task.execute;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;

/**
 * Where user code prints to, out and err alike: keeps the beginning, counts and drops the rest. What threads print that
 * outlive their task goes to the task that runs then.
 */
public final class TaskOutput extends OutputStream {
    private byte[] kept = {};
    private int limit;
    private int length;
    private long dropped;
    private volatile boolean isEmpty = true;

    /** Takes the place of the process' own streams. */
    public void install() {
        PrintStream stream = new PrintStream(this, false, UTF_8);
        System.setOut(stream);
        System.setErr(stream);
    }

    /** How much of a task's output is kept from now on. */
    synchronized void limit(int bytes) {
        limit = bytes;
    }

    boolean isEmpty() {
        return isEmpty;
    }

    /** What was printed since the last time. */
    synchronized Printed drain() {
        Printed printed = new Printed(new String(kept, 0, wholeCharacters(), UTF_8), dropped > 0);
        length = 0;
        dropped = 0;
        isEmpty = true;
        return printed;
    }

    /** Text, and whether more was printed than that. */
    record Printed(String text, boolean truncated) {}

    /** A character that the limit cut in two is left out. */
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
        int fitting = Math.min(count, limit - length);
        if (fitting > kept.length - length) {
            kept = Arrays.copyOf(kept, Math.min(limit, Math.max(2 * kept.length, length + fitting)));
        }
        if (fitting > 0) {
            System.arraycopy(bytes, offset, kept, length, fitting);
            length += fitting;
        }
        dropped += count - Math.max(0, fitting);
        isEmpty = false;
    }
}
