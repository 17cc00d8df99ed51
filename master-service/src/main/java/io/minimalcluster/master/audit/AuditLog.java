package io.minimalcluster.master.audit;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.maintenance.MaintenanceTask;
import io.minimalcluster.master.security.AccessDeniedEvent;
import io.minimalcluster.master.security.SignedInEvent;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.UnitOfWork;
import io.minimalcluster.model.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The audit log in the store. Entries are added and, at the end of their retention, deleted; nothing else changes them.
 */
@Component
class AuditLog implements MaintenanceTask, DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
    private static final int CHUNK = 500;
    private static final int MAX_TEXT_LENGTH = 200;

    /** How long a response waits for its entry. Then it is sent without, so that an outage does not stop all reads. */
    private static final Duration COMMIT_LIMIT = Duration.ofSeconds(2);

    private static final String ADD = """
            insert into audit (occurred_at, actor, action, target, status, address, call_count)
            values (:at, :actor, :action, :target, :status, :address, :count)
            """;
    private static final String DELETE_EXPIRED = """
            delete from audit where seq in (
                select seq from (select seq, occurred_at from audit order by seq limit :max) oldest
                 where occurred_at < :before)
            """;
    private static final String LIST = """
            select * from audit
             where seq < :before and (cast(:actor as text) is null or actor = :actor)
               and (cast(:action as text) is null or action = :action)
             order by seq desc limit :limit
            """;

    private final Store store;
    private final InstantSource clock;
    private final AuditSettings settings;
    private final AuditRate rate;

    @Autowired
    AuditLog(Store store, InstantSource clock, AuditSettings settings) {
        this(store, clock, settings, new AuditRate(System::nanoTime));
    }

    AuditLog(Store store, InstantSource clock, AuditSettings settings, AuditRate rate) {
        this.store = store;
        this.clock = clock;
        this.settings = settings;
        this.rate = rate;
    }

    /** Whether an entry may be written for a call. Otherwise {@link #count} makes the call part of a later entry. */
    boolean mayAdd(@Nullable String actor, int status) {
        return rate.tryTake(actor, status);
    }

    void count(@Nullable String actor, String action, int status, String address) {
        rate.count(actor, action, status, address);
    }

    /** Adds an entry, within the rate, and waits for its commit. */
    void add(@Nullable String actor, String action, @Nullable String target, int status, String address) {
        if (mayAdd(actor, status)) {
            await(action, actor, store.write(sql -> insert(sql, actor, action, target, status, address, 1)));
        } else {
            count(actor, action, status, address);
        }
    }

    @EventListener
    void refused(AccessDeniedEvent call) {
        add(call.actor(), "refused", call.call(), call.status(), call.address());
    }

    @EventListener
    void signedIn(SignedInEvent session) {
        add(session.actor(), "sign-in", null, 200, session.address());
    }

    private static void await(String action, @Nullable String actor, CompletableFuture<?> entry) {
        try {
            Store.await(entry, COMMIT_LIMIT);
        } catch (MasterException | DataAccessException e) {
            log.warn("event=audit.not-written action={} actor={} reason=\"{}\"", action, actor, e.getMessage());
        }
    }

    /** Adds an entry in an open transaction. */
    int insert(
            JdbcClient sql,
            @Nullable String actor,
            String action,
            @Nullable String target,
            int status,
            String address,
            long times) {
        return sql.sql(ADD)
                .param("at", clock.millis())
                .param("actor", truncated(actor))
                .param("action", action)
                .param("target", truncated(target))
                .param("status", status)
                .param("address", address)
                .param("count", times)
                .update();
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Duration initialDelay() {
        return interval();
    }

    /** Writes the calls above the rate, and deletes expired entries in small transactions. */
    @Override
    public void tick() {
        writeCounted(store::writeAndWait);
        while (deleteExpired() == CHUNK) {
            // each chunk is a transaction of its own, and other writes run in between
        }
    }

    /** Writes the calls above the rate before the store is closed. */
    @Override
    public void destroy() {
        try {
            writeCounted(entries -> Store.await(store.write(entries), COMMIT_LIMIT));
        } catch (MasterException | DataAccessException e) {
            log.warn("event=audit.not-written reason=\"{}\"", e.getMessage());
        }
    }

    private void writeCounted(Consumer<UnitOfWork<Integer>> writer) {
        Map<AuditRate.Kind, AuditRate.Counted> counted = rate.drain();
        if (counted.isEmpty()) {
            return;
        }
        try {
            writer.accept(sql -> counted.entrySet().stream()
                    .mapToInt(each -> insert(
                            sql,
                            each.getKey().actor(),
                            each.getKey().action(),
                            null,
                            each.getKey().status(),
                            each.getValue().address(),
                            each.getValue().count()))
                    .sum());
        } catch (RuntimeException e) {
            rate.putBack(counted); // a late commit counts them twice, which is better than not at all
            throw e;
        }
    }

    private int deleteExpired() {
        long before = clock.millis() - settings.keep().toMillis();
        return store.writeAndWait(sql -> sql.sql(DELETE_EXPIRED)
                .param("max", CHUNK)
                .param("before", before)
                .update());
    }

    private static @Nullable String truncated(@Nullable String text) {
        return text == null || text.length() <= MAX_TEXT_LENGTH ? text : text.substring(0, MAX_TEXT_LENGTH) + "…";
    }

    Page<AuditEntry> list(PageRequest page, @Nullable String actor, @Nullable String action) {
        List<Numbered> rows = store.read(sql -> sql.sql(LIST)
                .param("before", page.before())
                .param("actor", actor)
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
