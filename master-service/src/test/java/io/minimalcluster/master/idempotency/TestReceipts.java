package io.minimalcluster.master.idempotency;

import io.minimalcluster.master.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Calls with an Idempotency-Key, without a web server around. */
public final class TestReceipts {
    private static final Duration DAY = Duration.ofDays(1);

    private final StoredReceipts receipts;
    private final InstantSource clock;

    public TestReceipts(Store store, InstantSource clock) {
        this.receipts = new StoredReceipts(store, clock, new IdempotencySettings(DAY));
        this.clock = clock;
    }

    /** What the same call made before. */
    public Optional<String> earlier(String owner, String key) {
        return receipts.find(new IdempotencyKey(owner, key)).map(StoredReceipts.Known::thing);
    }

    /** What is to be kept along with what the call makes. */
    public Receipt receipt(String owner, String key) {
        long now = clock.millis();
        return new Receipt(new Receipt.Row(new IdempotencyKey(owner, key), "digest", 1, now, now + DAY.toMillis()));
    }
}
