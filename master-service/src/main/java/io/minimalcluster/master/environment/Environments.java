package io.minimalcluster.master.environment;

import io.minimalcluster.master.audit.AuditedCall;
import io.minimalcluster.master.environment.compile.CompiledBundle;
import io.minimalcluster.master.environment.upload.PostedContent;
import io.minimalcluster.master.error.MasterException.Conflict;
import io.minimalcluster.master.error.MasterException.NotFound;
import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.idempotency.Receipt;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.store.RowCache;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.Page;
import io.minimalcluster.model.environment.Environment;
import io.minimalcluster.model.environment.EnvironmentContent;
import io.minimalcluster.model.environment.PostedFile;
import io.minimalcluster.model.environment.TargetFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The environments in the store. Content is stored once; each caller that posted it is an owner. */
@Component
class Environments {
    private static final String ADD_CONTENT = """
            insert into environment (id, sha256, functions, warnings, sources, files, bundle, bundle_sha256)
            values (:id, :sha256, :functions, :warnings, :sources, :files, :bundle, :bundleSha256)
            on conflict (id) do nothing
            """;
    private static final String ADD_OWNER = """
            insert into environment_owner (environment_id, owner, name, created_at)
            values (:id, :owner, :name, :now)
            on conflict (environment_id, owner) do nothing
            """;
    private static final String FIND = """
            select o.seq, e.id, o.name, e.functions, e.warnings, o.created_at, o.owner, e.sha256
              from environment e join environment_owner o on o.environment_id = e.id
             where e.id = :id and (:all or o.owner = :owner)
             order by o.seq limit 1
            """;
    private static final String VISIBLE = """
            select 1 from environment_owner where environment_id = :id and (:all or owner = :owner) limit 1
            """;
    private static final String LIST = """
            select o.seq, e.id, o.name, e.functions, e.warnings, o.created_at, o.owner, e.sha256
              from environment e join environment_owner o on o.environment_id = e.id
             where o.seq < :before and (:all or o.owner = :owner)
             order by o.seq desc limit :limit
            """;
    private static final String USERS = """
            select (select count(*) from function where environment_id = :id and (:all or owner = :owner))
                 + (select count(*) from job where environment_id = :id and (:all or owner = :owner)
                       and state in ('RECEIVING', 'QUEUED', 'RUNNING', 'PAUSED'))
            """;
    private static final String REMOVE_OWNER = """
            delete from environment_owner where environment_id = :id and (:all or owner = :owner)
            """;
    static final String UNUSED = """
              from environment
             where id = :id
               and not exists (select 1 from environment_owner where environment_id = :id)
               and not exists (select 1 from function where environment_id = :id)
               and not exists (select 1 from job where environment_id = :id)
            """;
    static final String DELETE_UNUSED = "delete " + UNUSED;

    private static final int CACHED = 1_000;

    /** Visible environments of callers. */
    private final RowCache<Visibility, Integer> visible = new RowCache<>(CACHED);

    private final Store store;
    private final BundleChunks chunks;
    private final EnvironmentQuota quota;
    private final InstantSource clock;
    private final JsonMapper json;

    Environments(Store store, BundleChunks chunks, EnvironmentQuota quota, InstantSource clock, JsonMapper json) {
        this.store = store;
        this.chunks = chunks;
        this.quota = quota;
        this.clock = clock;
        this.json = json;
    }

    /** Whether the content is stored, for any owner. */
    boolean has(EnvironmentId id) {
        return store.read(sql -> sql.sql("select 1 from environment where id = :id")
                .param("id", id.value())
                .query(Integer.class)
                .optional()
                .isPresent());
    }

    /** Stores the environment for the caller, with the receipt of the call. True if the caller was not an owner. */
    boolean add(Caller caller, @Nullable String name, PreparedEnvironment prepared, Receipt receipt) {
        return store.writeAndWait(AuditedCall.with(prepared.id().value(), sql -> {
            boolean isNew = add(sql, caller, name, prepared);
            receipt.keep(sql, prepared.id().value());
            return isNew;
        }));
    }

    /** Stores the environment for the caller, in an open transaction. True if the caller was not an owner. */
    boolean add(JdbcClient sql, Caller caller, @Nullable String name, PreparedEnvironment prepared) {
        if (prepared.made() != null) {
            addContent(sql, prepared.content(), prepared.made());
        }
        return addOwner(sql, caller, name, prepared.id());
    }

    private void addContent(JdbcClient sql, PostedContent content, PreparedEnvironment.Made made) {
        EnvironmentContent described = content.described();
        CompiledBundle compiled = made.compiled();
        Bundle bundle = made.bundle();
        try (InputStream bytes = bundle.open()) {
            int added = sql.sql(ADD_CONTENT)
                    .param("id", content.id().value())
                    .param("sha256", content.sha256())
                    .param("functions", json.writeValueAsString(compiled.functions()))
                    .param("warnings", json.writeValueAsString(compiled.warnings()))
                    .param("sources", json.writeValueAsString(content.sources()))
                    .param(
                            "files",
                            json.writeValueAsString(
                                    new Files(described.main(), described.libraries(), described.resources())))
                    .param("bundle", BundleChunks.first(bytes))
                    .param("bundleSha256", bundle.sha256())
                    .update();
            if (added == 1) {
                chunks.addRest(sql, content.id(), bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stored JSON form of the files beside the sources. */
    private record Files(@Nullable PostedFile main, List<PostedFile> libraries, List<PostedFile> resources) {}

    /** Adds the caller as an owner of stored content. True if the caller was not an owner. */
    boolean addOwner(JdbcClient sql, Caller caller, @Nullable String name, EnvironmentId id) {
        int added = sql.sql(ADD_OWNER)
                .param("id", id.value())
                .param("owner", caller.owner())
                .param("name", name)
                .param("now", clock.millis())
                .update();
        if (added == 1) {
            quota.check(sql, caller.owner());
        }
        return added == 1;
    }

    /** @throws NotFound if the caller may not see the environment */
    void checkVisible(Caller caller, EnvironmentId id) {
        Visibility visibility = new Visibility(id, caller.owner(), caller.seesAll());
        if (visible.get(visibility, () -> readVisibility(caller, id), _ -> true).isEmpty()) {
            throw new NotFound("environment " + id);
        }
    }

    private Optional<Integer> readVisibility(Caller caller, EnvironmentId id) {
        return store.read(sql -> sql.sql(VISIBLE)
                .param("id", id.value())
                .params(EnvironmentRow.visibleTo(caller))
                .query(Integer.class)
                .optional());
    }

    Environment get(Caller caller, EnvironmentId id) {
        return store.read(sql -> sql.sql(FIND)
                        .param("id", id.value())
                        .params(EnvironmentRow.visibleTo(caller))
                        .query(new EnvironmentRow(json, caller))
                        .optional())
                .orElseThrow(() -> new NotFound("environment " + id));
    }

    Page<Environment> list(Caller caller, PageRequest request) {
        PageRequest.Rows<EnvironmentRow.Numbered> rows = store.read(sql -> sql.sql(LIST)
                .param("before", request.before())
                .param("limit", request.oneMore())
                .params(EnvironmentRow.visibleTo(caller))
                .query(request.reader(new EnvironmentRow(json, caller).numbered())));
        return request.page(rows, EnvironmentRow.Numbered::seq, EnvironmentRow.Numbered::environment);
    }

    /** The posted content: sources, and descriptions of libraries and resources. */
    EnvironmentContent content(Caller caller, EnvironmentId id) {
        get(caller, id);
        Map<String, String> sources = json.readerForMapOf(String.class).readValue(column("sources", id, String.class));
        Files files = json.readValue(column("files", id, String.class), Files.class);
        return new EnvironmentContent(files.main(), sources, files.libraries(), files.resources());
    }

    /** The digest of a bundle. Workers may read every bundle. */
    String bundleSha256(EnvironmentId id) {
        return column("bundle_sha256", id, String.class);
    }

    /**
     * A chunk of a bundle. A chunk shorter than {@link BundleChunks#CHUNK_BYTES} is the last one; it is empty if the
     * bundle consists of whole chunks.
     */
    byte[] bundleChunk(EnvironmentId id, int number) {
        return number == 0
                ? column("bundle", id, byte[].class)
                : chunks.find(id, number).orElse(new byte[0]);
    }

    /** The target functions of an environment of any owner. */
    List<TargetFunction> functions(EnvironmentId id) {
        return json.readerForListOf(TargetFunction.class).readValue(column("functions", id, String.class));
    }

    private <T> T column(String name, EnvironmentId id, Class<T> type) {
        return store.read(sql -> sql.sql("select " + name + " from environment where id = :id")
                        .param("id", id.value())
                        .query(type)
                        .optional())
                .orElseThrow(() -> new NotFound("environment " + id));
    }

    /**
     * Removes the caller as an owner. Deletes the content when no owner, function or job uses it.
     *
     * @throws Conflict if a function or an unfinished job of the caller uses the environment
     */
    void delete(Caller caller, EnvironmentId id) {
        visible.changeAll(visibility -> visibility.id().equals(id), store.write(AuditedCall.with(id.value(), sql -> {
            long users = sql.sql(USERS)
                    .param("id", id.value())
                    .params(EnvironmentRow.changeableBy(caller))
                    .query(Long.class)
                    .single();
            if (users > 0) {
                throw new Conflict("A function or an unfinished job uses environment " + id + ".", "IN_USE");
            }
            int removed = sql.sql(REMOVE_OWNER)
                    .param("id", id.value())
                    .params(EnvironmentRow.changeableBy(caller))
                    .update();
            if (removed == 0) {
                throw new NotFound("environment " + id);
            }
            sql.sql(DELETE_UNUSED).param("id", id.value()).update();
            chunks.deleteUnused(sql, id);
            return removed;
        })));
    }

    /** An environment and the callers that see it. */
    private record Visibility(EnvironmentId id, String owner, boolean all) {}
}
