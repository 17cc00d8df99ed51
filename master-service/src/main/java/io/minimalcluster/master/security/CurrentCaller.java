package io.minimalcluster.master.security;

import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;

/** The caller of the request of the current thread. */
public final class CurrentCaller {
    private CurrentCaller() {}

    public static Caller get() {
        return authentication()
                .orElseThrow(() -> new IllegalStateException("an open call has no caller"))
                .getPrincipal();
    }

    /** The credential of the call; empty for an open call. */
    public static Optional<Credential> credential() {
        return authentication().map(CallerAuthentication::credential);
    }

    private static Optional<CallerAuthentication> authentication() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication known
                ? Optional.of(known)
                : Optional.empty();
    }
}
