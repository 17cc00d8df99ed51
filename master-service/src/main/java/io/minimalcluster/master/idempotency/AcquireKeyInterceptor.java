package io.minimalcluster.master.idempotency;

import io.minimalcluster.master.http.BodyListener;
import io.minimalcluster.master.http.direct.DirectCall;
import io.minimalcluster.master.idempotency.IdempotentCall.WithKey;
import io.minimalcluster.master.security.CurrentCaller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Acquires the idempotency key of a call before its body is read; {@link ReleaseKeyFilter} releases the key when the
 * outcome is certain.
 */
@Component
final class AcquireKeyInterceptor implements HandlerInterceptor {
    private static final String CALL = AcquireKeyInterceptor.class.getName() + ".call";
    private static final String HELD = AcquireKeyInterceptor.class.getName() + ".held";

    private final InFlightKeys inFlight;
    private final StoredReceipts receipts;

    AcquireKeyInterceptor(InFlightKeys inFlight, StoredReceipts receipts) {
        this.inFlight = inFlight;
        this.receipts = receipts;
    }

    static IdempotentCall callOf(HttpServletRequest request) {
        return request.getAttribute(CALL) instanceof IdempotentCall call ? call : IdempotentCall.withoutKey();
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (creates(handler)) {
            Optional<IdempotencyKey> key = IdempotencyKey.of(CurrentCaller.get(), request);
            key.ifPresent(given -> acquire(given, request));
        }
        return true;
    }

    private static boolean creates(Object handler) {
        return (handler instanceof DirectCall call && call.creates())
                || (handler instanceof HandlerMethod method
                        && Arrays.stream(method.getMethodParameters())
                                .anyMatch(parameter -> parameter.getParameterType() == IdempotentCall.class));
    }

    private void acquire(IdempotencyKey key, HttpServletRequest request) {
        inFlight.take(key);
        try {
            RequestFingerprint fingerprint = RequestFingerprint.of(request);
            BodyListener.on(request, fingerprint);
            request.setAttribute(CALL, IdempotentCall.of(new WithKey(key, request, fingerprint, receipts)));
            request.setAttribute(HELD, key);
        } catch (RuntimeException | Error e) {
            inFlight.release(key);
            throw e;
        }
    }

    /** Releases the key of a call, if it still holds one. */
    void release(HttpServletRequest request) {
        if (request.getAttribute(HELD) instanceof IdempotencyKey key) {
            request.removeAttribute(HELD);
            inFlight.release(key);
        }
    }
}
