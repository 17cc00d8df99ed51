package io.minimalcluster.task.process;

import io.minimalcluster.task.frame.Frame;
import java.io.IOException;
import java.io.OutputStream;

/** Writes whole frames to the service. */
public final class FrameWriter {
    private final OutputStream out;

    public FrameWriter(OutputStream out) {
        this.out = out;
    }

    public synchronized void send(Frame frame) throws IOException {
        frame.writeTo(out);
    }
}
