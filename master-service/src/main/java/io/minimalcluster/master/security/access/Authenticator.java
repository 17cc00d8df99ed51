package io.minimalcluster.master.security.access;

import io.minimalcluster.master.http.Links;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.CallerAuthentication;
import io.minimalcluster.master.security.Credential;
import io.minimalcluster.master.security.key.Key;
import io.minimalcluster.master.security.key.KeyRing;
import io.minimalcluster.master.security.session.SessionCookie;
import io.minimalcluster.master.security.session.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Authenticates requests by key or session cookie, and revalidates credentials of long-running requests. */
@Component
class Authenticator {
    private final KeyRing keys;
    private final Sessions sessions;

    Authenticator(KeyRing keys, Sessions sessions) {
        this.keys = keys;
        this.sessions = sessions;
    }

    /** The authenticated caller, if any. The cookie is ignored if the request has an {@code Authorization} header. */
    Optional<CallerAuthentication> callerOf(HttpServletRequest request) {
        Optional<? extends Credential> presented = request.getHeader(HttpHeaders.AUTHORIZATION) == null
                ? SessionCookie.of(request).map(Key::digest).map(Credential.BySession::new)
                : BearerKeyReader.of(request).map(Key::digest).map(Credential.ByKey::new);
        return presented.flatMap(admission ->
                callerOf(admission, endsSession(request)).map(caller -> new CallerAuthentication(caller, admission)));
    }

    /** Whether the request signs out. An ended session may still do that, which makes sign-out idempotent. */
    private static boolean endsSession(HttpServletRequest request) {
        return request.getMethod().equals("DELETE") && Links.path(request).equals(SessionCookie.CALL);
    }

    /** Whether the credential is still valid. */
    boolean holds(Credential credential) {
        return callerOf(credential, false).isPresent();
    }

    private Optional<Caller> callerOf(Credential credential, boolean includeEnded) {
        return switch (credential) {
            case Credential.ByKey(String sha256) -> keys.callerOf(sha256);
            case Credential.BySession(String sha256) ->
                sessions.keyOf(sha256, includeEnded).flatMap(keys::callerOf);
        };
    }
}
