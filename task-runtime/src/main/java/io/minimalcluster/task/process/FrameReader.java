package io.minimalcluster.task.process;

import io.minimalcluster.task.frame.Frame;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads frames on a separate thread, which notices the end of the stream while user code runs. */
public final class FrameReader {
    private static final int LIMIT = 1 << 30;

    private final BlockingQueue<Optional<Frame>> frames = new LinkedBlockingQueue<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private final InputStream in;
    private final ProcessExit exit;

    public FrameReader(InputStream in, ProcessExit exit) {
        this.in = in;
        this.exit = exit;
    }

    public void open() {
        Thread.ofPlatform().daemon().name("frames").start(this::read);
    }

    private void read() {
        try {
            while (true) {
                frames.add(Optional.of(Frame.readFrom(in, LIMIT)));
                first.countDown();
            }
        } catch (EOFException _) {
            exit.now(ProcessExit.DONE);
        } catch (IOException | RuntimeException e) {
            exit.fail(e);
        }
        frames.add(Optional.empty());
        first.countDown();
    }

    /** Waits for the first frame or the end of the stream. Returns whether neither came within the limit. */
    public boolean isIdleFor(Duration limit) {
        try {
            return !first.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            return false;
        }
    }

    /** Whether no frame waits for an answer. */
    public boolean isEmpty() {
        return frames.isEmpty();
    }

    /** The next frame, or empty at the end of the stream. Interrupts, which user code may cause, are ignored. */
    public Optional<Frame> take() {
        try {
            return frames.take();
        } catch (InterruptedException _) {
            return take();
        }
    }
}
