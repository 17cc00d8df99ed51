package io.minimalcluster.master.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;

/** The cookie of a session: no script can read it, and no other site can have it sent. */
public final class SessionCookie {
    /** The call that begins a session and, with DELETE, ends it. */
    public static final String CALL = "/api/v1/session";

    static final String NAME = "mc_session";
    private static final Pattern SECRET = Pattern.compile("[0-9a-f]{64}");

    private SessionCookie() {}

    /** The secret in the cookie of a request; empty unless there is exactly one, as we make them. */
    public static Optional<String> of(HttpServletRequest request) {
        List<String> sent = Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(NAME))
                .map(Cookie::getValue)
                .toList();
        return sent.size() == 1
                ? Optional.of(sent.getFirst())
                        .filter(secret -> SECRET.matcher(secret).matches())
                : Optional.empty();
    }

    /** The header that gives a browser the cookie; an empty secret, with no time left, takes it away. */
    public static String header(HttpServletRequest request, String secret, Duration left) {
        return ResponseCookie.from(NAME, secret)
                .path("/")
                .httpOnly(true)
                .sameSite("Strict")
                .secure(request.isSecure())
                .maxAge(left)
                .build()
                .toString();
    }
}
