package io.minimalcluster.master.idempotency;

import io.minimalcluster.master.error.MasterException.IdempotencyKeyReused;
import io.minimalcluster.master.idempotency.StoredReceipts.Known;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call that creates something. A handler gets it by declaring it as a parameter. */
public final class IdempotentCall {
    private final @Nullable WithKey withKey;

    private IdempotentCall(@Nullable WithKey withKey) {
        this.withKey = withKey;
    }

    static IdempotentCall withoutKey() {
        return new IdempotentCall(null);
    }

    static IdempotentCall of(WithKey withKey) {
        return new IdempotentCall(withKey);
    }

    /**
     * What the same call made before; reads the body to its end where there was one.
     *
     * @throws IdempotencyKeyReused if the key came before with another call
     */
    public Optional<String> earlier() throws IOException {
        return withKey == null ? Optional.empty() : withKey.earlier();
    }

    /** Reads what is left of the body; what comes back is kept along with the thing that this call makes. */
    public Receipt finish() throws IOException {
        return withKey == null ? Receipt.NONE : withKey.finish();
    }

    /** A call that came with a key. */
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
            String sha256 = fingerprint.sha256(); // first, for it passes on what was held back
            if (fingerprint.length() != known.bodyBytes() || !sha256.equals(known.sha256())) {
                throw new IdempotencyKeyReused("This Idempotency-Key came before, with another call.");
            }
            return Optional.of(known.thing());
        }

        /** Reads up to so many bytes of the body and one more, which tells that it is longer. */
        private void readOn(long bytes) throws IOException {
            InputStream body = request.getInputStream();
            byte[] buffer = new byte[8192];
            while (fingerprint.length() <= bytes && body.read(buffer) >= 0) {
                // the fingerprint sees it
            }
        }

        private Receipt finish() throws IOException {
            request.getInputStream().transferTo(OutputStream.nullOutputStream());
            return receipts.receipt(key, fingerprint);
        }
    }
}
