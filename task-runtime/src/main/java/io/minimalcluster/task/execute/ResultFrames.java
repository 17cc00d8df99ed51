package io.minimalcluster.task.execute;

import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.bind.ValueWriter;
import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.task.frame.OutcomePart;
import io.minimalcluster.task.process.FrameWriter;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The outcomes of a batch on their way out. One thread runs the tasks and adds what comes of them; any other may send
 * what is there so far, also while a task runs on. Adding a value takes no lock: the runner writes behind what it has
 * published, and the sender reads before it. The lock guards sending, and all that is rarer than a value.
 */
final class ResultFrames {
    private static final int PART_BYTES = 1 << 20;
    private static final int LENGTH_BITS = 32;
    private static final VarHandle PUBLISHED;

    static {
        try {
            PUBLISHED = MethodHandles.lookup().findVarHandle(ResultFrames.class, "published", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final FrameWriter writer;
    private final ValueWriter values;
    private final TaskStopwatch watch = new TaskStopwatch();
    private final List<OutcomePart.PositionError> errors = new ArrayList<>();
    private final List<OutcomePart.PositionOutput> output = new ArrayList<>();

    /** How many tasks of the batch are through, and how long the values are: one word, so always in step. */
    @SuppressWarnings("UnusedVariable") // used by its handle
    private long published;

    // written by the runner, read by the sender behind the published word
    private int done;
    private int base;
    private int extraBytes;
    private boolean exact;
    private long elapsed;
    private long[] nanos = new long[64];

    // of the sender that holds the lock
    private int sent;
    private int sentLength;
    private long sentElapsed;

    ResultFrames(FrameWriter writer, int maxResultBytes) {
        this.writer = writer;
        values = new ValueWriter(2 * PART_BYTES, maxResultBytes);
    }

    /** Begins a batch. */
    synchronized void start() {
        done = 0;
        sent = 0;
        elapsed = 0;
        sentElapsed = 0;
        watch.start();
        restart();
    }

    private void restart() {
        values.clear();
        base = done;
        extraBytes = 0;
        sentLength = 0;
        exact = watch.isExact();
        publish();
    }

    private void publish() {
        PUBLISHED.setRelease(this, (long) done << LENGTH_BITS | values.length());
    }

    /** Where the next result goes. */
    ValueWriter values() {
        return values;
    }

    /** The task that runs ends without a value. */
    synchronized void failed(TaskError error, List<String> supertypes) {
        values.fail();
        errors.add(new OutcomePart.PositionError(done, error, supertypes));
        extraBytes += 1000;
    }

    /** The task that runs has printed. */
    synchronized void printed(TaskOutput.Printed printed) {
        output.add(new OutcomePart.PositionOutput(done, printed.text(), printed.truncated()));
        extraBytes += printed.text().length();
    }

    /** The task that runs is through, its value or null written. */
    void finished() throws IOException {
        if (watch.lap()) {
            measured();
        } else {
            exact = false;
        }
        done++;
        publish();
        if (values.length() + extraBytes >= PART_BYTES) {
            sendAndRestart();
        }
    }

    private void measured() {
        if (exact) {
            record(done - base, watch.elapsed() - elapsed);
        }
        elapsed = watch.elapsed();
    }

    private void record(int at, long took) {
        if (at == nanos.length) {
            lengthen();
        }
        nanos[at] = took;
    }

    private synchronized void lengthen() {
        nanos = Arrays.copyOf(nanos, 2 * nanos.length);
    }

    private synchronized void sendAndRestart() throws IOException {
        send();
        restart();
    }

    /** Sends what is through and was not sent; any thread may ask for it. */
    synchronized void send() throws IOException {
        long now = (long) PUBLISHED.getAcquire(this);
        int through = (int) (now >>> LENGTH_BITS);
        int length = (int) now;
        if (through == sent) {
            return;
        }
        OutcomePart part =
                new OutcomePart(sent, through - sent, errorsUntil(through), nanosUntil(through), outputUntil(through));
        writer.send(new Frame(FrameKind.PART, FrameHeaders.of(part), values.array(sentLength, length)));
        sent = through;
        sentLength = length;
    }

    private long[] nanosUntil(int through) {
        long before = sentElapsed;
        sentElapsed = elapsed;
        return exact ? Arrays.copyOfRange(nanos, sent - base, through - base) : new long[] {sentElapsed - before};
    }

    private List<OutcomePart.PositionError> errorsUntil(int through) {
        List<OutcomePart.PositionError> some =
                errors.stream().takeWhile(error -> error.position() < through).toList();
        errors.subList(0, some.size()).clear();
        return some;
    }

    private List<OutcomePart.PositionOutput> outputUntil(int through) {
        List<OutcomePart.PositionOutput> some = output.stream()
                .takeWhile(printed -> printed.position() < through)
                .toList();
        output.subList(0, some.size()).clear();
        return some;
    }
}
