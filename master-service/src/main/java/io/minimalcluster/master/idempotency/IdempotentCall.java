package io.minimalcluster.master.idempotency;

import io.minimalcluster.master.error.MasterException.IdempotencyKeyReused;
import io.minimalcluster.master.idempotency.StoredReceipts.Known;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call that creates a resource, with an optional idempotency key. Handlers declare it as a parameter. */
public final class IdempotentCall {
    private final @Nullable WithKey withKey;

    private IdempotentCall(@Nullable WithKey withKey) {
        this.withKey = withKey;
    }

    /** The call of a request that has passed the interceptors. */
    public static IdempotentCall of(HttpServletRequest request) {
        return AcquireKeyInterceptor.callOf(request);
    }

    static IdempotentCall withoutKey() {
        return new IdempotentCall(null);
    }

    static IdempotentCall of(WithKey withKey) {
        return new IdempotentCall(withKey);
    }

    /**
     * The resource that an earlier identical call created, if any. In that case the body is read to its end.
     *
     * @throws IdempotencyKeyReused if the key was used for another request
     */
    public Optional<String> earlier() throws IOException {
        return withKey == null ? Optional.empty() : withKey.earlier();
    }

    /** Reads the rest of the body. The receipt must be stored in the transaction that creates the resource. */
    public Receipt finish() throws IOException {
        return withKey == null ? Receipt.NONE : withKey.finish();
    }

    /** A call with a key. */
    static final class WithKey {
        private final IdempotencyKey key;
        private final HttpServletRequest request;
        private final RequestFingerprint fingerprint;
        private final StoredReceipts receipts;
        private final @Nullable Known known;

        WithKey(
                IdempotencyKey key,
                HttpServletRequest request,
                RequestFingerprint fingerprint,
                StoredReceipts receipts) {
            this.key = key;
            this.request = request;
            this.fingerprint = fingerprint;
            this.receipts = receipts;
            this.known = receipts.find(key).orElse(null);
        }

        IdempotencyKey key() {
            return key;
        }

        private Optional<String> earlier() throws IOException {
            if (known == null) {
                return Optional.empty();
            }
            readOn(known.bodyBytes());
            String sha256 = fingerprint.sha256(); // first, because it digests the pending partial match
            if (fingerprint.length() != known.bodyBytes() || !sha256.equals(known.sha256())) {
                throw new IdempotencyKeyReused("This Idempotency-Key was used for another request.");
            }
            return Optional.of(known.resourceId());
        }

        /** Reads the body up to one byte more than the given number, to detect a longer body. */
        private void readOn(long bytes) throws IOException {
            InputStream body = request.getInputStream();
            byte[] buffer = new byte[8192];
            while (fingerprint.length() <= bytes && body.read(buffer) >= 0) {
                // the fingerprint receives the bytes as a BodyListener
            }
        }

        private Receipt finish() throws IOException {
            request.getInputStream().transferTo(OutputStream.nullOutputStream());
            return receipts.receipt(key, fingerprint);
        }
    }
}
