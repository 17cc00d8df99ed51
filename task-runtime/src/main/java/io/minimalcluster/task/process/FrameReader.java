package io.minimalcluster.task.process;

import io.minimalcluster.task.frame.Frame;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Reads frames on a thread of its own, so that the end of the stream is seen while user code runs. */
public final class FrameReader {
    private static final int LIMIT = 1 << 30;

    private final BlockingQueue<Optional<Frame>> frames = new LinkedBlockingQueue<>();
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
            }
        } catch (EOFException _) {
            exit.now(ProcessExit.DONE);
        } catch (IOException | RuntimeException e) {
            exit.because(e);
        }
        frames.add(Optional.empty());
    }

    /** Whether nobody waits for an answer. */
    public boolean isEmpty() {
        return frames.isEmpty();
    }

    /** The next frame, or nothing at the end; user code that interrupts this thread does no harm. */
    public Optional<Frame> take() {
        try {
            return frames.take();
        } catch (InterruptedException _) {
            return take();
        }
    }
}
