package io.minimalcluster.master.idempotency;

import io.minimalcluster.master.store.Store;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The idempotency keys in the store, each with the resource that its call created. */
@Component
class StoredReceipts {
    private static final String FIND = """
            select resource_id, sha256, body_bytes from idempotency_key
             where owner = :owner and name = :name and expires_at > :now
            """;
    private static final String SWEEP = """
            delete from idempotency_key
             where seq in (select seq from idempotency_key where expires_at <= :now order by expires_at limit :max)
            """;

    private final Store store;
    private final InstantSource clock;
    private final IdempotencySettings settings;

    StoredReceipts(Store store, InstantSource clock, IdempotencySettings settings) {
        this.store = store;
        this.clock = clock;
        this.settings = settings;
    }

    Optional<Known> find(IdempotencyKey key) {
        return store.read(sql -> sql.sql(FIND)
                .param("owner", key.owner())
                .param("name", key.name())
                .param("now", clock.millis())
                .query((row, number) ->
                        new Known(row.getString("resource_id"), row.getString("sha256"), row.getLong("body_bytes")))
                .optional());
    }

    /** Creates the receipt of a call. Its retention period starts now. */
    Receipt receipt(IdempotencyKey key, RequestFingerprint of) {
        long now = clock.millis();
        return new Receipt(new Receipt.Row(
                key, of.sha256(), of.length(), now, now + settings.keep().toMillis()));
    }

    /**
     * Deletes expired keys.
     *
     * @param max maximum number of deleted keys
     * @return number of deleted keys
     */
    int sweep(int max) {
        return store.writeAndWait(sql ->
                sql.sql(SWEEP).param("now", clock.millis()).param("max", max).update());
    }

    /** A stored key: the created resource, and the fingerprint of its call. */
    record Known(String resourceId, String sha256, long bodyBytes) {}
}
