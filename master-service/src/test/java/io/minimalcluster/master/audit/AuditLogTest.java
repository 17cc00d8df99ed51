package io.minimalcluster.master.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("store")
class AuditLogTest {
    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong(5);
    private Store store;
    private AuditLog audit;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        audit = new AuditLog(store, InstantSource.system(), nanos::get);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void add(int count, int status) {
        for (int i = 0; i < count; i++) {
            audit.add("visitor", "cancel-job", null, status, "192.0.2.1");
        }
    }

    /** Number of calls that each entry represents, latest entry first. */
    private List<Long> times() {
        store.writeAndWait(_ -> 0); // the entries were queued before
        return audit.list(PageRequest.of("100", null), null, null).items().stream()
                .map(AuditEntry::times)
                .toList();
    }

    @Test
    void floodOfRejectionsIsSampledAndFullyCounted() {
        add(10_000, 403);
        assertThat(times()).hasSize(AuditLog.REJECTIONS_AT_ONCE).containsOnly(1L);

        nanos.addAndGet(AuditLog.EACH_REJECTION.toNanos());
        add(2, 403);

        assertThat(times())
                .hasSize(AuditLog.REJECTIONS_AT_ONCE + 1)
                .startsWith(10_000L - AuditLog.REJECTIONS_AT_ONCE + 1);
    }

    @Test
    void acceptedCallsAreNotLimited() {
        add(60, 200);
        assertThat(times()).hasSize(60);
    }
}
