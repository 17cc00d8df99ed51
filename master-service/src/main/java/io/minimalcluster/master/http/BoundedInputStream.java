package io.minimalcluster.master.http;

import io.minimalcluster.master.error.MasterException.PayloadTooLarge;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** Stream of a request body with a size limit, a minimum transfer rate and a share of the memory budget. */
final class BoundedInputStream extends ServletInputStream {
    private final ServletInputStream in;
    private final long limit;
    private final BodyRate rate;
    private final BodyRate.Meter meter;
    private final boolean isComputed;
    private final BodyListener listener;
    private final RequestMemoryBudget.Share memoryShare;
    private long count;
    private boolean heldMemory;

    /**
     * Bounds a body.
     *
     * @param isComputed whether the sender may compute the body while sending; it may then be slow until the request
     *     holds memory
     */
    BoundedInputStream(
            ServletInputStream in,
            long limit,
            BodyRate rate,
            boolean isComputed,
            BodyListener listener,
            RequestMemoryBudget.Share memoryShare) {
        this.in = in;
        this.limit = limit;
        this.rate = rate;
        this.meter = rate.meter();
        this.isComputed = isComputed;
        this.listener = listener;
        this.memoryShare = memoryShare;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        memoryShare.readOn(count, bytes.length);
        if (memoryShare.isTaken() && !heldMemory) {
            heldMemory = true;
            meter.restart();
        }
        long beganAt = rate.nanoTime().getAsLong();
        int read = in.read(bytes, offset, length);
        meter.add(beganAt, Math.max(0, read));
        if (read > 0) {
            count(read);
            listener.read(bytes, offset, read);
        }
        return read;
    }

    private void count(int read) throws SocketTimeoutException {
        count += read;
        if (count > limit) {
            throw new PayloadTooLarge(limit);
        }
        if (heldMemory) {
            meter.check();
        } else if (isComputed) {
            meter.checkSlowest();
        } else {
            meter.checkWithoutMemory();
        }
    }

    @Override
    public boolean isFinished() {
        return in.isFinished();
    }

    @Override
    public boolean isReady() {
        return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        in.setReadListener(listener);
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    /** Leaves the body open, because its rest may be dropped after the response. */
    @Override
    public void close() {
        // the container closes it
    }
}
