package io.minimalcluster.master.security;

import org.springframework.security.core.context.SecurityContextHolder;

/** Who makes the call that this thread answers. */
public final class CurrentCaller {
    private CurrentCaller() {}

    public static Caller get() {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication known) {
            return known.getPrincipal();
        }
        throw new IllegalStateException("an open call has no caller");
    }
}
