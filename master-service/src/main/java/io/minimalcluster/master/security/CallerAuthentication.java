package io.minimalcluster.master.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** Authentication of Spring Security for a {@link Caller}. It holds the digest of the key, not the key. */
@SuppressWarnings("serial") // never serialized: there are no sessions
public final class CallerAuthentication extends AbstractAuthenticationToken {
    private final Caller caller;
    private final Credential credential;

    public CallerAuthentication(Caller caller, Credential credential) {
        super(AuthorityUtils.NO_AUTHORITIES); // access rules ask the caller
        this.caller = caller;
        this.credential = credential;
        setAuthenticated(true);
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    public Credential credential() {
        return credential;
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
        return other instanceof CallerAuthentication that && credential.equals(that.credential);
    }

    @Override
    public int hashCode() {
        return credential.hashCode();
    }
}
