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
import org.jspecify.annotations.Nullable;

/**
 * Collects the outcomes of a batch and sends them in parts. One thread runs the tasks and adds outcomes; any thread may
 * send finished ones.
 *
 * <p>Adding a value takes no lock: the runner writes after the published length and the sender reads before it. The
 * lock guards sending, errors and output.
 */
final class ResultFrames {
    private static final int PART_BYTES = 1 << 20;
    private static final int RESERVE_BYTES = 1 << 19;
    private static final int LENGTH_BITS = 32;
    private static final VarHandle PUBLISHED;

    static {
        try {
            PUBLISHED = MethodHandles.lookup().findVarHandle(ResultFrames.class, "published", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Memory to send outcomes with when the heap is full. */
    @SuppressWarnings("UnusedVariable")
    private byte @Nullable [] reserve = new byte[RESERVE_BYTES];

    private final FrameWriter writer;
    private final ValueWriter values;
    private final TaskStopwatch watch = new TaskStopwatch();
    private final List<OutcomePart.PositionError> errors = new ArrayList<>();
    private final List<OutcomePart.PositionOutput> output = new ArrayList<>();

    /**
     * The number of finished tasks and the length of their values. One word holds both, so that they are always
     * consistent.
     */
    @SuppressWarnings("UnusedVariable") // used by its handle
    private long published;

    // written by the runner; the sender reads them after the published word
    private int done;
    private int base;
    private int extraBytes;
    private boolean exact;
    private long elapsed;
    private long[] nanos = new long[64];

    // state of the sender, guarded by the lock
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

    /** The buffer for the value of the current task. */
    ValueWriter values() {
        return values;
    }

    /** Records the failure of the current task. */
    synchronized void failed(TaskError error, List<String> supertypes) {
        values.fail();
        errors.add(new OutcomePart.PositionError(done, error, supertypes));
        extraBytes += 1000;
    }

    /** Makes room in a full heap, once. */
    void releaseReserve() {
        reserve = null;
    }

    /** Records the output of the current task. */
    synchronized void printed(TaskOutput.Printed printed) {
        output.add(new OutcomePart.PositionOutput(done, printed.text(), printed.truncated()));
        extraBytes += printed.text().length();
    }

    /** Whether the end of the current task is timed. */
    boolean endsStride() {
        return watch.endsStride();
    }

    /** Records the end of the current task, whose value or null has been written. */
    void finished() throws IOException {
        if (watch.lap()) {
            recordTime();
        } else {
            exact = false;
        }
        done++;
        publish();
        if (values.length() + extraBytes >= PART_BYTES) {
            sendAndRestart();
        }
    }

    private void recordTime() {
        if (exact) {
            record(done - base, watch.elapsed() - elapsed);
        }
        elapsed = watch.elapsed();
    }

    private void record(int at, long took) {
        if (at == nanos.length) {
            grow();
        }
        nanos[at] = took;
    }

    private synchronized void grow() {
        nanos = Arrays.copyOf(nanos, 2 * nanos.length);
    }

    private synchronized void sendAndRestart() throws IOException {
        send();
        restart();
    }

    /** Sends finished outcomes that were not sent yet. Any thread may call this method. */
    synchronized void send() throws IOException {
        long now = (long) PUBLISHED.getAcquire(this);
        int finishedCount = (int) (now >>> LENGTH_BITS);
        int length = (int) now;
        if (finishedCount == sent) {
            return;
        }
        OutcomePart part = new OutcomePart(
                sent,
                finishedCount - sent,
                errorsUntil(finishedCount),
                nanosUntil(finishedCount),
                outputUntil(finishedCount));
        writer.send(new Frame(FrameKind.PART, FrameHeaders.of(part), values.array(sentLength, length)));
        sent = finishedCount;
        sentLength = length;
    }

    private long[] nanosUntil(int finishedCount) {
        long before = sentElapsed;
        sentElapsed = elapsed;
        return exact ? Arrays.copyOfRange(nanos, sent - base, finishedCount - base) : new long[] {sentElapsed - before};
    }

    private List<OutcomePart.PositionError> errorsUntil(int finishedCount) {
        List<OutcomePart.PositionError> selected = errors.stream()
                .takeWhile(error -> error.position() < finishedCount)
                .toList();
        errors.subList(0, selected.size()).clear();
        return selected;
    }

    private List<OutcomePart.PositionOutput> outputUntil(int finishedCount) {
        List<OutcomePart.PositionOutput> selected = output.stream()
                .takeWhile(printed -> printed.position() < finishedCount)
                .toList();
        output.subList(0, selected.size()).clear();
        return selected;
    }
}
