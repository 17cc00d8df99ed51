package io.minimalcluster.master.idempotency;

import io.minimalcluster.master.error.MasterException.Conflict;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is kept along with a thing, so that the same call again gives the same thing. */
public final class Receipt {
    /** For a call without a key: nothing is kept. */
    public static final Receipt NONE = new Receipt(null);

    private static final String DROP_EXPIRED = """
            delete from idempotency_key where owner = :owner and name = :name and expires_at <= :now
            """;
    private static final String KEEP = """
            insert into idempotency_key (owner, name, sha256, body_bytes, thing, expires_at)
            values (:owner, :name, :sha256, :bodyBytes, :thing, :expiresAt)
            on conflict (owner, name) do nothing
            """;

    private final @Nullable Row row;

    Receipt(@Nullable Row row) {
        this.row = row;
    }

    /**
     * Keeps it, in the transaction that keeps the thing.
     *
     * @param thing the id or the name of what was made
     */
    public void keep(JdbcClient sql, String thing) {
        if (row == null) {
            return;
        }
        sql.sql(DROP_EXPIRED)
                .param("owner", row.key.owner())
                .param("name", row.key.name())
                .param("now", row.now)
                .update();
        int kept = sql.sql(KEEP)
                .param("owner", row.key.owner())
                .param("name", row.key.name())
                .param("sha256", row.sha256)
                .param("bodyBytes", row.bodyBytes)
                .param("thing", thing)
                .param("expiresAt", row.expiresAt)
                .update();
        if (kept == 0) { // another master was faster
            throw new Conflict("Another call with this Idempotency-Key was faster.", InFlightKeys.IN_PROGRESS);
        }
    }

    record Row(IdempotencyKey key, String sha256, long bodyBytes, long now, long expiresAt) {}
}
