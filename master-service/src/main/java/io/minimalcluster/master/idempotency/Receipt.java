package io.minimalcluster.master.idempotency;

import io.minimalcluster.master.error.MasterException.Conflict;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The record of a call with an idempotency key. It is stored with the created resource, so that a repeated call returns
 * the same resource.
 */
public final class Receipt {
    /** Receipt of a call without a key; stores nothing. */
    public static final Receipt NONE = new Receipt(null);

    private static final String DELETE_EXPIRED = """
            delete from idempotency_key where owner = :owner and name = :name and expires_at <= :now
            """;
    private static final String INSERT = """
            insert into idempotency_key (owner, name, sha256, body_bytes, resource_id, expires_at)
            values (:owner, :name, :sha256, :bodyBytes, :resourceId, :expiresAt)
            on conflict (owner, name) do nothing
            """;

    private final @Nullable Row row;

    Receipt(@Nullable Row row) {
        this.row = row;
    }

    /**
     * Stores the receipt, in the transaction that creates the resource.
     *
     * @param resourceId id or name of the created resource
     * @throws Conflict if a concurrent call on another master stored the key first
     */
    public void keep(JdbcClient sql, String resourceId) {
        if (row == null) {
            return;
        }
        sql.sql(DELETE_EXPIRED)
                .param("owner", row.key.owner())
                .param("name", row.key.name())
                .param("now", row.now)
                .update();
        int inserted = sql.sql(INSERT)
                .param("owner", row.key.owner())
                .param("name", row.key.name())
                .param("sha256", row.sha256)
                .param("bodyBytes", row.bodyBytes)
                .param("resourceId", resourceId)
                .param("expiresAt", row.expiresAt)
                .update();
        if (inserted == 0) { // a concurrent call on another master
            throw new Conflict(
                    "A concurrent call with this Idempotency-Key was committed first.", InFlightKeys.IN_PROGRESS);
        }
    }

    record Row(IdempotencyKey key, String sha256, long bodyBytes, long now, long expiresAt) {}
}
