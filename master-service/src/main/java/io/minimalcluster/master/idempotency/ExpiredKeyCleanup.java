package io.minimalcluster.master.idempotency;

import io.minimalcluster.master.maintenance.MaintenanceTask;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Deletes expired idempotency keys in small transactions, so that other writes are not delayed. */
@Component
class ExpiredKeyCleanup implements MaintenanceTask {
    private static final int CHUNK = 500;

    private final StoredReceipts receipts;

    ExpiredKeyCleanup(StoredReceipts receipts) {
        this.receipts = receipts;
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Duration initialDelay() {
        return interval();
    }

    @Override
    public void tick() {
        while (receipts.sweep(CHUNK) == CHUNK) {
            // each chunk is a transaction of its own, and other writes run in between
        }
    }
}
