package io.minimalcluster.master.security.key;

import io.minimalcluster.master.audit.AuditedCall;
import io.minimalcluster.master.error.MasterException.Conflict;
import io.minimalcluster.master.error.MasterException.InvalidOption;
import io.minimalcluster.master.error.MasterException.NotFound;
import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.Role;
import io.minimalcluster.master.security.key.KeyRing.NewSecret;
import io.minimalcluster.master.store.DiskSpaceGuard;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The keys in the store. They are read for each call, so that a revocation takes effect at once. */
@Component
class StoredKeys {
    private static final String ADD = """
            insert into access_key (name, role, sha256, expires_at, created_at, created_by)
            values (:name, :role, :sha256, :expiresAt, :now, :by)
            on conflict (name) do nothing
            """;
    private static final String FIND = """
            select name, role from access_key where sha256 = :sha256 and (expires_at is null or expires_at > :now)
            """;
    private static final String LIST = """
            select seq, name, role, expires_at, created_at, created_by from access_key
             where seq < :before order by seq desc limit :limit
            """;

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Store store;
    private final InstantSource clock;
    private final DiskSpaceGuard diskSpace;
    private final UndisclosedKeyCleanup undisclosedKeys;

    StoredKeys(Store store, InstantSource clock, DiskSpaceGuard diskSpace, UndisclosedKeyCleanup undisclosedKeys) {
        this.store = store;
        this.diskSpace = diskSpace;
        this.undisclosedKeys = undisclosedKeys;
        this.clock = clock;
    }

    Optional<Caller> callerOf(String sha256) {
        return store.read(sql -> sql.sql(FIND)
                .param("sha256", sha256)
                .param("now", clock.millis())
                .query((row, number) -> new Caller(row.getString("name"), Set.of(Role.valueOf(row.getString("role")))))
                .optional());
    }

    /**
     * Stores a key. The returned view is the only disclosure of its secret.
     *
     * @throws Conflict if the name exists
     * @throws InvalidOption if the expiry has passed
     */
    KeyView add(Caller by, String name, Role role, @Nullable Instant expiresAt, NewSecret secret) {
        diskSpace.check();
        Instant now = clock.instant();
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw new InvalidOption("expiresAt", "a future time", "The key would already be expired.");
        }
        if (expiresAt != null && expiresAt.isAfter(LATEST)) {
            throw new InvalidOption("expiresAt", "a time up to " + LATEST, "The time is too far in the future.");
        }
        KeyView key = new KeyView(name, lowerCase(role.name()), expiresAt, now, by.owner(), secret.secret());
        add(key, role, secret.sha256());
        return key;
    }

    private void add(KeyView key, Role role, String sha256) {
        Instant expiresAt = key.expiresAt();
        try {
            store.writeAndWait(AuditedCall.with(key.name(), sql -> {
                undisclosedKeys.deleteAll(sql); // one may have the same name
                int added = sql.sql(ADD)
                        .param("name", key.name())
                        .param("role", role.name())
                        .param("sha256", sha256)
                        .param("expiresAt", expiresAt == null ? null : expiresAt.toEpochMilli())
                        .param("now", key.createdAt().toEpochMilli())
                        .param("by", key.createdBy())
                        .update();
                if (added == 0) {
                    throw new Conflict("The key " + key.name() + " already exists.", "EXISTS");
                }
                return added;
            }));
        } catch (Unavailable e) { // the commit may have succeeded, or may still succeed
            undisclosedKeys.add(sha256);
            throw e;
        }
    }

    Page<KeyView> list(PageRequest page) {
        List<Row> rows = store.read(sql -> sql.sql(LIST)
                .param("before", page.before())
                .param("limit", page.oneMore())
                .query(StoredKeys::row)
                .list());
        return page.page(rows, Row::seq, Row::key);
    }

    void delete(String name) {
        store.writeAndWait(AuditedCall.with(name, sql -> {
            int deleted = sql.sql("delete from access_key where name = :name")
                    .param("name", name)
                    .update();
            if (deleted == 0) {
                throw new NotFound("stored key " + name);
            }
            return deleted;
        }));
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        long expires = row.getLong("expires_at");
        Instant expiresAt = row.wasNull() ? null : Instant.ofEpochMilli(expires);
        return new Row(
                row.getLong("seq"),
                new KeyView(
                        row.getString("name"),
                        lowerCase(row.getString("role")),
                        expiresAt,
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        row.getString("created_by"),
                        null));
    }

    private static String lowerCase(String role) {
        return role.toLowerCase(Locale.ROOT);
    }

    private record Row(long seq, KeyView key) {}
}
