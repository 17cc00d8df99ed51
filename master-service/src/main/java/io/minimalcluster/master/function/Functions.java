package io.minimalcluster.master.function;

import io.minimalcluster.master.audit.AuditedCall;
import io.minimalcluster.master.environment.FunctionLookup;
import io.minimalcluster.master.error.MasterException.NotFound;
import io.minimalcluster.master.error.MasterException.UnknownFunction;
import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.idempotency.Receipt;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.store.DiskSpaceGuard;
import io.minimalcluster.master.store.RowCache;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.UnitOfWork;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.Page;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.function.RegisteredFunction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The registered functions in the store. */
@Component
public class Functions {
    private static final String PUT = """
            insert into function (owner, name, environment_id, method, created_at)
            values (:owner, :name, :environment, :method, :now)
            on conflict (owner, name) do update
               set environment_id = excluded.environment_id, method = excluded.method, created_at = excluded.created_at
            """;
    private static final String FIND = """
            select seq, owner, name, environment_id, method, created_at from function
             where name = :name and (:all or owner = :owner)
             order by (owner = :owner) desc, seq limit 1
            """;
    private static final String LIST = """
            select seq, owner, name, environment_id, method, created_at from function
             where seq < :before and (:all or owner = :owner)
             order by seq desc limit :limit
            """;
    private static final String DELETE = """
            delete from function where seq = :seq
            """;

    private static final int CACHED = 10_000;

    /** Signatures are as long as the names of classes in source code, so long ones are not cached. */
    private static final int MAX_CACHED_SIGNATURE = 1_000;

    /** Registrations of their owners. */
    private final RowCache<Name, Row> cache = new RowCache<>(CACHED);

    private final Store store;
    private final InstantSource clock;
    private final FunctionLookup lookup;
    private final DiskSpaceGuard diskSpace;

    Functions(Store store, InstantSource clock, FunctionLookup lookup, DiskSpaceGuard diskSpace) {
        this.store = store;
        this.diskSpace = diskSpace;
        this.clock = clock;
        this.lookup = lookup;
    }

    /** Registers a name of the caller for a target function. Replaces an earlier registration. */
    RegisteredFunction register(
            Caller caller, String name, EnvironmentId environment, TargetFunction function, Receipt receipt) {
        diskSpace.check();
        change(new Name(caller.owner(), name), sql -> {
            receipt.keep(sql, name);
            return sql.sql(PUT)
                    .param("owner", caller.owner())
                    .param("name", name)
                    .param("environment", environment.value())
                    .param("method", function.signature())
                    .param("now", clock.millis())
                    .update();
        });
        return get(caller, name);
    }

    RegisteredFunction get(Caller caller, String name) {
        return view(find(caller, name).orElseThrow(() -> new NotFound("function " + name)));
    }

    Page<RegisteredFunction> list(Caller caller, PageRequest page) {
        List<Row> rows = store.read(sql -> sql.sql(LIST)
                .param("before", page.before())
                .param("limit", page.oneMore())
                .params(visibleTo(caller))
                .query(Functions::row)
                .list());
        return page.page(rows, Row::seq, this::view);
    }

    void delete(Caller caller, String name) {
        Row row = find(caller, name)
                .filter(found -> caller.owns(found.owner()))
                .orElseThrow(() -> new NotFound("function " + name));
        int deleted = change(
                new Name(row.owner(), name),
                sql -> sql.sql(DELETE).param("seq", row.seq()).update());
        if (deleted == 0) {
            throw new NotFound("function " + name);
        }
    }

    private int change(Name name, UnitOfWork<Integer> change) {
        return cache.change(name, store.write(AuditedCall.with(name.name(), change)));
    }

    /**
     * Resolves a name of the caller.
     *
     * @throws UnknownFunction if the name is not registered
     */
    public Resolved resolve(Caller caller, String name) {
        Row row = find(caller, name).orElseThrow(() -> new UnknownFunction(name, names(caller)));
        return new Resolved(row.environment(), row.method());
    }

    private List<String> names(Caller caller) {
        return list(caller, PageRequest.of(null, null)).items().stream()
                .map(RegisteredFunction::name)
                .toList();
    }

    private Optional<Row> find(Caller caller, String name) {
        if (name.indexOf('\0') >= 0) {
            return Optional.empty(); // no function has it, and PostgreSQL cannot compare it
        }
        Name own = new Name(caller.owner(), name);
        return cache.get(
                own,
                () -> store.read(sql -> sql.sql(FIND)
                        .param("name", name)
                        .params(visibleTo(caller))
                        .query(Functions::row)
                        .optional()),
                row -> row.owner().equals(own.owner()) && row.method().length() <= MAX_CACHED_SIGNATURE);
    }

    private static Map<String, ?> visibleTo(Caller caller) {
        return Map.of("all", caller.seesAll(), "owner", caller.owner());
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getLong("seq"),
                row.getString("owner"),
                row.getString("name"),
                new EnvironmentId(row.getString("environment_id")),
                row.getString("method"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }

    private RegisteredFunction view(Row row) {
        TargetFunction function = lookup.of(row.environment(), row.method());
        return new RegisteredFunction(
                row.name(),
                row.environment(),
                row.method(),
                function.parameters(),
                function.returns(),
                row.createdAt(),
                row.owner());
    }

    /** An environment and the signature of its target function. */
    public record Resolved(EnvironmentId environment, String method) {}

    private record Name(String owner, String name) {}

    private record Row(
            long seq, String owner, String name, EnvironmentId environment, String method, Instant createdAt) {}
}
