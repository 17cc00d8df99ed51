package io.minimalcluster.master.security.session;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.error.MasterException.TooManyRequests;
import io.minimalcluster.master.error.MasterException.Unauthenticated;
import io.minimalcluster.master.limit.RateLimiter;
import io.minimalcluster.master.security.AccessDeniedEvent;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.Role;
import io.minimalcluster.master.security.SignedInEvent;
import io.minimalcluster.master.security.session.Sessions.Begun;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sign-in and sign-out of browsers. */
@RestController
@RequestMapping(SessionCookie.CALL)
class SessionController {
    private static final Logger log = LoggerFactory.getLogger(SessionController.class);
    private static final int FAILURES_AT_ONCE = 10;
    private static final Duration EACH_FAILURE = Duration.ofSeconds(6);
    private static final int ADDRESSES = 10_000;

    private final Sessions sessions;
    private final SignInCodes codes;
    private final ApplicationEventPublisher events;
    private final RateLimiter failures =
            new RateLimiter(FAILURES_AT_ONCE, EACH_FAILURE, ADDRESSES, System::nanoTime); // by address

    SessionController(Sessions sessions, SignInCodes codes, ApplicationEventPublisher events) {
        this.sessions = sessions;
        this.codes = codes;
        this.events = events;
    }

    @PostMapping
    ResponseEntity<SessionView> begin(@RequestBody SignIn signIn, HttpServletRequest request) {
        Begun session = begin(signIn, request.getRemoteAddr());
        log.info("event=session.opened name={} from={}", session.caller().owner(), request.getRemoteAddr());
        events.publishEvent(new SignedInEvent(session.caller().owner(), request.getRemoteAddr()));
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, SessionCookie.header(request, session.secret(), Sessions.LIFETIME))
                .body(SessionView.of(session));
    }

    private Begun begin(SignIn signIn, String address) {
        return begin(signIn).orElseThrow(() -> {
            if (!failures.tryTake(address)) { // a valid key from the same address is accepted
                return new TooManyRequests(
                        "Too many sign-ins from this address have failed.", failures.waitOf(address));
            }
            log.info("event=session.rejected from={}", address);
            events.publishEvent(new AccessDeniedEvent(401, null, "POST " + SessionCookie.CALL, address));
            return new Unauthenticated();
        });
    }

    private Optional<Begun> begin(SignIn signIn) {
        if (signIn.key() != null && signIn.code() == null) {
            return sessions.begin(signIn.key());
        }
        if (signIn.key() == null && signIn.code() != null) {
            return sessions.beginByCode(signIn.code());
        }
        throw Malformed.field("key", "Name either a key or a code.");
    }

    /** Creates a code for a link that signs a browser in once. */
    @PostMapping("/code")
    ResponseEntity<CodeView> code() {
        SignInCodes.Code code = codes.issue();
        return ResponseEntity.status(HttpStatus.CREATED).body(new CodeView(code.secret(), code.expiresAt()));
    }

    /** Ends the session of the cookie, if any, and deletes the cookie. */
    @DeleteMapping
    ResponseEntity<Void> end(Caller caller, HttpServletRequest request) {
        SessionCookie.of(request).ifPresent(sessions::end);
        log.info("event=session.closed name={} from={}", caller.owner(), request.getRemoteAddr());
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, SessionCookie.header(request, "", Duration.ZERO))
                .build();
    }

    /** Request body of {@code POST /session}. */
    record SignIn(@Nullable String key, @Nullable String code) {
        @Override
        public String toString() {
            return "SignIn";
        }
    }

    /** Response body of {@code POST /session/code}. */
    record CodeView(String code, Instant expiresAt) {
        @Override
        public String toString() {
            return "CodeView";
        }
    }

    /** Response body of {@code POST /session}. */
    record SessionView(String name, List<String> roles, Instant expiresAt) {
        static SessionView of(Begun session) {
            List<String> roles = session.caller().roles().stream()
                    .map(Role::name)
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .sorted()
                    .toList();
            return new SessionView(session.caller().owner(), roles, session.expiresAt());
        }
    }
}
