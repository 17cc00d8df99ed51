package io.minimalcluster.master.security.session;

import io.minimalcluster.master.error.MasterException.Forbidden;
import io.minimalcluster.master.security.Credential;
import io.minimalcluster.master.security.CurrentCaller;
import io.minimalcluster.master.security.key.Key;
import io.minimalcluster.master.security.key.KeyRing;
import io.minimalcluster.master.security.key.KeyRing.NewSecret;
import io.minimalcluster.model.support.LruCache;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Codes for links that sign a browser in once. They are short-lived, so this master keeps them in memory, by digest.
 */
@Component
class SignInCodes {
    /** Lifetime of a code. */
    static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final int MAX_CODES = 1000;
    private static final int MAX_CODES_OF_KEY = 10;

    private final InstantSource clock;
    private final Map<String, Issued> codes = LruCache.of(MAX_CODES);

    SignInCodes(InstantSource clock) {
        this.clock = clock;
    }

    private record Issued(String keySha256, Instant expiresAt) {}

    /** A code. The secret is disclosed only here. */
    record Code(String secret, Instant expiresAt) {
        @Override
        public String toString() {
            return "Code[]";
        }
    }

    /**
     * Creates a code for the key of the current call.
     *
     * @throws Forbidden if the call has a session and no key: a session must not outlive itself
     */
    Code issue() {
        String key = CurrentCaller.credential()
                .flatMap(SignInCodes::keyOf)
                .orElseThrow(() -> new Forbidden("A code needs a key in the header Authorization, not a session."));
        NewSecret secret = KeyRing.newSecret();
        Instant expiresAt = clock.instant().plus(LIFETIME);
        synchronized (codes) {
            List<String> own = codes.entrySet().stream()
                    .filter(each -> each.getValue().keySha256().equals(key))
                    .map(Map.Entry::getKey)
                    .toList();
            if (own.size() >= MAX_CODES_OF_KEY) {
                codes.remove(own.getFirst());
            }
            codes.put(secret.sha256(), new Issued(key, expiresAt));
        }
        return new Code(secret.secret(), expiresAt);
    }

    private static Optional<String> keyOf(Credential credential) {
        return switch (credential) {
            case Credential.ByKey(String sha256) -> Optional.of(sha256);
            case Credential.BySession _ -> Optional.empty();
        };
    }

    /** Takes a code, which is then unknown. Returns the digest of its key; empty if the code is unknown or expired. */
    Optional<String> redeem(String code) {
        return Optional.ofNullable(codes.remove(Key.digest(code)))
                .filter(issued -> clock.instant().isBefore(issued.expiresAt()))
                .map(Issued::keySha256);
    }
}
