package io.minimalcluster.master.idempotency;

import io.minimalcluster.master.http.BodyWatch;
import io.minimalcluster.master.idempotency.IdempotentCall.WithKey;
import io.minimalcluster.master.security.CurrentCaller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Takes the key of a call before its body is read; {@link ReleaseKey} releases it when its outcome is certain. */
@Component
final class TakeKey implements HandlerInterceptor {
    private static final String CALL = TakeKey.class.getName() + ".call";
    private static final String HELD = TakeKey.class.getName() + ".held";

    private final HeldKeys held;
    private final KnownKeys known;

    TakeKey(HeldKeys held, KnownKeys known) {
        this.held = held;
        this.known = known;
    }

    static IdempotentCall callOf(HttpServletRequest request) {
        return request.getAttribute(CALL) instanceof IdempotentCall call ? call : IdempotentCall.withoutKey();
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && creates(method)) {
            Optional<OwnersKey> key = OwnersKey.of(CurrentCaller.get(), request);
            key.ifPresent(given -> take(given, request));
        }
        return true;
    }

    private static boolean creates(HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == IdempotentCall.class);
    }

    private void take(OwnersKey key, HttpServletRequest request) {
        held.take(key);
        try {
            Fingerprint fingerprint = Fingerprint.of(request);
            BodyWatch.on(request, fingerprint);
            request.setAttribute(CALL, IdempotentCall.of(new WithKey(key, request, fingerprint, known)));
            request.setAttribute(HELD, key);
        } catch (RuntimeException | Error e) {
            held.release(key);
            throw e;
        }
    }

    /** Calm where the call holds no key, or none any more. */
    void release(HttpServletRequest request) {
        if (request.getAttribute(HELD) instanceof OwnersKey key) {
            request.removeAttribute(HELD);
            held.release(key);
        }
    }
}
