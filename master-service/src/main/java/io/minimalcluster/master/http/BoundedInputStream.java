package io.minimalcluster.master.http;

import io.minimalcluster.master.error.MasterException.PayloadTooLarge;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Stream of a request body with a size limit, a minimum transfer rate and a share of the memory budget. */
final class BoundedInputStream extends ServletInputStream {
    /** After this time the average rate must be at least one byte a second. */
    private static final Duration RATE_CHECK_DELAY = Duration.ofMinutes(1);

    private final ServletInputStream in;
    private final long limit;
    private final LongSupplier nanoTime;
    private final BodyListener listener;
    private final RequestMemoryBudget.Share memoryShare;
    private final long start;
    private long count;

    BoundedInputStream(
            ServletInputStream in,
            long limit,
            LongSupplier nanoTime,
            BodyListener listener,
            RequestMemoryBudget.Share memoryShare) {
        this.in = in;
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.listener = listener;
        this.memoryShare = memoryShare;
        this.start = nanoTime.getAsLong();
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        if (value >= 0) {
            count(1);
            listener.read(new byte[] {(byte) value}, 0, 1);
        }
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        memoryShare.readOn(count, bytes.length);
        int read = in.read(bytes, offset, length);
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
        long nanos = nanoTime.getAsLong() - start;
        if (nanos > RATE_CHECK_DELAY.toNanos()
                && count < Duration.ofNanos(nanos).toSeconds()) {
            throw new SocketTimeoutException("the body arrives too slowly");
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

    @Override
    public void close() throws IOException {
        in.close();
    }
}
