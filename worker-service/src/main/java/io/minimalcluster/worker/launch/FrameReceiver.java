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

/** Reads the frames of a child on a thread of its own, a few ahead of who takes them. */
final class FrameReceiver implements Runnable {
    private static final int AHEAD = 4;

    /** A grandchild may keep the pipe open after the child ended; what is in the pipe is read by then. */
    private static final long GRACE = Duration.ofMillis(200).toNanos();

    private final InputStream stdout;
    private final int limit;
    private final BooleanSupplier ended;
    private final StderrCollector stderr;
    private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(AHEAD);
    private volatile boolean over;
    private @Nullable Long endSeen;
    private volatile @Nullable String fault;

    private sealed interface Arrival {
        record Message(Frame frame) implements Arrival {}

        record End() implements Arrival {}
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
        } catch (InterruptedException nobodyTakesThem) {
            Thread.currentThread().interrupt();
        }
    }

    private void readAll() throws InterruptedException {
        try {
            while (true) {
                arrivals.put(new Arrival.Message(Frame.readFrom(stdout, limit)));
            }
        } catch (ProtocolException broken) {
            fault = "it sent " + broken.getMessage();
        } catch (EOFException end) {
            // as it should be, at the end
        } catch (IOException closed) {
            // ended from this side
        }
        arrivals.put(new Arrival.End());
        if (fault != null) {
            stderr.drain(stdout); // a JVM that crashes says so here
        }
    }

    /** The next frame, or empty when none came in time. One thread at a time. */
    Optional<Frame> take(Duration timeout) throws JvmEndedException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (long left = timeout.toNanos(); !over; left = deadline - System.nanoTime()) {
            Arrival arrival = arrivals.poll(Math.clamp(left, 0, GRACE), TimeUnit.NANOSECONDS);
            if (arrival instanceof Arrival.Message(Frame frame)) {
                return Optional.of(frame);
            }
            over = arrival != null || isLongEnded();
            if (!over && left <= GRACE) {
                return Optional.empty();
            }
        }
        throw new JvmEndedException("the process ended");
    }

    private boolean isLongEnded() {
        if (!ended.getAsBoolean()) {
            return false;
        }
        long now = System.nanoTime();
        if (endSeen == null) {
            endSeen = now;
        }
        return now - endSeen >= GRACE;
    }

    /** Nothing more comes. */
    boolean isOver() {
        return over;
    }

    /** What was wrong with what it sent; null when nothing was. */
    @Nullable
    String fault() {
        return fault;
    }
}
