package io.minimalcluster.master.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Finds out whose call it is, by its key or else by its session, and later whether that still holds. */
@Component
class Authenticator {
    private final KeyRing keys;
    private final Sessions sessions;

    Authenticator(KeyRing keys, Sessions sessions) {
        this.keys = keys;
        this.sessions = sessions;
    }

    /** Who calls; empty if nobody who is known. A call with any key, right or wrong, is never let in by its cookie. */
    Optional<CallerAuthentication> callerOf(HttpServletRequest request) {
        Optional<? extends Credential> shown = request.getHeader(HttpHeaders.AUTHORIZATION) == null
                ? SessionCookie.of(request).map(Key::hexDigest).map(Credential.BySession::new)
                : BearerKeyReader.of(request).map(Key::hexDigest).map(Credential.ByKey::new);
        return shown.flatMap(admission ->
                callerOf(admission, endsSession(request)).map(caller -> new CallerAuthentication(caller, admission)));
    }

    /** To end a session again is harmless, and so a session that was ended still lets that call in. */
    private static boolean endsSession(HttpServletRequest request) {
        return request.getMethod().equals("DELETE") && request.getRequestURI().equals(SessionCookie.CALL);
    }

    /** Whether what let a call in still would. */
    boolean holds(Credential credential) {
        return callerOf(credential, false).isPresent();
    }

    private Optional<Caller> callerOf(Credential credential, boolean evenIfEnded) {
        return switch (credential) {
            case Credential.ByKey(String sha256) -> keys.callerOf(HexFormat.of().parseHex(sha256));
            case Credential.BySession(String sha256) ->
                sessions.keyOf(sha256, evenIfEnded)
                        .flatMap(key -> keys.callerOf(HexFormat.of().parseHex(key)));
        };
    }
}
