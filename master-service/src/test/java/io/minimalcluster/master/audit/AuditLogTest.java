package io.minimalcluster.master.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.minimalcluster.master.error.MasterException.NotFound;
import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

@Tag("store")
class AuditLogTest {
    private static final Pattern CHANGES_AUDIT = Pattern.compile("(?i)(update\\s+audit\\b|delete\\s+from\\s+audit\\b)");

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong(5);
    private final AtomicLong millis = new AtomicLong(Duration.ofDays(1000).toMillis());
    private Store store;
    private AuditLog audit;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        audit = new AuditLog(
                store,
                () -> Instant.ofEpochMilli(millis.get()),
                new AuditSettings(Duration.ofDays(90)),
                new AuditRate(nanos::get));
    }

    @AfterEach
    void close() {
        RequestContextHolder.resetRequestAttributes();
        store.close();
    }

    private void add(int count, @Nullable String who, int status) {
        for (int i = 0; i < count; i++) {
            audit.add(who, "cancel-job", null, status, "192.0.2.1");
        }
    }

    private List<AuditEntry> entries() {
        return audit.list(PageRequest.of("1000", null), null, null).items();
    }

    /** Number of calls that each entry represents, latest entry first. */
    private List<Long> times() {
        return entries().stream().map(AuditEntry::count).toList();
    }

    @Test
    void floodOfRejectionsIsSampledAndFullyCounted() {
        add(10_000, "visitor", 403);
        assertThat(times()).hasSize(AuditRate.REJECTIONS_AT_ONCE).containsOnly(1L);

        audit.tick();
        assertThat(times())
                .hasSize(AuditRate.REJECTIONS_AT_ONCE + 1)
                .startsWith(10_000L - AuditRate.REJECTIONS_AT_ONCE);

        audit.tick();
        assertThat(times()).hasSize(AuditRate.REJECTIONS_AT_ONCE + 1);
    }

    @Test
    void floodOfOneKeyDoesNotDisplaceEntriesOfAnother() {
        add(1, "bob", 200);
        add(AuditRate.CALLS_AT_ONCE + 500, "alice", 200);
        add(1, "bob", 403);
        add(5, null, 401);
        audit.tick();

        assertThat(audit.list(PageRequest.of("1000", null), "bob", null).items())
                .extracting(AuditEntry::status)
                .containsExactly(403, 200);
        assertThat(audit.list(PageRequest.of("1", null), "alice", null).items())
                .singleElement()
                .extracting(AuditEntry::count)
                .isEqualTo(500L);
    }

    @Test
    void countedCallsAreWrittenAfterAFailedWriteAndAtTheEnd() {
        AuditRate rate = new AuditRate(nanos::get);
        AuditSettings settings = new AuditSettings(Duration.ofDays(90));
        rate.count("visitor", "cancel-job", 403, "192.0.2.1");
        Store closed = TestStore.in(folder.resolve("other"));
        closed.close();
        AuditLog failing = new AuditLog(closed, InstantSource.system(), settings, rate);
        assertThatThrownBy(failing::tick).isInstanceOf(RuntimeException.class);
        rate.count("visitor", "cancel-job", 403, "192.0.2.1");

        new AuditLog(store, InstantSource.system(), settings, rate).destroy();

        assertThat(times()).containsExactly(2L);
    }

    @Test
    void entriesAreDeletedByAgeOnly() {
        add(600, "alice", 200);
        millis.addAndGet(Duration.ofDays(60).toMillis());
        add(300, "alice", 200);
        audit.tick();
        assertThat(entries()).hasSize(900);

        millis.addAndGet(Duration.ofDays(31).toMillis());
        audit.tick();

        assertThat(entries()).hasSize(300);
    }

    @Test
    void nothingButTheRetentionChangesEntries() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<Path> changing = sources.filter(path -> path.toString().endsWith(".java"))
                    .filter(AuditLogTest::changesAudit)
                    .toList();
            assertThat(changing).singleElement().asString().endsWith("AuditLog.java");
        }
        assertThat(CHANGES_AUDIT
                        .matcher(
                                Files.readString(Path.of("src/main/java/io/minimalcluster/master/audit/AuditLog.java")))
                        .results())
                .hasSize(1);
    }

    private static boolean changesAudit(Path source) {
        try {
            return CHANGES_AUDIT.matcher(Files.readString(source)).find();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private AuditedCall call() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteUser("alice");
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        AuditedCall.begin(audit, new AuditedAction("delete", 204, false), request);
        AuditedCall call = AuditedCall.of(request);
        assertThat(call).isNotNull();
        return call;
    }

    @Test
    void entryOfAChangeIsPartOfItsTransaction() {
        AuditedCall call = call();
        long commits = store.statistics().commits();

        store.writeAndWait(AuditedCall.with("job-1", _ -> 1));
        call.finish("job-1", 204);

        assertThat(store.statistics().commits() - commits).isEqualTo(1);
        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.target()).isEqualTo("job-1");
            assertThat(entry.status()).isEqualTo(204);
        });
    }

    @Test
    void changeAboveTheRateIsCountedOnlyIfItSucceeds() {
        add(AuditRate.CALLS_AT_ONCE, "alice", 200);

        AuditedCall refused = call();
        assertThatThrownBy(() -> store.writeAndWait(AuditedCall.with("job-1", _ -> {
                    throw new NotFound("job");
                })))
                .isInstanceOf(NotFound.class);
        refused.finish("job-1", 404);
        AuditedCall succeeded = call();
        store.writeAndWait(AuditedCall.with("job-1", _ -> 1));
        succeeded.finish("job-1", 204);
        audit.tick();

        assertThat(audit.list(PageRequest.of("2", null), null, "delete").items())
                .extracting(AuditEntry::status, AuditEntry::count)
                .containsExactlyInAnyOrder(tuple(404, 1L), tuple(204, 1L));
    }

    @Test
    void refusedChangeLeavesOnlyItsRefusal() {
        AuditedCall call = call();

        assertThatThrownBy(() -> store.writeAndWait(AuditedCall.with("job-1", _ -> {
                    throw new NotFound("job");
                })))
                .isInstanceOf(NotFound.class);
        call.finish("job-1", 404);

        assertThat(entries()).extracting(AuditEntry::status).containsExactly(404);
    }
}
