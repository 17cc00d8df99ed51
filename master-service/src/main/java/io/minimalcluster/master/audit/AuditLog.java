package io.minimalcluster.master.audit;

import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.security.AccessDeniedEvent;
import io.minimalcluster.master.security.session.SignedInEvent;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The audit in the store: the latest entries, as many as are kept. */
@Component
class AuditLog {
    /** How many entries are kept. */
    static final long KEPT = 100_000;

    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
    private static final int CUT_EVERY = 1_000;
    private static final int TEXT = 200;

    private static final String ADD = """
            insert into audit (at, who, action, target, status, address, times)
            values (:at, :who, :action, :target, :status, :address, :times)
            """;
    private static final String CUT = "delete from audit where seq <= (select max(seq) from audit) - " + KEPT;
    private static final String LIST = """
            select * from audit
             where seq < :before and (cast(:who as text) is null or who = :who)
               and (cast(:action as text) is null or action = :action)
             order by seq desc limit :limit
            """;

    private final Store store;
    private final InstantSource clock;
    private final RefusalRateLimiter rateLimiter = new RefusalRateLimiter(System::nanoTime);
    private final AtomicLong added = new AtomicLong();

    AuditLog(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Notes what somebody did; what was refused only as far as there is room for such. */
    void add(@Nullable String who, String action, @Nullable String target, int status, String address) {
        long times = status < 400 ? 1 : rateLimiter.spend();
        if (times > 0) {
            write(new AuditEntry(clock.instant(), cut(who), action, cut(target), status, address, times));
        }
    }

    @EventListener
    void refused(AccessDeniedEvent call) {
        add(call.who(), "refused", call.call(), call.status(), call.address());
    }

    @EventListener
    void signedIn(SignedInEvent session) {
        add(session.who(), "sign-in", null, 200, session.address());
    }

    /** Nobody waits for it: it is on disk with whatever is written next. */
    private void write(AuditEntry entry) {
        boolean cut = added.incrementAndGet() % CUT_EVERY == 0;
        var _ = store.write(sql -> add(sql, entry) + (cut ? sql.sql(CUT).update() : 0))
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
                .param("who", entry.who())
                .param("action", entry.action())
                .param("target", entry.target())
                .param("status", entry.status())
                .param("address", entry.from())
                .param("times", entry.times())
                .update();
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= TEXT ? text : text.substring(0, TEXT) + "…";
    }

    Page<AuditEntry> list(PageRequest page, @Nullable String who, @Nullable String action) {
        List<Numbered> rows = store.read(sql -> sql.sql(LIST)
                .param("before", page.before())
                .param("who", who)
                .param("action", action)
                .param("limit", page.oneMore())
                .query(Numbered::of)
                .list());
        return page.page(rows, Numbered::seq, Numbered::entry);
    }

    /** With its place in the list. */
    private record Numbered(long seq, AuditEntry entry) {
        static Numbered of(ResultSet row, int number) throws SQLException {
            return new Numbered(
                    row.getLong("seq"),
                    new AuditEntry(
                            Instant.ofEpochMilli(row.getLong("at")),
                            row.getString("who"),
                            row.getString("action"),
                            row.getString("target"),
                            row.getInt("status"),
                            row.getString("address"),
                            row.getLong("times")));
        }
    }
}
