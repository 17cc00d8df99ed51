package io.minimalcluster.master.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.DelegatingServletInputStream;

class BoundedInputStreamTest {
    private final AtomicLong nanos = new AtomicLong();

    private ServletInputStream body() {
        return new BoundedInputStream(
                new DelegatingServletInputStream(new ByteArrayInputStream(new byte[1000])),
                1000,
                nanos::get,
                (bytes, offset, length) -> {},
                new RequestMemoryBudget(1_000_000, Duration.ZERO).share(1000, true));
    }

    @Test
    void bodyBelowTheMinimumRateTimesOutAfterAMinute() throws IOException {
        ServletInputStream in = body();
        for (int i = 0; i < 6; i++) {
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
            assertThat(in.read()).isZero();
        }
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void bodyAboveTheMinimumRateDoesNotTimeOut() throws IOException {
        ServletInputStream in = body();
        for (int i = 0; i < 50; i++) {
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
            assertThat(in.readNBytes(20)).hasSize(20);
        }
    }
}
