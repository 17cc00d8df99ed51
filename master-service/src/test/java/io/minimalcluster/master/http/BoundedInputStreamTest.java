package io.minimalcluster.master.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.DelegatingServletInputStream;

class BoundedInputStreamTest {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int RATE = 1000;

    private final AtomicLong nanos = new AtomicLong();

    /** A body of which each read takes a second. */
    private ServletInputStream body(boolean isComputed) {
        ServletInputStream slow = new DelegatingServletInputStream(new ByteArrayInputStream(new byte[MEBIBYTE])) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                return getSourceStream().read(bytes, offset, length);
            }
        };
        return bounded(slow, isComputed);
    }

    private ServletInputStream bounded(ServletInputStream body, boolean isComputed) {
        return new BoundedInputStream(
                body,
                MEBIBYTE,
                new BodyRate(RATE, nanos::get),
                isComputed,
                (bytes, offset, length) -> {},
                new RequestMemoryBudget(100L * MEBIBYTE, Duration.ZERO).share("a", MEBIBYTE, !isComputed));
    }

    private static void readSeconds(ServletInputStream in, int seconds, int bytesPerSecond) throws IOException {
        for (int i = 0; i < seconds; i++) {
            assertThat(in.read(new byte[bytesPerSecond], 0, bytesPerSecond)).isEqualTo(bytesPerSecond);
        }
    }

    @Test
    void restOfTheBodyIsReadableAfterClose() throws IOException {
        AtomicBoolean isClosed = new AtomicBoolean();
        ServletInputStream container = new DelegatingServletInputStream(new ByteArrayInputStream(new byte[2])) {
            @Override
            public void close() {
                isClosed.set(true);
            }
        };
        try (ServletInputStream in = bounded(container, false)) {
            assertThat(in.read()).isZero();
        }
        assertThat(isClosed).isFalse();
    }

    @Test
    void drippedBodyTimesOut() throws IOException {
        ServletInputStream in = body(false);
        readSeconds(in, 10, 1);

        assertThatThrownBy(() -> readSeconds(in, 5, 1)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void longBodyThatStartsFastAndIsThenDrippedTimesOut() throws IOException {
        ServletInputStream in = body(false);
        readSeconds(in, 2, RequestMemoryBudget.SMALL);
        readSeconds(in, 10, RATE / 2);

        assertThatThrownBy(() -> readSeconds(in, 12, RATE / 2)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void longBodyAboveTheMinimumRateDoesNotTimeOut() throws IOException {
        ServletInputStream in = body(false);
        readSeconds(in, 2, RequestMemoryBudget.SMALL);
        readSeconds(in, 100, RATE);
    }

    @Test
    void shortBodyMayBeSlower() throws IOException {
        readSeconds(body(false), 100, RATE / 100);
    }

    @Test
    void timeBetweenReadsDoesNotCount() throws IOException {
        ServletInputStream in = body(false);
        for (int i = 0; i < 9; i++) {
            readSeconds(in, 1, 1);
            nanos.addAndGet(Duration.ofHours(1).toNanos());
        }
    }

    @Test
    void computedBodyMayBeSlow() throws IOException {
        readSeconds(body(true), 1000, 2);
    }

    @Test
    void computedBodyThatHoldsMemoryNeedsTheMinimumRate() throws IOException {
        ServletInputStream in = body(true);
        readSeconds(in, 1000, 2);
        byte[] buffer = new byte[2 * RequestMemoryBudget.SMALL];
        for (int i = 0; i < 10; i++) {
            assertThat(in.read(buffer, 0, 1)).isOne();
        }

        assertThatThrownBy(() -> in.read(buffer, 0, 1)).isInstanceOf(SocketTimeoutException.class);
    }
}
