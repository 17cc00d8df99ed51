package io.minimalcluster.master.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A caller as Spring Security holds one; the key itself is not kept. */
@SuppressWarnings("serial") // never serialized: there are no sessions
final class CallerAuthentication extends AbstractAuthenticationToken {
    private final Caller caller;
    private final Admission admission;

    CallerAuthentication(Caller caller, Admission admission) {
        super(List.copyOf(caller.roles().stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role))
                .toList()));
        this.caller = caller;
        this.admission = admission;
        setAuthenticated(true);
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    Admission admission() {
        return admission;
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return caller.owner();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallerAuthentication that && admission.equals(that.admission);
    }

    @Override
    public int hashCode() {
        return admission.hashCode();
    }
}
