package io.minimalcluster.master.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException.Conflict;
import io.minimalcluster.master.error.MasterException.IdempotencyKeyReused;
import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.Role;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockHttpServletRequest;

@Tag("store")
class IdempotencyTest {
    private static final Duration RETENTION = Duration.ofHours(24);
    private static final IdempotencyKey KEY = new IdempotencyKey("ann", "key-1");

    @TempDir
    Path folder;

    private Store store;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private StoredReceipts receipts;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        receipts = new StoredReceipts(store, () -> now, new IdempotencySettings(RETENTION));
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** A request whose body adds the bytes that are read to a fingerprint. */
    private static final class Posted extends MockHttpServletRequest {
        private final String body;
        private @Nullable RequestFingerprint fingerprint;
        private @Nullable ServletInputStream stream;

        Posted(String query, String type, String body) {
            super("POST", "/api/v1/jobs");
            this.body = body;
            setQueryString(query);
            setContentType(type);
        }

        private RequestFingerprint fingerprint() {
            RequestFingerprint known = fingerprint;
            if (known == null) {
                known = RequestFingerprint.of(this);
                fingerprint = known;
            }
            return known;
        }

        @Override
        public ServletInputStream getInputStream() {
            ServletInputStream opened = stream;
            if (opened == null) {
                opened = new DelegatingServletInputStream(
                        new FilterInputStream(new ByteArrayInputStream(body.getBytes(UTF_8))) {
                            @Override
                            public int read() throws IOException {
                                byte[] one = new byte[1];
                                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                            }

                            @Override
                            public int read(byte[] bytes, int offset, int length) throws IOException {
                                int count = super.read(bytes, offset, length);
                                if (count > 0) {
                                    fingerprint().read(bytes, offset, count);
                                }
                                return count;
                            }
                        });
                stream = opened;
            }
            return opened;
        }
    }

    private IdempotentCall call(IdempotencyKey key, Posted posted) {
        return IdempotentCall.of(new IdempotentCall.WithKey(key, posted, posted.fingerprint(), receipts));
    }

    private IdempotentCall call(String body) {
        return call(KEY, new Posted("function=square", "application/json", body));
    }

    private void complete(IdempotentCall call, String resource) throws IOException {
        Receipt receipt = call.finish();
        store.writeAndWait(sql -> {
            receipt.keep(sql, resource);
            return resource;
        });
    }

    @Test
    void repeatedRequestReturnsTheFirstResult() throws IOException {
        IdempotentCall first = call("[1,2]");
        assertThat(first.earlier()).isEmpty();
        complete(first, "job-1");

        assertThat(call("[1,2]").earlier()).contains("job-1");
        assertThat(call("[1,2]").earlier()).contains("job-1");
    }

    @Test
    void keyReuseForAnotherRequestIsRejected() throws IOException {
        complete(call("[1,2]"), "job-1");

        for (String body : new String[] {"[1,3]", "[1,2] ", "[1,2", ""}) {
            assertThatThrownBy(() -> call(body).earlier()).isInstanceOf(IdempotencyKeyReused.class);
        }
        Posted otherQuery = new Posted("function=cube", "application/json", "[1,2]");
        assertThatThrownBy(() -> call(KEY, otherQuery).earlier()).isInstanceOf(IdempotencyKeyReused.class);
        Posted otherType = new Posted("function=square", "application/x-ndjson", "[1,2]");
        assertThatThrownBy(() -> call(KEY, otherType).earlier()).isInstanceOf(IdempotencyKeyReused.class);
    }

    @Test
    void keyIsScopedToItsOwner() throws IOException {
        complete(call("[1,2]"), "job-1");

        Posted posted = new Posted("function=square", "application/json", "[3]");
        assertThat(call(new IdempotencyKey("bob", "key-1"), posted).earlier()).isEmpty();
    }

    @Test
    void expiredKeyCanBeReused() throws IOException {
        complete(call("[1,2]"), "job-1");
        now = now.plus(RETENTION);
        assertThat(call("[1,2]").earlier()).isEmpty();

        complete(call("[3]"), "job-2");

        assertThat(call("[3]").earlier()).contains("job-2");
        assertThat(receipts.sweep(10)).isZero();
        now = now.plus(RETENTION);
        assertThat(receipts.sweep(10)).isEqualTo(1);
    }

    @Test
    void expiredKeysAreSweptInBatches() throws IOException {
        for (int i = 0; i < 5; i++) {
            complete(call(new IdempotencyKey("ann", "old-" + i), new Posted("", "text/plain", "")), "job-" + i);
        }
        now = now.plus(RETENTION);
        complete(call("[1]"), "job-new");

        assertThat(receipts.sweep(3)).isEqualTo(3);
        assertThat(receipts.sweep(3)).isEqualTo(2);
        assertThat(receipts.sweep(3)).isZero();
        assertThat(call("[1]").earlier()).contains("job-new");
    }

    @Test
    void concurrentRequestsOnTwoMastersConflict() throws IOException {
        IdempotentCall here = call("[1]");
        IdempotentCall there = call("[1]");
        assertThat(here.earlier()).isEmpty();
        assertThat(there.earlier()).isEmpty();

        complete(here, "job-1");

        assertThatThrownBy(() -> complete(there, "job-2")).isInstanceOf(Conflict.class);
        assertThat(call("[1]").earlier()).contains("job-1");
    }

    @Test
    void keyInFlightConflictsUntilReleased() {
        InFlightKeys inFlight = new InFlightKeys();
        inFlight.take(KEY);
        assertThatThrownBy(() -> inFlight.take(KEY)).isInstanceOf(Conflict.class);
        inFlight.take(new IdempotencyKey("bob", KEY.name()));
        inFlight.release(KEY);
        inFlight.take(KEY);
    }

    @Test
    void fingerprintIgnoresTheMultipartBoundary() throws IOException {
        String form = "--B\r\nContent-Disposition: form-data; name=\"args\"\r\n\r\n-B1,2--\r\n--B--\r\n";
        Posted first = new Posted("", "multipart/form-data; boundary=B-1", form.replace("--B", "--B-1"));
        complete(call(KEY, first), "job-1");

        Posted again = new Posted("", "multipart/form-data; boundary=B--B-22", form.replace("--B", "--B--B-22"));
        assertThat(call(KEY, again).earlier()).contains("job-1");
        Posted other = new Posted(
                "",
                "multipart/form-data; boundary=B-1",
                form.replace("--B", "--B-1").replace('2', '3'));
        assertThatThrownBy(() -> call(KEY, other).earlier()).isInstanceOf(IdempotencyKeyReused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\tb", "ä", "\u0000"})
    void keyMustBePrintable(String name) {
        assertThatThrownBy(() -> key(name)).isInstanceOf(Malformed.class);
    }

    @Test
    void keyLengthIsBounded() {
        assertThat(key("k".repeat(255))).isPresent();
        assertThatThrownBy(() -> key("k".repeat(256))).isInstanceOf(Malformed.class);
    }

    private static Optional<IdempotencyKey> key(String name) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("Idempotency-Key", name);
        return IdempotencyKey.of(new Caller("ann", Set.of(Role.CLIENT)), request);
    }

    @Test
    void repeatedHeaderIsMalformed() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("Idempotency-Key", "a");
        request.addHeader("Idempotency-Key", "b");
        Caller ann = new Caller("ann", Set.of(Role.CLIENT));
        assertThatThrownBy(() -> IdempotencyKey.of(ann, request)).isInstanceOf(Malformed.class);
        assertThat(IdempotencyKey.of(ann, new MockHttpServletRequest())).isEmpty();
    }
}
