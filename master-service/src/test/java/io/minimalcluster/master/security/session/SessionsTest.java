package io.minimalcluster.master.security.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.security.key.Key;
import io.minimalcluster.master.security.key.KeyCalls;
import io.minimalcluster.master.security.session.Sessions.Begun;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
    private static final String KEY = "a-key-with-every-role";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final InstantSource clock = now::get;

    @TempDir
    private Path data = Path.of("");

    private Store store;
    private Sessions sessions;

    @BeforeEach
    void open() {
        store = TestStore.in(data);
        sessions = new Sessions(store, clock, KeyCalls.ring(KEY, store, clock), new SignInCodes(clock));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private boolean isOpen(Begun session) {
        return sessions.keyOf(Key.digest(session.secret()), false).isPresent();
    }

    private void advance(Duration time) {
        now.set(now.get().plus(time));
    }

    @Test
    void sessionLastsTwelveHours() {
        Begun session = sessions.begin(KEY).orElseThrow();
        assertThat(session.caller().owner()).isEqualTo("authkey");

        advance(Duration.ofHours(12).minusMillis(1));
        assertThat(isOpen(session)).isTrue();
        advance(Duration.ofMillis(1));
        assertThat(isOpen(session)).isFalse();
    }

    @Test
    void endedSessionCanOnlyBeEndedAgain() {
        Begun session = sessions.begin(KEY).orElseThrow();

        sessions.end(session.secret());

        assertThat(isOpen(session)).isFalse();
        assertThat(sessions.keyOf(Key.digest(session.secret()), true)).isPresent();
        sessions.end(session.secret());
        sessions.end("nothing");
    }

    @Test
    void wrongKeyStartsNoSession() {
        assertThat(sessions.begin("another")).isEmpty();
        assertThat(sessions.begin("")).isEmpty();
        assertThat(sessions.begin(KEY + "\n")).isEmpty();
    }

    @Test
    void neitherSecretNorKeyIsStored() {
        Begun session = sessions.begin(KEY).orElseThrow();

        String rows = store.read(
                        sql -> sql.sql("select * from browser_session").query().listOfRows())
                .toString();

        assertThat(rows).contains(Key.digest(session.secret())).doesNotContain(session.secret(), KEY);
    }

    @Test
    void sessionsPerKeyAreBoundedAndExpiredSessionsDeleted() {
        Begun first = sessions.begin(KEY).orElseThrow();
        Begun second = sessions.begin(KEY).orElseThrow();
        for (int i = 2; i < Sessions.MAX_PER_KEY; i++) {
            sessions.begin(KEY);
        }
        assertThat(isOpen(first)).isTrue();

        sessions.begin(KEY);

        assertThat(isOpen(first)).isFalse();
        assertThat(isOpen(second)).isTrue();
        advance(Sessions.LIFETIME);
        sessions.begin(KEY);
        assertThat(store.<Integer>read(sql -> sql.sql("select count(*) from browser_session")
                        .query(Integer.class)
                        .single()))
                .isEqualTo(1);
    }
}
