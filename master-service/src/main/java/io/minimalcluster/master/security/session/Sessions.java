package io.minimalcluster.master.security.session;

import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.key.Key;
import io.minimalcluster.master.security.key.KeyRing;
import io.minimalcluster.master.security.key.KeyRing.NewSecret;
import io.minimalcluster.master.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Browser sessions in the store, by digest of their secrets. A session has the roles of the key that created it, while
 * that key is valid.
 */
@Component
public class Sessions {
    /** Lifetime of a session. */
    static final Duration LIFETIME = Duration.ofHours(12);

    /** Maximum number of sessions of a key; a further one evicts the oldest. */
    static final int MAX_PER_KEY = 100;

    private static final String DELETE_EXPIRED = "delete from browser_session where expires_at <= :now";
    private static final String DELETE_OLDEST = """
            delete from browser_session
             where key_sha256 = :key and seq <= (
                   select seq from browser_session where key_sha256 = :key order by seq desc limit 1 offset :max)
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
    private final SignInCodes codes;

    Sessions(Store store, InstantSource clock, KeyRing keys, SignInCodes codes) {
        this.store = store;
        this.clock = clock;
        this.keys = keys;
        this.codes = codes;
    }

    /** Creates a session for a key; empty if the key is invalid. */
    Optional<Begun> begin(String key) {
        if (!Key.isPossible(key)) {
            return Optional.empty();
        }
        return beginOf(Key.digest(key));
    }

    /** Creates a session for the key of a code of {@link SignInCodes}; empty if the code or the key is invalid. */
    Optional<Begun> beginByCode(String code) {
        return codes.redeem(code).flatMap(this::beginOf);
    }

    private Optional<Begun> beginOf(String keySha256) {
        return keys.callerOf(keySha256).map(caller -> begin(caller, keySha256));
    }

    private Begun begin(Caller caller, String key) {
        NewSecret secret = KeyRing.newSecret();
        Instant now = clock.instant();
        Instant expiresAt = now.plus(LIFETIME);
        store.writeAndWait(sql -> {
            sql.sql(DELETE_EXPIRED).param("now", now.toEpochMilli()).update();
            sql.sql(ADD)
                    .param("sha256", secret.sha256())
                    .param("key", key)
                    .param("expiresAt", expiresAt.toEpochMilli())
                    .update();
            return deleteOldest(sql, key);
        });
        return new Begun(caller, secret.secret(), expiresAt);
    }

    private static int deleteOldest(JdbcClient sql, String key) {
        return sql.sql(DELETE_OLDEST)
                .param("key", key)
                .param("max", MAX_PER_KEY)
                .update();
    }

    /**
     * Digest of the key that created a session; empty if the session is unknown, ended or expired.
     *
     * @param sha256 digest of the session's secret
     * @param includeEnded whether to find ended sessions that have not expired
     */
    public Optional<String> keyOf(String sha256, boolean includeEnded) {
        return store.read(sql -> sql.sql(FIND)
                .param("sha256", sha256)
                .param("now", clock.millis())
                .param("ended", includeEnded ? 1 : 0)
                .query(String.class)
                .optional());
    }

    /** Ends a session, if it exists. */
    void end(String secret) {
        store.writeAndWait(
                sql -> sql.sql(END).param("sha256", Key.digest(secret)).update());
    }

    /** A created session. Its secret is disclosed only here. */
    record Begun(Caller caller, String secret, Instant expiresAt) {
        @Override
        public String toString() {
            return "Begun[" + caller.owner() + "]";
        }
    }
}
