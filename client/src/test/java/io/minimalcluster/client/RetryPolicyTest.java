package io.minimalcluster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

class RetryPolicyTest {
    private final List<Duration> pauses = new ArrayList<>();
    private final RetryPolicy policy = new RetryPolicy(pauses::add);
    private final Deque<RuntimeException> failures = new ArrayDeque<>();

    private String call() {
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        return "done";
    }

    private static UnreachableException unreachable(IOException cause) {
        return new UnreachableException(URI.create("http://localhost:1"), cause);
    }

    private static ProblemException refused(int status, String state) {
        return new ProblemException(new Problem(
                "/problems/x", "x", status, null, null, List.of(), List.of(), Map.of("state", new StringNode(state))));
    }

    @Test
    void retriesHaveExponentialBackoffWithJitter() {
        failures.add(unreachable(new ConnectException()));
        failures.add(unreachable(new IOException("reset")));
        failures.add(refused(503, ""));
        failures.add(refused(409, "IN_PROGRESS"));

        assertThat(policy.send(this::call)).isEqualTo("done");

        assertThat(pauses).hasSize(4);
        for (int i = 0, backoff = 100; i < 4; i++, backoff *= 3) {
            assertThat(pauses.get(i).toMillis()).isBetween(backoff / 2L, (long) backoff);
        }
    }

    @Test
    void limitedCallAndLostHandshakeAreRetried() {
        failures.add(refused(429, ""));
        failures.add(unreachable(new SSLHandshakeException("Remote host terminated the handshake")));

        assertThat(policy.send(this::call)).isEqualTo("done");
        assertThat(pauses).hasSize(2);
    }

    private static IOException refusedCertificate() {
        return new SSLHandshakeException("refused", new CertificateException("unknown authority"));
    }

    @Test
    void retriesEndAfterFiveAttempts() {
        for (int i = 0; i < 10; i++) {
            failures.add(unreachable(new ConnectException()));
        }

        assertThatExceptionOfType(UnreachableException.class).isThrownBy(() -> policy.send(this::call));
        assertThat(pauses).hasSize(4);
    }

    @Test
    void permanentFailureIsNotRetried() {
        for (RuntimeException failure : List.of(
                unreachable(new HttpTimeoutException("late")),
                unreachable(refusedCertificate()),
                refused(422, ""),
                refused(409, "IN_PROGRESS"))) {
            failures.clear();
            failures.add(failure);
            assertThatExceptionOfType(failure.getClass()).isThrownBy(() -> policy.send(this::call));
        }
        assertThat(pauses).isEmpty();
    }
}
