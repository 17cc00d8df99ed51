package io.minimalcluster.master.audit;

import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.limit.RateLimiter;
import io.minimalcluster.master.security.AccessDeniedEvent;
import io.minimalcluster.master.security.session.SignedInEvent;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The audit log in the store, bounded to the latest entries. */
@Component
class AuditLog {
    /** Number of retained entries. */
    static final long KEPT = 100_000;

    /** Rate limit of entries for rejected calls, so that a flood does not fill the disk. */
    static final int REJECTIONS_AT_ONCE = 50;

    static final Duration EACH_REJECTION = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
    private static final int TRIM_INTERVAL = 1_000;
    private static final int MAX_TEXT_LENGTH = 200;

    private static final String ADD = """
            insert into audit (occurred_at, actor, action, target, status, address, call_count)
            values (:at, :actor, :action, :target, :status, :address, :count)
            """;
    private static final String TRIM = "delete from audit where seq <= (select max(seq) from audit) - " + KEPT;
    private static final String LIST = """
            select * from audit
             where seq < :before and (cast(:actor as text) is null or actor = :actor)
               and (cast(:action as text) is null or action = :action)
             order by seq desc limit :limit
            """;

    private final Store store;
    private final InstantSource clock;
    private final RateLimiter rejections;
    private final AtomicLong added = new AtomicLong();
    private long unwritten; // rejections since the last entry of one; guarded by this

    @Autowired
    AuditLog(Store store, InstantSource clock) {
        this(store, clock, System::nanoTime);
    }

    AuditLog(Store store, InstantSource clock, LongSupplier nanoTime) {
        this.store = store;
        this.clock = clock;
        this.rejections = new RateLimiter(REJECTIONS_AT_ONCE, EACH_REJECTION, 1, nanoTime);
    }

    /** Adds an entry. Entries of failed calls are rate-limited. */
    void add(@Nullable String who, String action, @Nullable String target, int status, String address) {
        long times = status < 400 ? 1 : countRejection();
        if (times > 0) {
            write(new AuditEntry(clock.instant(), truncated(who), action, truncated(target), status, address, times));
        }
    }

    /** Number of rejections that the next entry represents; 0 if no entry is to be written. */
    private synchronized long countRejection() {
        unwritten++;
        if (!rejections.tryTake("")) {
            return 0;
        }
        long times = unwritten;
        unwritten = 0;
        return times;
    }

    @EventListener
    void refused(AccessDeniedEvent call) {
        add(call.who(), "refused", call.call(), call.status(), call.address());
    }

    @EventListener
    void signedIn(SignedInEvent session) {
        add(session.who(), "sign-in", null, 200, session.address());
    }

    /** Writes asynchronously, with the next group commit. */
    private void write(AuditEntry entry) {
        boolean trim = added.incrementAndGet() % TRIM_INTERVAL == 0;
        var _ = store.write(sql -> add(sql, entry) + (trim ? sql.sql(TRIM).update() : 0))
                .exceptionally(e -> {
                    log.warn(
                            "event=audit.not-written action={} who={} reason=\"{}\"",
                            entry.action(),
                            entry.who(),
                            e.getMessage());
                    return 0;
                });
    }

    private static int add(JdbcClient sql, AuditEntry entry) {
        return sql.sql(ADD)
                .param("at", entry.at().toEpochMilli())
                .param("actor", entry.who())
                .param("action", entry.action())
                .param("target", entry.target())
                .param("status", entry.status())
                .param("address", entry.from())
                .param("count", entry.times())
                .update();
    }

    private static @Nullable String truncated(@Nullable String text) {
        return text == null || text.length() <= MAX_TEXT_LENGTH ? text : text.substring(0, MAX_TEXT_LENGTH) + "…";
    }

    Page<AuditEntry> list(PageRequest page, @Nullable String who, @Nullable String action) {
        List<Numbered> rows = store.read(sql -> sql.sql(LIST)
                .param("before", page.before())
                .param("actor", who)
                .param("action", action)
                .param("limit", page.oneMore())
                .query(Numbered::of)
                .list());
        return page.page(rows, Numbered::seq, Numbered::entry);
    }

    /** An entry with its position in the list. */
    private record Numbered(long seq, AuditEntry entry) {
        static Numbered of(ResultSet row, int number) throws SQLException {
            return new Numbered(
                    row.getLong("seq"),
                    new AuditEntry(
                            Instant.ofEpochMilli(row.getLong("occurred_at")),
                            row.getString("actor"),
                            row.getString("action"),
                            row.getString("target"),
                            row.getInt("status"),
                            row.getString("address"),
                            row.getLong("call_count")));
        }
    }
}
