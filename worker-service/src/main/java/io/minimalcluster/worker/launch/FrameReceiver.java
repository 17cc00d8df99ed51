package io.minimalcluster.worker.launch;

import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.worker.launch.sandbox.StderrCollector;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads the frames of a child on a separate thread, a few frames ahead of the consumer. */
final class FrameReceiver implements Runnable {
    private static final int PREFETCHED = 4;

    /** The largest capacity of a pipe, and so of the unread output of a child that has ended. */
    private static final long PIPE_BYTES = 1 << 20;

    /** The time to read the rest of the pipe after the child ended. A grandchild may keep the pipe open. */
    private static final long GRACE = Duration.ofMillis(200).toNanos();

    private final InputStream stdout;
    private final int limit;
    private final BooleanSupplier ended;
    private final StderrCollector stderr;
    private final BlockingQueue<Received> messages = new ArrayBlockingQueue<>(PREFETCHED);
    private volatile boolean finished;
    private @Nullable Long endedSince;
    private volatile @Nullable String fault;

    private sealed interface Received {
        record FrameRead(Frame frame) implements Received {}

        record End() implements Received {}
    }

    FrameReceiver(InputStream stdout, int limit, BooleanSupplier ended, StderrCollector stderr) {
        this.stdout = stdout;
        this.limit = limit;
        this.ended = ended;
        this.stderr = stderr;
    }

    @Override
    public void run() {
        try {
            readAll();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void readAll() throws InterruptedException {
        try {
            long afterEnd = 0; // an orphan can write frames for any time
            while (afterEnd <= limit + PIPE_BYTES) {
                Frame frame = Frame.readFrom(stdout, limit);
                if (ended.getAsBoolean()) {
                    afterEnd += frame.length();
                }
                messages.put(new Received.FrameRead(frame));
            }
        } catch (ProtocolException broken) {
            fault = "it sent " + broken.getMessage();
        } catch (EOFException _) {
            // the regular end
        } catch (IOException _) {
            // closed by this process
        }
        messages.put(new Received.End());
        if (fault != null) {
            stderr.drain(stdout); // a crashing JVM writes its report to standard output
        }
    }

    /**
     * Takes the next frame; empty after the timeout. Not thread-safe.
     *
     * @throws JvmEndedException if no more frames come
     */
    Optional<Frame> take(Duration timeout) throws JvmEndedException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (long left = timeout.toNanos(); !finished; left = deadline - System.nanoTime()) {
            Received received = messages.poll(Math.clamp(left, 0, GRACE), TimeUnit.NANOSECONDS);
            if (received instanceof Received.FrameRead(Frame frame)) {
                return Optional.of(frame);
            }
            finished = received != null || endedLongAgo();
            if (!finished && left <= GRACE) {
                return Optional.empty();
            }
        }
        throw new JvmEndedException("the process ended");
    }

    private boolean endedLongAgo() {
        if (!ended.getAsBoolean()) {
            return false;
        }
        long now = System.nanoTime();
        if (endedSince == null) {
            endedSince = now;
        }
        return now - endedSince >= GRACE;
    }

    /** Whether no more frames come. */
    boolean isFinished() {
        return finished;
    }

    /** The protocol violation of the child; null if there was none. */
    @Nullable
    String fault() {
        return fault;
    }
}
