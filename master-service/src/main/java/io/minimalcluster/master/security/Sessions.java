package io.minimalcluster.master.security;

import io.minimalcluster.master.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The sessions of browsers, kept as digests: each stands for the key that it was begun with, and opens what that key
 * opens, for as long as it does.
 */
@Component
public class Sessions {
    /** How long one lasts. */
    public static final Duration LASTS = Duration.ofHours(12);

    /** How many a key may have; the oldest goes when there is one more. */
    static final int MOST_OF_A_KEY = 100;

    private static final String FORGET_EXPIRED = "delete from browser_session where expires_at <= :now";
    private static final String FORGET_OLDEST = """
            delete from browser_session
             where key_sha256 = :key and seq <= (
                   select seq from browser_session where key_sha256 = :key order by seq desc limit 1 offset :most)
            """;
    private static final String ADD = """
            insert into browser_session (sha256, key_sha256, ended, expires_at)
            values (:sha256, :key, 0, :expiresAt)
            """;
    private static final String FIND = """
            select key_sha256 from browser_session
             where sha256 = :sha256 and expires_at > :now and ended <= :ended
            """;
    private static final String END = "update browser_session set ended = 1 where sha256 = :sha256";

    private final Store store;
    private final InstantSource clock;
    private final KeyRing keys;

    Sessions(Store store, InstantSource clock, KeyRing keys) {
        this.store = store;
        this.clock = clock;
        this.keys = keys;
    }

    /** Begins one for whoever has the key; empty if it opens nothing. */
    public Optional<Begun> begin(String key) {
        if (!Key.isPossible(key)) {
            return Optional.empty();
        }
        byte[] digest = Key.digest(key);
        return keys.callerOf(digest).map(caller -> begin(caller, Key.hex(digest)));
    }

    private Begun begin(Caller caller, String key) {
        String secret = KeyFile.random();
        Instant now = clock.instant();
        Instant expiresAt = now.plus(LASTS);
        store.writeAndWait(sql -> {
            sql.sql(FORGET_EXPIRED).param("now", now.toEpochMilli()).update();
            sql.sql(ADD)
                    .param("sha256", Key.hexDigest(secret))
                    .param("key", key)
                    .param("expiresAt", expiresAt.toEpochMilli())
                    .update();
            return forgetOldest(sql, key);
        });
        return new Begun(caller, secret, expiresAt);
    }

    private static int forgetOldest(JdbcClient sql, String key) {
        return sql.sql(FORGET_OLDEST)
                .param("key", key)
                .param("most", MOST_OF_A_KEY)
                .update();
    }

    /**
     * The digest of the key that a session stands for; empty if there is no such session, or not any more.
     *
     * @param sha256 of the session's secret
     * @param evenIfEnded whether one that was ended, and would not have expired yet, counts too
     */
    Optional<String> keyOf(String sha256, boolean evenIfEnded) {
        return store.read(sql -> sql.sql(FIND)
                .param("sha256", sha256)
                .param("now", clock.millis())
                .param("ended", evenIfEnded ? 1 : 0)
                .query(String.class)
                .optional());
    }

    /** Ends one; calm where there is none. */
    public void end(String secret) {
        store.writeAndWait(
                sql -> sql.sql(END).param("sha256", Key.hexDigest(secret)).update());
    }

    /** A session; its secret is told this once. */
    public record Begun(Caller caller, String secret, Instant expiresAt) {
        @Override
        public String toString() {
            return "Begun[" + caller.owner() + "]";
        }
    }
}
