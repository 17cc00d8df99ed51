package io.minimalcluster.master.idempotency;

import io.minimalcluster.master.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Idempotency receipts for tests without a web server. */
public final class TestReceipts {
    private static final Duration DAY = Duration.ofDays(1);

    private final StoredReceipts receipts;
    private final InstantSource clock;

    public TestReceipts(Store store, InstantSource clock) {
        this.receipts = new StoredReceipts(store, clock, new IdempotencySettings(DAY));
        this.clock = clock;
    }

    /** The id that an earlier call with the key created. */
    public Optional<String> earlier(String owner, String key) {
        return receipts.find(new IdempotencyKey(owner, key)).map(StoredReceipts.Known::resourceId);
    }

    /** A receipt to insert in the transaction of the call. */
    public Receipt receipt(String owner, String key) {
        long now = clock.millis();
        return new Receipt(new Receipt.Row(new IdempotencyKey(owner, key), "digest", 1, now, now + DAY.toMillis()));
    }
}
