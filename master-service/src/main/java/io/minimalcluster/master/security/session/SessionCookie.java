package io.minimalcluster.master.security.session;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;

/** The session cookie: {@code HttpOnly} and {@code SameSite=Strict}. */
public final class SessionCookie {
    /** Path of sign-in (POST) and sign-out (DELETE). */
    public static final String CALL = "/api/v1/session";

    static final String NAME = "mc_session";
    private static final Pattern SECRET = Pattern.compile("[0-9a-f]{64}");

    private SessionCookie() {}

    /** The secret in the cookie of a request; empty unless there is exactly one well-formed cookie. */
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

    /** Value of {@code Set-Cookie}. An empty secret and a zero duration delete the cookie. */
    static String header(HttpServletRequest request, String secret, Duration maxAge) {
        return ResponseCookie.from(NAME, secret)
                .path("/")
                .httpOnly(true)
                .sameSite("Strict")
                .secure(request.isSecure())
                .maxAge(maxAge)
                .build()
                .toString();
    }
}
